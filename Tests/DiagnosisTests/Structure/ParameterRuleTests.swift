import Diagnosis
import Testing
import Trace

/// Rules about what the optimizer holds, what modules list, and what backward reaches.
struct ParameterRuleTests {
  /// A step in which backward reaches some parameters and not others.
  private static func step(
    _ number: Int = 1, reached: [String], unreached: [String] = [], optimizer: Int? = nil,
    cut: String? = nil
  ) -> StepFacts {
    .network(number) { step in
      step.optimizer = optimizer
      step.parameters =
        reached.map { ParameterFacts(name: $0, norm: 1, gradientNorm: 0.5, isReached: true) }
        + unreached.map { ParameterFacts(name: $0, norm: 1, isReached: false, cutLocation: cut) }
    }
  }

  // not-in-optimizer

  @Test func whatTheOptimizerDoesNotHoldIsFound() throws {
    let run = RunFacts.sound { $0.parameters[0].isHeld = false }
    let found = try findings(
      by: "not-in-optimizer", in: Self.step(reached: ["fc1.weight", "fc2.weight"]), run: run)
    #expect(found.map(\.what) == ["SGD does not hold fc1.weight"])
    #expect(found[0].evidence[0] == "it holds 1 of the model's 2 parameters")
    #expect(found.map(\.location) == ["train.py:5"])
  }

  @Test func aLayerThatWasReplacedIsNamed() throws {
    let run = RunFacts.sound {
      $0.parameters[1].isHeld = false
      $0.parameters.append(.sound("old").but { $0.isListed = false })
    }
    let found = try findings(
      by: "not-in-optimizer", in: Self.step(reached: ["fc1.weight", "fc2.weight"], unreached: ["old"]),
      run: run)
    #expect(found[0].remedy[0] == "Make the optimizer after the last layer has been replaced.")
  }

  @Test func frozenUnusedAndOtherModelsParametersAreNoFault() throws {
    let both = ["fc1.weight", "fc2.weight"]
    // Frozen on purpose.
    let frozen = RunFacts.sound {
      ($0.parameters[0].isHeld, $0.parameters[0].requiresGradient) = (false, false)
    }
    #expect(try findings(by: "not-in-optimizer", in: Self.step(reached: both), run: frozen).isEmpty)
    // A target network, used without gradients.
    let target = RunFacts.sound { $0.parameters.append(.sound("target.weight").but { $0.isHeld = false }) }
    #expect(
      try findings(
        by: "not-in-optimizer", in: Self.step(reached: both, unreached: ["target.weight"]), run: target
      )
      .isEmpty)
    // The network of a perceptual loss, through which gradients go.
    let perceptual = RunFacts.sound {
      $0.parameters = [
        .sound("net.weight", model: "net"), .sound("vgg.weight", model: "vgg").but { $0.isHeld = false },
      ]
    }
    #expect(
      try findings(
        by: "not-in-optimizer", in: Self.step(reached: ["net.weight", "vgg.weight"]), run: perceptual
      ).isEmpty)
    // An image that is optimized through a network.
    let image = RunFacts.sound {
      $0.parameters = [
        .sound("conv.weight").but { $0.isHeld = false }, .sound("image").but { $0.isListed = false },
      ]
    }
    #expect(
      try findings(by: "not-in-optimizer", in: Self.step(reached: ["conv.weight", "image"]), run: image)
        .isEmpty)
    // Updates that the script writes out itself.
    let own = RunFacts.sound {
      $0.optimizer = nil
      $0.parameters[0].isHeld = false
    }
    #expect(try findings(by: "not-in-optimizer", in: Self.step(reached: both), run: own).isEmpty)
  }

  // empty-optimizer

  @Test func anOptimizerWithoutParametersIsFound() throws {
    let run = RunFacts.sound { run in
      for place in run.parameters.indices { run.parameters[place].isHeld = false }
    }
    #expect(try findings(by: "empty-optimizer", in: .network(), run: run).map(\.location) == ["train.py:5"])
    let failure = FailureFacts(
      position: .start, message: "optimizer got an empty parameter list", kind: .emptyOptimizer,
      location: "train.py:6")
    #expect(try findings(by: "empty-optimizer", [.failure(failure)]).map(\.location) == ["train.py:6"])
  }

  @Test func anOptimizerOfAnImageOrNoOptimizerIsNoFault() throws {
    let image = RunFacts.sound { run in
      for place in run.parameters.indices { run.parameters[place].isHeld = false }
      run.parameters.append(.sound("image").but { $0.isListed = false })
    }
    #expect(try findings(by: "empty-optimizer", in: .network(), run: image).isEmpty)
    #expect(try findings(by: "empty-optimizer", in: .network(), run: RunFacts()).isEmpty)
    #expect(try findings(by: "empty-optimizer", in: .network()).isEmpty)
  }

  // not-listed

  @Test func layersInAListAreFound() throws {
    let run = RunFacts.sound {
      $0.parameters[0] = $0.parameters[0].but { ($0.isListed, $0.isHeld) = (false, false) }
    }
    let found = try findings(
      by: "not-listed", in: Self.step(reached: ["fc1.weight", "fc2.weight"]), run: run)
    #expect(found.map(\.what) == ["no module lists fc1.weight"])
    #expect(found.map(\.location) == ["model.py:1"])
  }

  /// A step with a layer whose weight is not among the run's parameters, after one whose weight is.
  private static func unknown(_ operation: String = "linear", trainsInput: Bool = false) -> StepFacts {
    .made(
      1,
      { maker in
        let x = trainsInput ? maker.parameter("x", [8, 4]) : maker.input("x", [8, 4])
        let first = maker.call("linear", x, maker.parameter("fc1.weight", [4, 4]), shape: [8, 4], line: 1)
        let weight =
          trainsInput ? maker.parameter("fc2.weight", [4, 4]) : maker.parameter("parameter", [4, 4])
        _ = maker.call(operation, first, weight, shape: [8, 4], line: 2)
      },
      measure: { step in for place in step.nodes.indices { step.nodes[place].isReached = true } })
  }

  @Test func weightsThatOnlyTheGraphHasAreFoundInTheSecondStep() throws {
    let step = Self.unknown()
    #expect(try findings(by: "not-listed", in: step).isEmpty)
    let found = try findings(by: "not-listed", in: step, step.at(2))
    #expect(found.map(\.location) == ["train.py:2"])
    #expect(found.map(\.subject) == ["parameter"])
  }

  @Test func inputsThatRequireAGradientAreNoFault() throws {
    let input = Self.unknown(trainsInput: true)
    #expect(try findings(by: "not-listed", in: input, input.at(2)).isEmpty)
    let perturbation = Self.unknown("add")
    #expect(try findings(by: "not-listed", in: perturbation, perturbation.at(2)).isEmpty)
    let held = RunFacts.sound { $0.parameters.append(.sound("parameter").but { $0.isListed = false }) }
    let step = Self.unknown()
    #expect(try findings(by: "not-listed", in: step, step.at(2), run: held).isEmpty)
  }

  @Test func whatIsHeldOrNotReachedNeedsNoModule() throws {
    let held = RunFacts.sound { $0.parameters[0].isListed = false }
    let both = ["fc1.weight", "fc2.weight"]
    #expect(try findings(by: "not-listed", in: Self.step(reached: both), run: held).isEmpty)
    let unused = RunFacts.sound {
      $0.parameters[0] = $0.parameters[0].but { ($0.isListed, $0.isHeld) = (false, false) }
    }
    #expect(
      try findings(
        by: "not-listed", in: Self.step(reached: ["fc2.weight"], unreached: ["fc1.weight"]), run: unused
      )
      .isEmpty)
    #expect(try findings(by: "not-listed", in: Self.step(reached: both)).isEmpty)
  }

  // no-gradient

  @Test func whatIsCutOffIsFoundInTheThirdStepWithItsLine() throws {
    let step = Self.step(reached: ["fc2.weight"], unreached: ["fc1.weight"], cut: "model.py:9")
    #expect(try findings(by: "no-gradient", in: step, step.at(2)).isEmpty)
    let found = try findings(by: "no-gradient", in: step, step.at(2), step.at(3))
    #expect(found.map(\.what) == ["backward never reaches fc1.weight"])
    #expect(found.map(\.location) == ["model.py:9"])
  }

  @Test func theCutIsFoundInTheGraphToo() throws {
    let step = StepFacts.made(
      1,
      { maker in
        let first = maker.parameter("fc1.weight", [4, 4])
        let second = maker.parameter("fc2.weight", [4, 4])
        var last = maker.call("linear", maker.input("x", [8, 4]), first, shape: [8, 4], in: "fc1", line: 1)
        last = maker.call("detach", last, shape: [8, 4], line: 2)
        last = maker.call("linear", last, second, shape: [8, 4], in: "fc2", line: 3)
        _ = maker.call("cross_entropy", last, maker.input("y", [8]), shape: [], line: 4, phase: .loss)
      },
      measure: { step in
        for name in ["fc2.linear", "cross_entropy"] { step.measure(name) { $0.isReached = true } }
        step.parameters = [
          ParameterFacts(name: "fc1.weight", norm: 1, isReached: false),
          ParameterFacts(name: "fc2.weight", norm: 1, gradientNorm: 1, isReached: true),
        ]
      })
    let found = try findings(by: "no-gradient", in: step, step.at(2), step.at(3))
    #expect(found.map(\.location) == ["train.py:2"])
    #expect(found[0].evidence.last == "the gradient ends at detach")
  }

  @Test func whatIsReachedInSomeStepOrNotUsedIsNoFault() throws {
    let cut = Self.step(reached: ["fc2.weight"], unreached: ["fc1.weight"], cut: "model.py:9")
    let whole = Self.step(reached: ["fc1.weight", "fc2.weight"])
    #expect(
      try findings(by: "no-gradient", in: cut, cut.at(2), whole.at(3), cut.at(4), cut.at(5), cut.at(6))
        .isEmpty)
    // A layer that forward does not use, such as a pooler that the task does without.
    let unused = Self.step(reached: ["fc1.weight", "fc2.weight"], unreached: ["pooler.weight"])
    let run = RunFacts.sound { $0.parameters.append(.sound("pooler.weight")) }
    #expect(try findings(by: "no-gradient", [.run(run)] + (1...9).map { .step(unused.at($0)) }).isEmpty)
    // Parameters that are frozen, or that no optimizer holds.
    for change in [
      { $0.requiresGradient = false }, { $0.isHeld = false },
    ] as [(inout RunFacts.Parameter) -> Void] {
      let run = RunFacts.sound { change(&$0.parameters[0]) }
      #expect(try findings(by: "no-gradient", [.run(run)] + (1...9).map { .step(cut.at($0)) }).isEmpty)
    }
  }

  @Test func aHeadWhoseOutputTheLossDoesNotReadIsNoFault() throws {
    let step = StepFacts.made(
      1,
      { maker in
        let x = maker.input("x", [8, 4])
        let main = maker.call("linear", x, maker.parameter("main.weight", [4, 4]), shape: [8, 4], line: 1)
        _ = maker.call("linear", x, maker.parameter("auxiliary.weight", [4, 4]), shape: [8, 4], line: 2)
        _ = maker.call("cross_entropy", main, maker.input("y", [8]), shape: [], line: 3, phase: .loss)
      },
      measure: { step in
        for name in ["linear", "cross_entropy"] { step.measure(name) { $0.isReached = true } }
        step.parameters = [
          ParameterFacts(name: "main.weight", norm: 1, isReached: true),
          ParameterFacts(name: "auxiliary.weight", norm: 1, isReached: false),
        ]
      })
    let run = RunFacts.sound { $0.parameters = [.sound("main.weight"), .sound("auxiliary.weight")] }
    #expect(try findings(by: "no-gradient", [.run(run)] + (1...9).map { .step(step.at($0)) }).isEmpty)
  }

  @Test func theOtherNetworkOfAGANIsCutOffOnPurpose() throws {
    let run = RunFacts.sound {
      $0.parameters = [
        .sound("G.weight", optimizer: 0, model: "G"), .sound("D.weight", optimizer: 1, model: "D"),
      ]
    }
    // Five steps of the discriminator for one of the generator.
    let discriminator = Self.step(
      reached: ["D.weight"], unreached: ["G.weight"], optimizer: 1, cut: "train.py:4")
    #expect(
      try findings(by: "no-gradient", [.run(run)] + (1...5).map { .step(discriminator.at($0)) }).isEmpty)
  }

  @Test func aLossWithoutAnyGradientIsFound() throws {
    let failure = FailureFacts(
      position: .start(of: 1), message: "element 0 of tensors does not require grad", kind: .noGradient,
      location: "train.py:21")
    let found = try findings(by: "no-gradient", [.failure(failure)])
    #expect(found.map(\.severity) == [.error])
    #expect(found.map(\.location) == ["train.py:21"])
  }

  @Test func aLossThatIsCopiedIsFound() throws {
    var step = Self.step(reached: [], unreached: ["fc1.weight", "fc2.weight"])
    step.calls = CallFacts(
      zeroGrads: 1, backwards: [.init(samples: 32, location: "train.py:21")], optimizerSteps: 1)
    let found = try findings(by: "no-gradient", in: step, step.at(2), step.at(3))
    #expect(found.map(\.what) == ["backward reaches no parameter"])
    #expect(found.map(\.location) == ["train.py:21"])
    let sound = Self.step(reached: ["fc1.weight", "fc2.weight"])
    #expect(try findings(by: "no-gradient", in: sound, step.at(2), step.at(3), step.at(4)).isEmpty)
    var changed = step.at(2)
    changed.parameters[0].norm = 2
    #expect(try findings(by: "no-gradient", in: step, changed, step.at(3)).isEmpty)
    // Gradients that were not followed back, but are there.
    for place in step.parameters.indices { step.parameters[place].gradientNorm = 1 }
    #expect(try findings(by: "no-gradient", in: step, step.at(2), step.at(3)).isEmpty)
  }
}
