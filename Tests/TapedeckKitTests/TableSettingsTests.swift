import Arrays
import Datasets
import Foundation
import TapedeckKit
import Testing
import Trace
import Training

struct TableSettingsTests {
  /// Settings for a file with a text.
  private func settings(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) throws
    -> TrainSettings
  {
    let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString).csv").path
    try Data(text.utf8).write(to: URL(filePath: path))
    var settings = TrainSettings(data: .csv(path))
    var table = TableOptions()
    change(&table)
    settings.table = table
    settings.epochs = 2
    return settings
  }

  private let prices = "area,price\n" + (0..<20).map { "\($0),\(100 + 10 * $0).5\n" }.joined()
  private let flowers = "x,y,kind\n" + (0..<20).map { "\($0),\($0 % 3),\($0 < 10 ? "p" : "q")\n" }.joined()

  @Test func aRegressionHasOneOutputAndTheMeanSquaredError() throws {
    let experiment = try settings(prices).makeExperiment()
    let description = experiment.description
    #expect(description.network == "1→32→1")
    #expect(description.classNames.isEmpty)
    #expect(description.regression?.name == "price")
    var results: [EpochResult] = []
    try HeadlessRun(experiment, now: { 0 }).run { results.append($0) }
    #expect(results.count == 2)
    #expect(results.allSatisfy { $0.trainAccuracy == nil && $0.validationLoss != nil })
  }

  @Test func aTableIsStandardizedAndTheDescriptionSaysSo() throws {
    let description = try settings(flowers).makeExperiment().description
    #expect(description.classNames == ["p", "q"])
    #expect(description.preparation?.isStandardized == true)
    #expect(description.preparation?.means?.count == 2)
    #expect(
      description.preparation?.sentence.hasPrefix("20 rows, 2 numbers, class 'kind' in column 3: p, q;")
        == true)
    let plain = try settings(flowers) { $0.standardizes = false }.makeExperiment().description
    #expect(plain.preparation?.isStandardized == false)
  }

  @Test func aLossOfClassesDoesNotFitARegression() throws {
    var settings = try settings(prices)
    settings.loss = .crossEntropy
    #expect(throws: SettingsError.self) { try settings.makeExperiment() }
    settings.loss = .squaredError
    #expect(throws: Never.self) { try settings.makeExperiment() }
  }

  @Test func optionsOfTablesAreForTables() throws {
    var settings = TrainSettings()
    settings.table?.target = .first
    #expect {
      try settings.validate()
    } throws: { error in
      "\(error)" == "--target expects a table as --data, such as FILE.csv, but got digits."
    }
    for share in [0, 1, -1, .nan] {
      var wrong = try self.settings(flowers) { $0.validation = share }
      #expect(throws: SettingsError.self) { try wrong.validate() }
      wrong.table?.validation = 0.5
      #expect(throws: Never.self) { try wrong.validate() }
    }
  }

  @Test func arraysAreValidatedWithArraysThatAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "arrays-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ count: Int) throws -> String {
      let (inputs, targets) = ("\(folder)/x\(name).npy", "\(folder)/y\(name).npy")
      let values = (0..<count * 2).map { Float($0) }
      let classes = (0..<count).map { Int64($0 % 2) }
      try Data(NpyFile.write(RawArray(values, shape: [count, 2]))).write(to: URL(filePath: inputs))
      try Data(NpyFile.write(RawArray(classes, shape: [count]))).write(to: URL(filePath: targets))
      return "\(inputs),\(targets)"
    }
    var settings = TrainSettings(data: try #require(DataSource(try write("", 10))))
    settings.table?.test = try write("-test", 4)
    let experiment = try settings.makeExperiment()
    #expect(experiment.trainData.dataset.count == 10)
    #expect(experiment.validationData?.count == 4)
    #expect(experiment.preparation?.sentence.contains("x-test.npy") == true)
    settings.table?.test = "\(folder)/table.csv"
    #expect(throws: SettingsError.self) { try settings.makeExperiment() }
  }

  @Test func recordedSettingsKeepWhatWasDecided() throws {
    let recorded = try settings(flowers) {
      $0.target = .column("kind")
      $0.missing = .mean
      $0.standardizes = false
    }.recorded
    for part in ["\"target\":\"kind\"", "\"missing\":\"mean\"", "\"standardizes\":false"] {
      #expect(recorded.contains(part))
    }
    #expect(!TrainSettings().recorded.contains("table"))
  }

  @Test func aTableOfBeforeIsReadAsItWas() throws {
    var settings = try settings(flowers)
    settings.table = nil
    let description = try settings.makeExperiment().description
    #expect(description.preparation == nil)
    #expect(description.classNames == ["p", "q"])
  }

  @Test(arguments: ["a.csv", "a.TSV", "a.data", "a.dat", "a.txt", "a.csv.gz", "-", "x.npy,y.npy", "a.npz"])
  func filesAreDataByTheirEndings(name: String) { #expect(DataSource(name) != nil) }

  @Test func aFileThatIsThereMayHaveAnyName() throws {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appending(path: "table-\(UUID().uuidString)").path
    #expect(DataSource(path) == nil)
    try Data(flowers.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(DataSource(path)?.argument == path)
    #expect(DataSource(folder.path) == nil)
    #expect(DataSource("/dev/null") == nil)
  }

  @Test func aReportOfARegressionHasR2AndTheErrorInUnits() {
    let target = RegressionTarget(
      name: "price", mean: 100, deviation: 10, trainVariance: 1, validationVariance: 0.5)
    let result = EpochResult(
      epoch: 1, step: 4, loss: 0.5, validationLoss: 0.25, trainAccuracy: nil, validationAccuracy: nil,
      seconds: 0)
    #expect(
      EpochReport(isJSON: false, regression: target).line(for: result, of: 2)
        == "epoch 1/2  step 4  loss 0.5000  validation loss 0.2500  training R² 0.500  validation R² 0.500  "
        + "validation error 5.000 in 'price'  0.00 s")
    #expect(
      EpochReport(isJSON: true, regression: target).line(for: result, of: 2).hasSuffix(
        "\"seconds\":0.000,\"trainR2\":0.5,\"validationR2\":0.5,\"validationError\":5.0}"))
  }
}
