import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// The network ends with the function that its loss applies itself: it learns, but slowly, and never well.
struct ActivationTwice {
  private static let line: UInt = #line + 8

  @Sendable private static func softmaxTwice() throws -> Experiment {
    let fc = try linear([[1, 0], [0, 1], [-1, -1]], bias: [0, 0, 0])
    let model = Network([("fc", fc)]) { try fc($0).softmax(dim: 1) }
    let table = try TableDataset(
      name: "flowers", featureNames: ["a", "b"], features: [3, 0, 0, 3, -3, -3],
      targets: .classes([0, 1, 2], names: ["0", "1", "2"]))
    return Experiment(
      name: "flowers", model: model, loss: CrossEntropyLoss(),
      optimizer: SGD(fc.namedParameters(), learningRate: 0.1),
      trainData: try DataLoader(table, batchSize: 3, shuffle: false, seed: 0), epochs: 40, seed: 0)
  }

  // In PyTorch too the loss stays above −ln(e ÷ (e + 2)) = 0.5514, that of a softmax that is certain.
  @Test func softmaxBeforeCrossEntropyIsMarkedAndExplained() throws {
    let run = try FaultyRun(Self.softmaxTwice)
    let moment = try run.go(to: .update, of: 2)
    #expect(try moment.node("cross_entropy").node.remark == "softmax twice")
    #expect(
      run.news.warnings == [
        "FaultyRunTests/ActivationTwice.swift:\(Self.line): cross_entropy applies softmax itself, but its input is a "
          + "softmax already: give it the logits"
      ])
    #expect(run.screen(.escape).contains { $0.contains("cross_entropy softmax twice") })
    try run.after(.run)
    // All are right, and the loss stays where it is.
    #expect(run.news.losses.last?.accuracy == 1)
    #expect(run.news.losses.last.map { $0.loss > 0.5514 } == true)
    // It is said once, not in every step.
    #expect(run.news.warnings.count == 1)
  }

  @Test func sigmoidBeforeTheLossOfLogitsIsMarkedAndExplained() throws {
    let run = try FaultyRun {
      let fc = try linear([[1, 0]], bias: [0])
      return Experiment(
        name: "rows", model: Network([("fc", fc)]) { try fc($0).sigmoid() }, loss: BCEWithLogitsLoss(),
        optimizer: SGD(fc.namedParameters(), learningRate: 0.1),
        trainData: try rows([[3, 1], [-2, 1]], targets: [1, 0]), epochs: 5, seed: 0)
    }
    let moment = try run.go(to: .update, of: 1)
    #expect(try moment.node("binary_cross_entropy_with_logits").node.remark == "sigmoid twice")
    try run.after(.run)
    #expect(
      run.news.warnings.map {
        $0.hasSuffix(
          ": binary_cross_entropy_with_logits applies sigmoid itself, but its input is a sigmoid already: give it the "
            + "logits")
      } == [true])
  }

  @Test func withoutAScreenItIsSaidToo() throws {
    var warnings: [String] = []
    try HeadlessRun(Self.softmaxTwice(), now: { 0 }).run {
      warnings.append($0)
    } report: { _ in
    }
    #expect(warnings.count == 1 && warnings[0].contains("cross_entropy applies softmax itself"))
  }
}
