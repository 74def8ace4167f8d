import Autograd
import NN
import Testing
import Trace
import Training

/// The hand-written network beside a run: the same number for the same cell.
struct ByHandTests {
  private func focus() -> Focus {
    var focus = Focus()
    focus.wantsByHand = true
    return focus
  }

  private func experiment(
    layers: [Int], _ optimizer: @escaping @Sendable (MultilayerPerceptron) -> any Optimizer
  ) -> @Sendable () throws -> Experiment {
    {
      var generator = Generator(seed: 7, purpose: .initialization)
      let model = MultilayerPerceptron(sizes: layers, generator: &generator)
      var experiment = try smallExperiment()
      (experiment.model, experiment.optimizer) = (model, optimizer(model))
      return experiment
    }
  }

  @Test(arguments: [[64, 5, 10], [64, 6, 4, 10]])
  func everyNodeOfAStepHasTheSameNumberByHand(layers: [Int]) throws {
    let probe = RunProbe(experiment(layers: layers) { SGD($0.namedParameters(), learningRate: 0.1) })
    _ = try #require(probe.stop())
    probe.runner.send(.focus(focus()))
    var names: [String] = []
    for _ in 0..<2 {
      var moment = try #require(probe.stop(after: .nextNode))
      repeat {
        if let cell = moment.byHand?.cell {
          names.append(cell.name)
          #expect(cell.difference < 1e-5, "\(cell.name) \(cell.value) \(cell.shown)")
        } else {
          #expect(
            moment.position.phase < .forward || moment.focus?.node == "cross_entropy",
            "\(moment.byHand?.obstacle ?? "nothing") \(moment.position)")
        }
        moment = try #require(probe.stop(after: .nextNode))
      } while moment.position.phase >= .forward
    }
    let last = layers.count - 1
    let starts = [
      "Z1[", "A1[", "loss", "(1/m) * dZ\(last)[", "(1/m) * dA1[", "-lr * dW1[", "-lr * db\(last)[",
    ]
    for start in starts {
      #expect(names.contains { $0.hasPrefix(start) }, "\(start)")
    }
  }

  @Test func theLossIsTheSameInBothWaysAndAnotherWithASecondSoftmax() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.focus(focus()))
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextPhase)) }
    let moment = try #require(probe.stop(after: .nextPhase))
    let loss = try #require(moment.byHand?.loss)
    #expect(abs(loss.ofLogits - Double(moment.loss ?? 0)) < 1e-5)
    #expect(abs(loss.bySteps - loss.ofLogits) < 1e-6)
    #expect(abs(loss.twice - loss.ofLogits) > 1e-3)
    #expect(loss.gradientTwice < loss.gradient)
  }

  @Test func whatTheHandWrittenNetworkDoesNotHaveIsSaid() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.focus(focus()))
    for _ in 0..<5 { _ = try #require(probe.stop(after: .nextPhase)) }
    let moment = try #require(probe.stop(after: .nextNode))
    #expect(moment.byHand?.cell == nil)
    #expect(moment.byHand?.obstacle?.contains("momentum") == true)
  }

  @Test func nothingIsComputedThatWasNotAskedFor() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    #expect(probe.stop(after: .nextNode)?.byHand == nil)
  }
}
