import Diagnosis
import Testing
import Trace

/// Tensors that an optimizer steps with, and that the model does not use.
struct StaleParameterTests {
  /// A step that ends with an optimizer's step, and reaches the parameters of the network.
  private static func step(_ number: Int, old: [String] = ["old.weight"], optimizer: Int? = nil) -> StepFacts
  {
    .network(number) { step in
      step.calls = CallFacts(zeroGrads: 1, backwards: [CallFacts.Backward()], optimizerSteps: 1)
      step.optimizer = optimizer
      step.parameters = old.map { ParameterFacts(name: $0, norm: 1, isReached: false) }
      for name in ["fc1.weight", "fc2.weight"] { step.measure(name) { $0.isReached = true } }
    }
  }

  /// A run whose optimizer has two tensors that the network does not use.
  private static func run(_ change: (inout RunFacts) -> Void = { _ in }) -> RunFacts {
    .sound { run in
      for place in run.parameters.indices { run.parameters[place].isHeld = false }
      run.parameters += ["old.weight", "old.second"].map { name in .sound(name).but { $0.isListed = false } }
      change(&run)
    }
  }

  private static let old = ["old.weight", "old.second"]

  @Test func theTensorsOfAnotherModelAreFoundInTheThirdStep() throws {
    let step = Self.step(1, old: Self.old)
    #expect(
      try findings(by: "stale-parameters", in: step, step.at(2), run: Self.run()).isEmpty)
    let found = try findings(by: "stale-parameters", in: step, step.at(2), step.at(3), run: Self.run())
    #expect(found.map(\.what) == ["SGD holds 2 tensors, and the model uses none of them"])
    #expect(found.map(\.location) == ["train.py:5"])
  }

  @Test func oneOfSeveralOptimizersIsNamedWithItsLine() throws {
    let several = Self.run { run in
      run.optimizerCount = 2
      run.optimizers = [
        RunFacts.Optimizer(name: "SGD", location: "train.py:5"),
        RunFacts.Optimizer(name: "Adam", location: "train.py:6"),
      ]
      run.parameters[2].optimizer = 1
      run.parameters[3].optimizer = 1
    }
    let step = Self.step(1, old: Self.old, optimizer: 1)
    let found = try findings(by: "stale-parameters", in: step, step.at(2), step.at(3), run: several)
    #expect(found.map(\.location) == ["train.py:6"])
    // An expert that is not asked has tensors of its own shapes, and others are not held on purpose.
    let expert = several.but { $0.parameters[2].shape = [7] }
    #expect(try findings(by: "stale-parameters", in: step, step.at(2), step.at(3), run: expert).isEmpty)
  }

  @Test func tensorsThatRestAreNoFault() throws {
    let step = Self.step(1, old: Self.old)
    // All that backward reaches is held by another optimizer, as in a GAN.
    let held = Self.run { run in
      for place in 0..<2 { run.parameters[place].isHeld = true }
    }
    #expect(try findings(by: "stale-parameters", in: step, step.at(2), step.at(3), run: held).isEmpty)
    // Frozen layers are used, and not trained.
    let frozen = Self.run { run in
      for place in 0..<2 { run.parameters[place].requiresGradient = false }
    }
    #expect(try findings(by: "stale-parameters", in: step, step.at(2), step.at(3), run: frozen).isEmpty)
    // Copies in another precision get gradients from the script.
    let copied = step.but { step in
      step.parameters = Self.old.map {
        ParameterFacts(name: $0, norm: 1, gradientNorm: 0.5, isReached: false)
      }
    }
    #expect(
      try findings(by: "stale-parameters", in: copied, copied.at(2), copied.at(3), run: Self.run()).isEmpty)
  }
}

extension RunFacts {
  /// The same with a change.
  fileprivate func but(_ change: (inout RunFacts) -> Void) -> RunFacts {
    var run = self
    change(&run)
    return run
  }
}

extension StepFacts {
  /// The same with a change.
  fileprivate func but(_ change: (inout StepFacts) -> Void) -> StepFacts {
    var step = self
    change(&step)
    return step
  }
}
