import Autograd
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// A bias that is 0 and stays 0: its update is a multiple of nothing.
struct WeightOfZero {
  private static let experiment: @Sendable () throws -> Experiment = {
    // The targets are met on average, so that the bias's gradient is 0.
    let layer = try linear([[1]], bias: [0])
    let model = Network([("fc1", layer)]) { try layer($0) }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 0.1),
      trainData: try rows([[1], [-1]], targets: [2, -2]), epochs: 2, seed: 0)
  }

  @Test func theUpdateIsShownAsItIsAndNotAsAMultipleOfZero() throws {
    let run = try FaultyRun(Self.experiment)
    let moment = try run.go(to: .update, node: 1, of: 1)
    let bias = try #require(moment.parameters.first { $0.name == "fc1.bias" })
    #expect(bias.weightNorm == 0 && bias.updateRatio == nil && bias.updateNorm == 0)
    let weight = try #require(moment.parameters.first { $0.name == "fc1.weight" })
    #expect(weight.updateRatio.map { $0 > 0 && $0.isFinite } == true)
    let screen = run.shown()
    #expect(screen.contains("Δ 0, w 0") && !screen.contains("Δ/w inf"), "\(screen)")
  }
}
