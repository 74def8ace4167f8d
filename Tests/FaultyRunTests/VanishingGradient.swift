import Autograd
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// Whether a gradient is small is a question of its weight and of the steps before, not of its norm.
struct VanishingGradient {
  /// One weight that learns `target` from inputs of a size.
  private static func experiment(weight: Float, input: Float, target: Float)
    -> @Sendable () throws -> Experiment
  {
    {
      let layer = try linear([[weight]])
      let model = Network([("fc1", layer)]) { try layer($0) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try rows([[input]], targets: [target]), epochs: 3, seed: 0)
    }
  }

  @Test func aSmallGradientOfASmallWeightIsUsual() throws {
    // The gradient is 2 · 1e-9, a fiftieth of the weight.
    let run = try FaultyRun(Self.experiment(weight: 1e-7, input: 1, target: 9.9e-8))
    try run.go(to: .update, of: 1)
    #expect(!run.shown().contains("vanishing"), "\(run.shown())")
  }

  @Test func aGradientThatNoLongerMovesItsWeightVanishes() throws {
    // The gradient is 2e-5, far above any norm that counts as small, and its step less than the weight's last digit.
    let run = try FaultyRun(Self.experiment(weight: 1000, input: 1e-4, target: 0.0))
    try run.go(to: .update, of: 1)
    #expect(run.shown().contains("vanishing"), "\(run.shown())")
  }

  @Test func aLargeGradientOfALargeWeightIsUsual() throws {
    let run = try FaultyRun(Self.experiment(weight: 1e6, input: 1, target: 0))
    try run.go(to: .update, of: 1)
    #expect(!run.shown().contains("exploding"), "\(run.shown())")
  }

  @Test func aGradientThatDwarfsItsWeightExplodes() throws {
    let run = try FaultyRun(Self.experiment(weight: 0.01, input: 100, target: 5))
    try run.go(to: .update, of: 1)
    #expect(run.shown().contains("exploding"), "\(run.shown())")
  }
}
