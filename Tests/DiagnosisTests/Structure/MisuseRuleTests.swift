import Diagnosis
import Testing
import Trace

/// Rules about calls that do something else than they seem to.
struct MisuseRuleTests {
  @Test(arguments: [
    (
      "not-frozen", RunFacts.Misuse.Kind.flagWithoutEffect,
      "body is trained, though its requires_grad was set to False"
    ),
    ("nothing-loaded", .nothingLoaded, "load_state_dict has loaded nothing into body"),
    ("dropout-in-evaluation", .dropoutInEvaluation, "body drops units in evaluation mode too"),
    ("never-stepped", .neverStepped, "body was made, and never makes a step"),
  ])
  func whatTheSourceTellsIsFound(_ rule: String, _ kind: RunFacts.Misuse.Kind, _ what: String) throws {
    let misuse = RunFacts.Misuse(
      kind, name: "body", words: ["requires_grad", "module.fc.weight"], count: 2, location: "train.py:3")
    let found = try findings(by: rule, [.run(.sound { $0.misuses = [misuse] })])
    #expect(found.map(\.what) == [what])
    #expect(found.map(\.location) == ["train.py:3"])
    #expect(try findings(by: rule, [.run(.sound())]).isEmpty)
  }

  // clipped-too-early

  private static func clipped(_ number: Int, before: Int, after: Int) -> StepFacts {
    .network(number) { step in
      var calls = CallFacts(zeroGrads: 1, backwards: [CallFacts.Backward()], optimizerSteps: 1)
      (calls.clipsBeforeBackward, calls.clipsAfterBackward) = (before, after)
      calls.clipLocation = "train.py:7"
      step.calls = calls
    }
  }

  @Test func clippingBeforeBackwardIsFoundInTheThirdStep() throws {
    let step = Self.clipped(1, before: 1, after: 0)
    #expect(try findings(by: "clipped-too-early", in: step, step.at(2)).isEmpty)
    let found = try findings(by: "clipped-too-early", in: step, step.at(2), step.at(3))
    #expect(found.map(\.location) == ["train.py:7"])
    let sound = Self.clipped(1, before: 0, after: 1)
    #expect(try findings(by: "clipped-too-early", in: sound, sound.at(2), sound.at(3)).isEmpty)
    let several = RunFacts.sound { $0.optimizerCount = 2 }
    #expect(try findings(by: "clipped-too-early", in: step, step.at(2), step.at(3), run: several).isEmpty)
  }

  // schedule-per-epoch

  @Test func aPlanForBatchesThatIsAdvancedOnceAnEpochIsFound() throws {
    func found(moves: Int, planned: Int?) throws -> [String?] {
      var schedule = RunFacts.Schedule(name: "OneCycleLR", stepsInEpoch: moves, location: "train.py:9")
      schedule.plannedStepsPerEpoch = planned
      let step = StepFacts.network(11)
      return try findings(by: "schedule-per-epoch", in: step, run: .sound { $0.schedule = schedule })
        .map(\.location)
    }
    #expect(try found(moves: 1, planned: 10) == ["train.py:9"])
    #expect(try found(moves: 10, planned: 10) == [])
    #expect(try found(moves: 1, planned: nil) == [])
  }

  // swapped-arguments

  @Test func aLossOfTheTargetIsFound() throws {
    func step(_ loss: String, isSwapped: Bool) -> StepFacts {
      .made(
        1,
        { maker in
          let weight = maker.parameter("fc.weight", [1, 4])
          let output = maker.call("linear", maker.input("x", [8, 4]), weight, shape: [8, 1], line: 1)
          let y = maker.input("y", [8, 1])
          _ = maker.call(
            loss, isSwapped ? y : output, isSwapped ? output : y, shape: [], line: 2, phase: .loss)
        }, measure: { $0.measure("y") { $0.value = .between(0, 1) } })
    }
    let swapped = step("binary_cross_entropy", isSwapped: true)
    let found = try findings(by: "swapped-arguments", in: swapped, swapped.at(2))
    #expect(found.map(\.location) == ["train.py:2"])
    let sound = step("binary_cross_entropy", isSwapped: false)
    #expect(try findings(by: "swapped-arguments", in: sound, sound.at(2)).isEmpty)
    let divergence = step("kl_div", isSwapped: true)
    #expect(try findings(by: "swapped-arguments", in: divergence, divergence.at(2)).isEmpty)
  }

  // reshaped-axes

  @Test(arguments: [
    ([8, 32, 7, 7], [8, 49, 32], true), ([8, 49, 32], [8, 32, 7, 7], true), ([5, 8, 16], [8, 5, 16], true),
    ([8, 28, 28, 3], [8, 3, 28, 28], true),
    ([8, 32, 7, 7], [8, 32, 49], false), ([8, 64, 8, 8], [8, 64, 64], false), ([8, 5, 16], [40, 16], false),
    ([1, 8, 16], [8, 1, 16], false), ([8, 8, 16], [8, 8, 16], false), ([8, 6, 16], [8, 6, 4, 4], false),
  ])
  func reshapesThatMixRowsAreFound(_ old: [Int], _ new: [Int], _ isWrong: Bool) throws {
    let step = StepFacts.made(
      1,
      { maker in
        let given = maker.call("relu", maker.input("x", old), shape: old, line: 1)
        _ = maker.call("view", given, shape: new, line: 2)
      })
    let found = try findings(by: "reshaped-axes", in: step, step.at(2))
    #expect(found.map(\.location) == (isWrong ? ["train.py:2"] : []))
  }

  // batch-for-time

  @Test func aLayerThatTakesTheBatchForTimeIsFound() throws {
    func found(_ shape: [Int], sequenceFirst: [String] = ["rnn"]) throws -> [String?] {
      let step = StepFacts.made(
        1,
        { maker in
          let x = maker.input("x", shape)
          let state = maker.call("zeros", shape: [1, shape[1], 16], in: "rnn", line: 3)
          _ = maker.call("gru", x, state, shape: [shape[0], shape[1], 16], in: "rnn", line: 3)
        })
      let run = RunFacts.sound { $0.sequenceFirst = sequenceFirst }
      return try findings(by: "batch-for-time", in: step, step.at(2), step.at(3), run: run).map(\.location)
    }
    #expect(try found([32, 5, 2]) == ["train.py:3"])
    #expect(try found([5, 32, 2]) == [])
    #expect(try found([32, 32, 2]) == [])
    #expect(try found([32, 5, 2], sequenceFirst: []) == [])
  }

  // missing-sigmoid

  @Test func scoresThatAreCutToProbabilitiesAreFound() throws {
    func found(_ maximum: Float) throws -> [String?] {
      let step = StepFacts.network(
        outputs: 1, then: ["clamp"], loss: "binary_cross_entropy", target: [32, 1]
      ) { $0.measure("fc2.linear") { $0.value = .between(0, maximum) } }
      return try findings(by: "missing-sigmoid", in: step).map(\.location)
    }
    #expect(try found(3) == ["train.py:20"])
    #expect(try found(1) == [])
  }
}
