import Diagnosis
import Testing
import Trace

/// Rules about the order of calls in the training loop, and about modes and schedules.
struct LoopRuleTests {
  private static let backward = CallFacts.Backward(samples: 32, location: "train.py:21")

  private static func step(
    _ number: Int = 1, zeroGrads: Int = 1, backwards: [CallFacts.Backward] = [backward],
    keepsOld: Bool = false,
    gradient: Float? = 0.5, clears: Bool = false, optimizerSteps: Int = 1
  ) -> StepFacts {
    .network(number) {
      $0.calls = CallFacts(
        zeroGrads: zeroGrads, backwards: backwards, optimizerSteps: optimizerSteps,
        optimizerLocation: "train.py:22", clearsBeforeStep: clears, zeroGradLocation: "train.py:19")
      $0.parameters = ["fc1.weight", "fc2.weight"].map {
        ParameterFacts(
          name: $0, norm: 1, gradientNorm: gradient, keepsOldGradient: keepsOld, isReached: gradient != nil)
      }
    }
  }

  // kept-gradients

  @Test func gradientsThatAreNotSetToZeroAreFoundInTheSecondStep() throws {
    let step = Self.step(2, zeroGrads: 0, keepsOld: true)
    #expect(try findings(by: "kept-gradients", in: step).isEmpty)
    let found = try findings(by: "kept-gradients", in: Self.step(1, zeroGrads: 0), step, step.at(3))
    #expect(found.map(\.location) == ["train.py:21"])
    #expect(found.map(\.position.step) == [3])
  }

  @Test func accumulationAndOwnWaysToSetGradientsToZeroAreNoFault() throws {
    let group = Self.step(zeroGrads: 1, backwards: [Self.backward, Self.backward])
    #expect(try findings(by: "kept-gradients", in: group, group.at(2), group.at(3)).isEmpty)
    // Set to zero by the script itself: nothing is kept.
    let own = Self.step(zeroGrads: 0)
    #expect(try findings(by: "kept-gradients", in: own, own.at(2), own.at(3)).isEmpty)
    // In a GAN's step of the generator, the discriminator's gradients are old.
    let gan = Self.step(zeroGrads: 1, keepsOld: true)
    #expect(try findings(by: "kept-gradients", in: gan, gan.at(2), gan.at(3)).isEmpty)
    // What the optimizer does not hold, nobody sets to zero.
    let head = RunFacts.sound { $0.parameters[0].isHeld = false }
    var body = Self.step(zeroGrads: 0)
    body.parameters[0].keepsOldGradient = true
    #expect(try findings(by: "kept-gradients", in: body, body.at(2), body.at(3), run: head).isEmpty)
    // One step for which a batch was left out.
    let once = Self.step(zeroGrads: 0, keepsOld: true)
    #expect(try findings(by: "kept-gradients", in: once, Self.step(2), once.at(3), Self.step(4)).isEmpty)
  }

  // step-without-backward

  @Test func stepsWithoutBackwardAreFound() throws {
    for (gradient, keepsOld) in [(nil, false), (0, false), (0.5, true)] as [(Float?, Bool)] {
      let step = Self.step(backwards: [], keepsOld: keepsOld, gradient: gradient)
      let found = try findings(by: "step-without-backward", in: step, step.at(2))
      #expect(found.map(\.location) == ["train.py:22"])
    }
  }

  @Test func gradientsThatTheScriptSetsNeedNoBackward() throws {
    let own = Self.step(backwards: [])
    #expect(try findings(by: "step-without-backward", in: own, own.at(2), own.at(3)).isEmpty)
    let prepared = Self.step(backwards: [], gradient: nil)
    #expect(try findings(by: "step-without-backward", in: prepared, Self.step(2), Self.step(3)).isEmpty)
    let forward = Self.step(backwards: [], gradient: nil, optimizerSteps: 0)
    #expect(try findings(by: "step-without-backward", in: forward, forward.at(2)).isEmpty)
  }

  // cleared-gradients

  @Test func gradientsThatAreClearedTooSoonAreFound() throws {
    let step = Self.step(clears: true)
    #expect(try findings(by: "cleared-gradients", in: step, step.at(2)).map(\.location) == ["train.py:19"])
    #expect(try findings(by: "cleared-gradients", in: step, Self.step(2), step.at(3)).isEmpty)
    #expect(try findings(by: "cleared-gradients", in: Self.step(), Self.step(2)).isEmpty)
  }

  // accumulation

  @Test func meansThatAreAddedUpAreFound() throws {
    let step = Self.step(backwards: [Self.backward, Self.backward, Self.backward, Self.backward])
    let found = try findings(by: "accumulation", in: step, step.at(2))
    #expect(found.map(\.what) == ["the gradients of 4 batches are summed, not averaged"])
    #expect(found.map(\.location) == ["train.py:21"])
  }

  @Test(arguments: [
    [
      CallFacts.Backward(samples: 8, isScaled: true, location: "a:1"),
      .init(samples: 8, isScaled: true, location: "a:1"),
    ],
    [.init(samples: 8, isMean: false, location: "a:1"), .init(samples: 8, isMean: false, location: "a:1")],
    [
      .init(samples: 8, sharesBatch: true, location: "a:1"),
      .init(samples: 8, sharesBatch: true, location: "a:1"),
    ],
    [
      .init(samples: 8, location: "a:1"),
      .init(samples: 8, hasOtherParameters: true, location: "a:1"),
    ],
    [.init(samples: 8, location: "a:1"), .init(samples: 8, location: "a:2")],
    [.init(location: "a:1"), .init(location: "a:1")], [.init(samples: 8, location: "a:1")], [],
  ])
  func otherBackwardsAreNoFault(backwards: [CallFacts.Backward]) throws {
    let step = Self.step(backwards: backwards)
    #expect(try findings(by: "accumulation", in: step, step.at(2), step.at(3)).isEmpty)
  }

  @Test func optimizersThatDoNotDependOnTheFactorAreNotJudged() throws {
    let step = Self.step(backwards: [Self.backward, Self.backward])
    #expect(
      try findings(by: "accumulation", in: step, step.at(2), run: .sound { $0.optimizer = "AdamW" }).isEmpty)
    // A closure of LBFGS sets gradients to zero each time.
    let closure = Self.step(zeroGrads: 2, backwards: [Self.backward, Self.backward])
    #expect(try findings(by: "accumulation", in: closure, closure.at(2)).isEmpty)
  }

  // changed-in-place

  @Test func aChangeInPlaceIsFoundWithItsOwnLine() throws {
    let failure = FailureFacts(
      position: .start(of: 1), node: "fc1.relu", message: "modified by an inplace operation",
      kind: .changedInPlace,
      location: "train.py:21", origin: "train.py:12")
    let found = try findings(by: "changed-in-place", [.failure(failure)])
    #expect(found.map(\.location) == ["train.py:12"])
    #expect(found.map(\.what) == ["a value that backward of fc1.relu needs was changed in place"])
    let other = FailureFacts(position: .start(of: 1), message: "out of memory")
    #expect(try findings(by: "changed-in-place", [.failure(other)]).isEmpty)
  }

  // backward-twice

  @Test func aGraphThatIsUsedTwiceIsFound() throws {
    let message = "Trying to backward through the graph a second time (or directly access saved tensors"
    let failure = FailureFacts(position: .start(of: 2), message: message, location: "train.py:21")
    #expect(try findings(by: "backward-twice", [.failure(failure)]).map(\.location) == ["train.py:21"])
    let own = FailureFacts(position: .start(of: 2), message: "", kind: .graphFreed)
    #expect(try findings(by: "backward-twice", [.failure(own)]).count == 1)
    let other = FailureFacts(position: .start(of: 2), message: "", kind: .changedInPlace)
    #expect(try findings(by: "backward-twice", [.failure(other)]).isEmpty)
  }

  // evaluation-in-training-mode, training-in-evaluation-mode

  @Test func anEvaluationInTrainingModeIsFound() throws {
    let evaluation = EvaluationFacts(
      step: 10, modulesInTrainingMode: ["drop", "bn"], location: "train.py:30")
    let found = try findings(by: "evaluation-in-training-mode", [.evaluation(evaluation)])
    #expect(found.map(\.location) == ["train.py:30"])
    #expect(found[0].evidence == ["in training mode in the evaluation after step 10: drop, bn"])
    let sound = EvaluationFacts(step: 10, modulesInTrainingMode: [], recordsGradients: true)
    #expect(try findings(by: "evaluation-in-training-mode", [.evaluation(sound)]).isEmpty)
  }

  private static let withModes = RunFacts.sound {
    $0.modulesWithModes = [.init(name: "bn", isDropout: false), .init(name: "drop", isDropout: true)]
  }

  private static func step(_ number: Int, inEvaluation: [String], since location: String? = nil) -> Fact {
    .step(
      .network(number) {
        ($0.modulesInEvaluationMode, $0.evaluationModeLocation) = (inEvaluation, location)
      })
  }

  @Test func trainingThatGoesOnInEvaluationModeIsFound() throws {
    let facts: [Fact] = [
      .run(Self.withModes), Self.step(1, inEvaluation: []),
      .evaluation(EvaluationFacts(step: 1, modulesInTrainingMode: [], location: "train.py:30")),
      Self.step(2, inEvaluation: ["bn", "drop"], since: "train.py:28"),
      Self.step(3, inEvaluation: ["bn", "drop"], since: "train.py:28"),
    ]
    let found = try findings(by: "training-in-evaluation-mode", facts)
    #expect(found.map(\.location) == ["train.py:28"])
    #expect(
      found.map(\.evidence) == [
        ["in training mode before, but in evaluation mode since step 2 or earlier: bn, drop"]
      ])
    #expect(try findings(by: "training-in-evaluation-mode", Array(facts.dropLast())).isEmpty)
  }

  @Test func trainingThatBeginsInEvaluationModeIsFound() throws {
    let facts: [Fact] =
      [.run(Self.withModes)] + (1...2).map { Self.step($0, inEvaluation: ["bn", "drop"]) }
    #expect(try findings(by: "training-in-evaluation-mode", facts).map(\.location) == ["train.py:8"])
  }

  @Test func withoutTheCallTheTrainingForwardIsNamed() throws {
    let facts: [Fact] = [
      .run(Self.withModes), Self.step(1, inEvaluation: []),
      .evaluation(EvaluationFacts(step: 1, modulesInTrainingMode: [], location: "train.py:30")),
      Self.step(2, inEvaluation: ["bn", "drop"]), Self.step(3, inEvaluation: ["bn", "drop"]),
    ]
    #expect(try findings(by: "training-in-evaluation-mode", facts).map(\.location) == ["train.py:8"])
  }

  @Test func aModuleWhoseNameIsANumberIsNamedWithItsClass() throws {
    let run = RunFacts.sound {
      $0.modulesWithModes = [
        .init(name: "1", className: "BatchNorm1d", isDropout: false),
        .init(name: "body.3", className: "Dropout", isDropout: true),
        .init(name: "drop", className: "Dropout", isDropout: true), .init(name: "5", isDropout: true),
      ]
    }
    let names = ["1", "body.3", "drop", "5"]
    let training = try findings(
      by: "training-in-evaluation-mode", [.run(run)] + (1...2).map { Self.step($0, inEvaluation: names) })
    #expect(
      training.map(\.evidence) == [
        ["in evaluation mode from the first step on: 1 (BatchNorm1d), body.3 (Dropout), drop and 1 more"]
      ])
    let evaluation = EvaluationFacts(step: 10, modulesInTrainingMode: ["body.3", "5"])
    #expect(
      try findings(by: "evaluation-in-training-mode", [.run(run), .evaluation(evaluation)]).map(\.evidence)
        == [
          ["in training mode in the evaluation after step 10: body.3 (Dropout), 5"]
        ])
  }

  @Test func batchNormsThatAreFrozenOnPurposeAreNoFault() throws {
    let normsOnly = RunFacts.sound { $0.modulesWithModes = [.init(name: "bn", isDropout: false)] }
    let fineTuning = RunFacts.sound {
      $0.modulesWithModes = Self.withModes.modulesWithModes
      ($0.parameters[0].requiresGradient, $0.parameters[0].isHeld) = (false, false)
    }
    for (run, modules) in [
      (normsOnly, ["bn"]), (fineTuning, ["bn", "drop"]), (Self.withModes, ["bn"]), (.sound(), []),
    ] {
      let facts: [Fact] = [.run(run)] + (1...5).map { Self.step($0, inEvaluation: modules) }
      #expect(try findings(by: "training-in-evaluation-mode", facts).isEmpty)
    }
  }

  // schedule-per-batch

  /// An epoch in which a schedule is moved on and the learning rate falls evenly by orders of magnitude.
  private static func epoch(_ name: String, span: Int?, moves: Int, lastRate: Double = 0.1) -> [Fact] {
    let known = RunFacts.sound { $0.stepsPerEpoch = 900 }
    var after = known
    after.schedule = RunFacts.Schedule(name: name, span: span, stepsInEpoch: moves, location: "train.py:23")
    return [
      .run(known), .losses([LossFacts(step: 1, loss: 1, learningRate: 0.1)]),
      .losses([LossFacts(step: 900, loss: 1, learningRate: lastRate)]), .run(after),
    ]
  }

  @Test func aPlanForEpochsThatIsMovedOnInEachBatchIsFound() throws {
    for facts in [
      Self.epoch("StepLR", span: 1, moves: 900, lastRate: 1e-30),
      Self.epoch("ExponentialLR", span: nil, moves: 900, lastRate: 1e-21),
      Self.epoch("CosineAnnealingLR", span: 50, moves: 900),
      Self.epoch("MultiStepLR", span: 60, moves: 900, lastRate: 1e-3),
    ] {
      let found = try findings(by: "schedule-per-batch", facts)
      #expect(found.map(\.location) == ["train.py:23"])
      #expect(found.map(\.position.step) == [900])
    }
  }

  @Test func aPlanThatIsKnownFromTheStartIsJudgedAfterAnEpoch() throws {
    var run = RunFacts.sound { $0.stepsPerEpoch = 900 }
    run.schedule = RunFacts.Schedule(name: "StepLR", span: 2, stepsInEpoch: 900, location: "train.py:23")
    let facts: [Fact] =
      [.run(run)]
      + (1...900).map { .losses([LossFacts(step: $0, loss: 1, learningRate: $0 < 800 ? 0.1 : 1e-9)]) }
    #expect(try findings(by: "schedule-per-batch", facts).map(\.position.step) == [900])
  }

  @Test func plansForBatchesAndForEpochsAreNoFault() throws {
    for facts in [
      Self.epoch("StepLR", span: 30, moves: 1), Self.epoch("CosineAnnealingLR", span: 50, moves: 1),
      Self.epoch("CosineAnnealingLR", span: 9000, moves: 900, lastRate: 0.09),
      Self.epoch("CosineAnnealingLR", span: 900, moves: 900, lastRate: 0),
      Self.epoch("OneCycleLR", span: 9000, moves: 900),
      Self.epoch("LambdaLR", span: nil, moves: 900, lastRate: 0),
      Self.epoch("CosineAnnealingWarmRestarts", span: 100, moves: 900),
      Self.epoch("StepLR", span: 100, moves: 900, lastRate: 0.07),
      Self.epoch("ExponentialLR", span: nil, moves: 900, lastRate: 0.08),
      Self.epoch("MultiStepLR", span: 800, moves: 900, lastRate: 0.001),
      Self.epoch("LinearLR", span: 100, moves: 900, lastRate: 0.3), [.run(.sound())],
    ] {
      #expect(try findings(by: "schedule-per-batch", facts).isEmpty)
    }
  }

  @Test func theRateOfLaterEpochsIsNotCompared() throws {
    let facts =
      Self.epoch("ExponentialLR", span: nil, moves: 900, lastRate: 0.08)
      + [.losses([LossFacts(step: 90_000, loss: 1, learningRate: 1e-9)])]
    #expect(try findings(by: "schedule-per-batch", facts).isEmpty)
  }
}
