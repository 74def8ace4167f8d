import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// The last batch of an epoch has one row, of which batch normalisation can take no variance.
struct BatchOfOneRow {
  @Sendable private static func make() throws -> Experiment {
    let (fc, norm) = (try linear([[1, 0], [0, 1]], bias: [0, 0]), BatchNorm1d(2))
    let model = Network([("fc", fc), ("norm", norm)]) { try norm(fc($0)).sum(dim: 1, keepDim: true) }
    let table = try TableDataset(
      name: "rows", featureNames: ["a", "b"], features: (0..<10).map { Float($0 * $0 % 7) },
      targets: .values([1, 2, 3, 4, 5]))
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 0.01),
      trainData: try DataLoader(table, batchSize: 2),
      epochs: 2, seed: 0)
  }

  // torch.nn.BatchNorm1d(2)(torch.ones(1, 2))
  // ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 2])
  @Test func theRunStandsBeforeTheNormalisation() throws {
    let run = try FaultyRun(Self.make)
    let moment = try run.after(.run)
    #expect(
      try run.sentence()
        == "FaultyRunTests/BatchOfOneRow.swift:12: batch_norm got [1, 2]; it expects more than one value for each "
        + "feature when training.")
    #expect(moment.position == Position(step: 3, phase: .forward, node: 0))
    #expect(try moment.node("norm.batch_norm").state.progress == .failed)
    #expect(try moment.inputs(of: "norm.batch_norm").first == "fc.linear")
    #expect(try run.looking(at: "fc.linear").focus?.shape == [1, 2])
    #expect(try run.after(.previousStep).position.step == 2)
  }
}
