import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// One number of the data is not one.
struct BrokenData {
  private static func experiment(
    features: [Float], targets: [Float], batch: Int
  ) -> @Sendable () throws -> Experiment {
    {
      let layer = try linear([[1, 1]])
      let table = try TableDataset(
        name: "rows", featureNames: ["f0", "f1"], features: features, targets: .values(targets))
      return Experiment(
        name: "rows", model: Network([("a", layer)]) { try layer($0) }, loss: MSELoss(),
        optimizer: SGD(layer.namedParameters(), learningRate: 0.1),
        trainData: try DataLoader(table, batchSize: batch, shuffle: false, seed: 0), epochs: 3, seed: 0)
    }
  }

  private static let oneNaN = experiment(
    features: (0..<20).map { $0 == 13 ? .nan : Float($0) / 20 }, targets: (0..<10).map(Float.init), batch: 5)

  @Test func theBatchIsNamedOnceAndThenWhatIsComputedWithIt() throws {
    let run = try FaultyRun(Self.oneNaN)
    let stop = try run.run(to: "nan")
    #expect(stop.position == Position(step: 2, phase: .batch, node: 0))
    #expect(stop.hit?.measured == "1 of 10 values of the data is NaN")
    #expect(stop.focus?.node == "x")
    #expect(try run.why("x", .value).conclusion == "it is in the data: 1 NaN of 10 values of the batch's x")
    #expect(try run.why("x", .value, cell: 3).conclusion == "it is in the data: x[1,1] is NaN")
    let next = try run.after(.run)
    #expect(next.position == Position(step: 2, phase: .forward, node: 0))
    #expect(next.hit?.measured == "1 of 5 values of the output is NaN")
  }

  @Test func aWeightAtTheEndOfTheRunLeadsToTheRow() throws {
    let run = try FaultyRun(Self.oneNaN)
    try run.after(.run)
    let cause = try run.why("a.weight", .value, cell: 0)
    #expect(cause.path.last.map { $0.node == "x" && $0.index == [1, 1] && $0.position.step == 2 } == true)
    #expect(cause.conclusion == "it is in the data: x[1,1] is NaN")
  }

  @Test func aTargetThatIsInfiniteIsSaidToBeATarget() throws {
    let run = try FaultyRun(
      Self.experiment(features: [1, 2, 3, 1, 2, 2], targets: [1, .infinity, 2], batch: 1))
    let stop = try run.run(to: "inf")
    #expect(stop.position == Position(step: 2, phase: .batch, node: 0))
    #expect(stop.hit?.measured == "1 of 1 values of the targets is infinite")
    #expect(try run.after(.run).position == Position(step: 2, phase: .loss, node: 0))
    let cause = try run.why("mse_loss", .value)
    #expect(cause.path.map(\.node) == ["mse_loss", "y"])
    #expect(cause.conclusion == "it is in the data: 1 infinite of 1 values of the batch's y")
  }
}
