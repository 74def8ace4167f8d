import Autograd
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// An optimizer of the user's own around one of the library: the header must not hide what it does.
struct WrappedOptimizer {
  private final class Noisy: Optimizer {
    private let base: SGD
    init(_ base: SGD) { self.base = base }
    var parameters: [NamedParameter] { base.parameters }
    var learningRate: Double {
      get { base.learningRate }
      set { base.learningRate = newValue }
    }
    var name: String { "Noisy" }
    var state: [NamedParameter] { base.state }
    func loadState(_ state: [NamedParameter]) throws { try base.loadState(state) }
    func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {
      base.update(index, parameter, gradient: gradient)
    }
  }

  private static func experiment(rate: Double) -> @Sendable () throws -> Experiment {
    {
      let layer = try linear([[1]])
      let model = Network([("fc1", layer)]) { try layer($0) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: Noisy(SGD(model.namedParameters(), learningRate: rate, momentum: 0.9)),
        trainData: try rows([[1], [-1]], targets: [2, -2]), epochs: 2, seed: 0)
    }
  }

  @Test func itsMomentumIsInTheHeader() throws {
    let run = try FaultyRun(Self.experiment(rate: 0.1))
    #expect(run.news.moment?.optimizer == "Noisy SGD lr 0.1 momentum 0.9")
    #expect(run.shown().contains("Noisy SGD lr 0.1 momentum 0.9"))
  }

  @Test func aTinyLearningRateIsShort() throws {
    let run = try FaultyRun(Self.experiment(rate: 1.818_989_403_545_856_6e-13))
    #expect(run.shown().contains("lr 1.81899e−13 momentum"), "\(run.shown())")
    try run.after(.change(.hyperparameter(name: "lr", value: 0.1), future: .dropped))
    #expect(run.news.events.last?.text == "lr 1.81899e−13 → 0.1")
  }
}
