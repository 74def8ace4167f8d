import Foundation
import PyTorch
import Testing
import Trace

/// Explains a node once it has its call and a cell of its first input.
private struct OneCell: StepExplainer {
  func answer(_ question: ExplanationQuestion) -> ExplanationAnswer {
    let cell = question.focus.followed.last?.cell ?? 3
    guard question.wantsWork else { return .explained(Explanation(pytorch: "a call"), cell: nil) }
    guard let call = question.calls[question.node] ?? nil else {
      return .needs(calls: [question.node], cells: [])
    }
    let operand = StepTensor(2, .value)
    guard let known = question.known[operand] else {
      return .needs(calls: [], cells: [WantedCells(operand, cells: [cell])])
    }
    return .explained(
      Explanation(formula: "\(call.operation) of \(known.values) at \(known.cells ?? [])"), cell: cell)
  }
}

struct ScriptSessionTests {
  @Test func aMomentSaysHowTheValuesOfItsNodesAreSpread() throws {
    var talk = Talk()
    try talk.pause()
    talk.take(.show(ScreenNeeds(sketches: ["fc.relu", "fc.linear"])))
    #expect(try talk.sent().type == "show")
    let bins: [UInt8] = [0, 10, 20, 255, 0, 0, 0, 1]
    try talk.take(
      Messages.message(
        """
        {"type": "moment", "status": "paused", "isWatched": true, "node": 3,
         "position": {"step": 1, "phase": "forward", "node": 1, "visit": 2},
         "arrays": [["progress", "u8", 4], ["sketchNode", "i32", 2], ["sketchRange", "f32", 4],
          ["sketchBins", "u8", 16]]}
        """,
        [1, 1, 1, 1] + Messages.bytes([2, 3] as [Int32]) + Messages.bytes([-1, 1, .nan, 2] as [Float]) + bins
          + bins))
    for id in 1...2 { try talk.take(Messages.tensor(id: id)) }
    let states = try #require(talk.update.moment).states
    #expect(states.map { $0.sketch?.low } == [nil, nil, -1, nil])
    #expect(states[2].sketch?.bins == SIMD8(bins))
  }

  @Test func anExplanationIsGivenWhatItAsksFor() throws {
    var talk = Talk(explainer: OneCell())
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    let calls = try talk.sent()
    #expect(calls.type == "cells")
    #expect(calls.calls == [3])
    try talk.take(
      """
      {"type": "cells", "id": 2, "tensors": [], "calls": [{"node": 3, "operation": "relu",
       "arguments": [["input", {"node": 2, "output": 0, "shape": [2, 2], "dtype": "float32"}], [null, {"number": "-inf"}]],
       "results": [{"shape": [2, 2], "dtype": "float32"}]}]}
      """)
    #expect(try talk.sent().tensors == [.init(node: 2, view: "value", cells: [3])])
    #expect(talk.update.moment == nil)
    try talk.take(
      Messages.message(
        """
        {"type": "cells", "id": 3, "calls": [], "tensors": [{"shape": [2, 2], "dtype": "float32"}],
         "arrays": [["t0", "f32", 1]]}
        """, Messages.bytes([2.5 as Float])))
    let moment = try #require(talk.update.moment)
    #expect(moment.explanation?.formula == "relu of [2.5] at [3]")
    #expect(moment.explanation?.notes == ["train.py:3"])
    #expect(moment.cell == 3)
    #expect(moment.focus?.values == [1, 2, 3, 4])
    let count = talk.effects.count
    talk.take(.focus(Focus(followed: [FollowedCell(node: "fc.relu", cell: 3)])))
    #expect(talk.effects.count == count)
    talk.take(.focus(Focus(followed: [FollowedCell(node: "fc.relu", cell: 1)])))
    #expect(try talk.sent().type == "cells")
    #expect(try talk.sent().tensors == [.init(node: 2, view: "value", cells: [1])])
  }

  @Test func anExplanationThatIsRefusedIsShownWithoutNumbers() throws {
    var talk = Talk(explainer: OneCell())
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    try talk.take(#"{"type": "refused", "command": "cells", "id": 2, "text": "not kept"}"#)
    #expect(talk.update.moment?.explanation?.pytorch == "a call")
    #expect(talk.update.moment?.focus != nil)
    #expect(talk.update.warnings == [])
  }

  @Test func theFirstAnswerHasTheSettings() throws {
    var talk = Talk()
    talk.take(
      .breakpoints([
        try Breakpoint(id: 1, parsing: "loss > 10"), try Breakpoint(id: 2, parsing: "line train.py:42"),
      ]))
    try talk.take(Messages.hello)
    let sent = try talk.sent()
    #expect(sent.type == "hello")
    #expect(sent.protocol == 1)
    #expect(sent.paused == true)
    let header = try #require(ScriptSessionTests.lastFrame(talk))
    let text = String(decoding: header, as: UTF8.self)
    #expect(text.contains(#""text":"loss > 10""#))
    #expect(
      text.contains(#""line":{"file":"train.py","line":42}"#)
        || text.contains(#""line":{"line":42,"file":"train.py"}"#))
  }

  private static func lastFrame(_ talk: Talk) -> Data? {
    var last: HostCommand?
    for case .send(let command) in talk.effects { last = command }
    return last?.frame?.header
  }

  @Test func anotherVersionIsRefused() throws {
    var talk = Talk()
    #expect(throws: ProbeError.wrongVersion(2)) { try talk.take(#"{"type": "hello", "protocol": 2}"#) }
  }

  @Test func aPauseIsShownWithItsTensor() throws {
    var talk = Talk()
    try talk.pause()
    #expect(talk.update.moment == nil)
    let sent = try talk.sent()
    #expect(sent.type == "tensor")
    #expect(sent.node == "fc.relu")
    try talk.take(Messages.tensor(id: 1))
    let moment = try #require(talk.update.moment)
    #expect(talk.update.status == .paused)
    #expect(moment.position == Position(step: 1, phase: .forward, node: 1))
    #expect(moment.focus?.values == [1, 2, 3, 4])
    #expect(moment.focus?.remark == "float16")
    #expect(moment.graph.nodes[3].inputs == [2])
    #expect(moment.states.map(\.valueNorm) == [1, 2, 3, 4])
    #expect(moment.optimizer == "SGD lr 0.1")
    #expect(moment.explanation?.pytorch == "relu(fc.linear)")
  }

  @Test func aRefusedTensorSaysWhy() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(
      #"{"type": "refused", "command": "tensor", "id": 1, "text": "fc.relu has no gradient\u001b[31m."}"#)
    #expect(talk.update.moment?.focus == nil)
    #expect(talk.update.moment?.limitation == "fc.relu has no gradient\\u{1b}[31m.")
  }

  @Test func valuesThatDoNotFillTheShapeAreNotShown() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(Messages.tensor(id: 1, values: [1, 2, 3]))
    #expect(talk.update.moment != nil)
    #expect(talk.update.moment?.focus == nil)
  }

  @Test func ofALargeTensorOfImagesWholeOnesAreShown() throws {
    var talk = Talk()
    try talk.pause()
    // The first and the third of three images of 2 × 2 numbers.
    let statistics: [Double] = [12, 1, 8, 4.5, 1, 5, 0, 0, 0]
    try talk.take(
      Messages.message(
        """
        {"type": "tensor", "id": 1, "step": 1, "node": "fc.relu", "view": "value", "shape": [3, 2, 2], "dtype": "float32",
         "isThinned": true, "size": [6, 2], "rows": [0, 1, 4, 5], "arrays": [["statistics", "f64", 9], ["values", "f32", 8]]}
        """, Messages.bytes(statistics) + Messages.bytes([1, 2, 3, 4, 5, 6, 7, 8] as [Float])))
    let tensor = try #require(talk.update.moment?.focus)
    #expect(tensor.shape == [2, 2, 2])
    #expect(tensor.remark == "2 of 3 slices")
    #expect(tensor.place(row: 3, column: 1) == 11)
    #expect(tensor.cell(at: 8) == (2, 0))
  }

  @Test(arguments: [
    ([3, 3, 2], "[9223372036854775806, 9223372036854775807, 0]"), ([3, 0, 2], "[0]"), ([3, 9, 2], "[]"),
    ([-1, 2, 2], "[-2, -1]"),
  ]) func rowsThatNoTensorHasAreNotShown(shape: [Int], rows: String) throws {
    var talk = Talk()
    try talk.pause()
    let statistics: [Double] = [12, 1, 8, 4.5, 1, 5, 0, 0, 0]
    try talk.take(
      Messages.message(
        """
        {"type": "tensor", "id": 1, "step": 1, "node": "fc.relu", "view": "value", "shape": \(shape), "dtype": "float32",
         "size": [9, 2], "rows": \(rows), "arrays": [["statistics", "f64", 9], ["values", "f32", 1]]}
        """, Messages.bytes(statistics) + Messages.bytes([1] as [Float])))
    #expect(talk.update.moment != nil && talk.update.moment?.focus == nil)
  }

  @Test func aScriptsEndShowsAParameterAndNoNodeAsWaiting() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(.run)
    let end = try Messages.message(
      """
      {"type": "moment", "status": "ended", "isWatched": false, "hits": [],
       "position": {"step": 9, "phase": "update", "node": 0}, "optimizers": []}
      """)
    try talk.take(end)
    #expect(try talk.sent().node == "fc.weight")
    try talk.take(Messages.tensor(id: 2, "fc.weight"))
    let moment = try #require(talk.update.moment)
    #expect(talk.update.status == .finished && moment.position.step == 9)
    #expect(moment.focus?.node == "fc.weight")
    #expect(moment.states.map(\.progress) == [.forward, .forward, .forward, .forward])
    #expect(moment.states.allSatisfy { $0.valueNorm == nil })
  }

  @Test func oneStepsBackWithinWhatWasWatched() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    talk.take(.previousNode)
    var sent = try talk.sent()
    #expect(sent.node == "fc.linear")
    #expect(sent.step == 1)
    #expect(sent.visit == 1)
    try talk.take(Messages.tensor(id: 2, "fc.linear"))
    #expect(talk.update.moment?.position == Position(step: 1, phase: .forward, node: 0))
    #expect(talk.update.moment?.isBehindHead == true)
    #expect(talk.update.moment?.states[3].progress == .waiting)
    talk.take(.nextNode)
    sent = try talk.sent()
    #expect(sent.node == "fc.relu")
    #expect(sent.visit == nil)
  }

  @Test func aStepThatIsGoneIsSaid() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    try talk.take(Messages.visits(step: 9))
    try talk.take(Messages.moment(step: 9))
    talk.take(.goTo(Position(step: 1, phase: .batch, node: 0)))
    #expect(talk.update.warnings.isEmpty)
    talk.take(.goTo(Position(step: 5, phase: .batch, node: 0)))
    #expect(talk.update.warnings.count == 1)
    #expect(
      talk.update.warnings == [
        "Step 5 was not kept, and a script cannot be run backwards: steps 1 and 9 are kept."
      ])
  }

  @Test(arguments: [
    ([9], "only step 9 is kept."), ([7, 8, 9], "steps 7 to 9 are kept."),
    ([4, 6, 9], "steps 4, 6 and 9 are kept."),
  ])
  func whatIsKeptIsSaidInWords(_ steps: [Int], _ words: String) throws {
    var talk = Talk()
    try talk.begin()
    for step in steps {
      try talk.take(Messages.visits(step: step))
      try talk.take(Messages.moment(step: step))
    }
    talk.take(.seek(step: 1))
    #expect(talk.update.warnings.map { $0.hasSuffix(": \(words)") } == [true], "\(talk.update.warnings)")
  }

  /// A script that runs and in which a fault is found, where a breakpoint stops at findings.
  private static func faulty() throws -> Talk {
    var talk = Talk(isPaused: false)
    talk.take(.breakpoints([try Breakpoint(id: 1, parsing: "diagnosis")]))
    try talk.begin()
    try talk.take(Messages.fault)
    return talk
  }

  @Test func aFindingStopsTheScriptAndIsAHit() throws {
    var talk = try Self.faulty()
    #expect(talk.update.findings.map(\.rule) == ["not-frozen"])
    #expect(try talk.sent().type == "pause")
    #expect(talk.update.events.isEmpty)
    try talk.take(Messages.visits())
    try talk.take(Messages.moment())
    try talk.take(Messages.tensor(id: 1))
    #expect(talk.update.status == .paused)
    #expect(talk.update.moment?.hit?.breakpoint == 1)
    #expect(talk.update.moment?.hit?.text == "diagnosis")
    #expect(talk.update.events.map(\.kind) == [.breakpoint])
    #expect(talk.update.events.map(\.position) == [Position(step: 1, phase: .forward, node: 1)])
    // The next pause is no hit.
    talk.take(.nextNode)
    try talk.take(Messages.moment())
    try talk.take(Messages.tensor(id: 2))
    #expect(talk.update.moment?.hit == nil)
    #expect(talk.update.events.count == 1)
  }

  @Test func aScriptThatEndsBeforeItStopsWasHitToo() throws {
    var talk = try Self.faulty()
    talk.add(talk.session.exited(code: 0))
    #expect(talk.update.events.map(\.kind) == [.breakpoint])
  }

  @Test func whoRunsOnIsNotStoppedByTheFindingBefore() throws {
    var talk = try Self.faulty()
    talk.take(.run)
    try talk.take(Messages.visits())
    try talk.take(Messages.moment())
    try talk.take(Messages.tensor(id: 1))
    #expect(talk.update.moment?.hit == nil && talk.update.events.isEmpty)
  }

  @Test func aScriptThatWaitsForTheVerdictIsAnswered() throws {
    var talk = try Self.faulty()
    try talk.take(#"{"type": "stepFacts", "step": 1, "nodes": 0}"#)
    #expect(try talk.sent().type == "pause")
    try talk.take(#"{"type": "stepFacts", "step": 2, "nodes": 0, "isAwaited": true}"#)
    #expect(try talk.sent().type == "judged")
  }

  @Test func aFindingWhoseStepIsGoneIsShownInTheNearestThatIsKept() throws {
    var talk = try Self.faulty()
    for step in [5, 9] {
      try talk.take(Messages.visits(step: step))
      try talk.take(Messages.moment(step: step))
    }
    let finding = try #require(talk.update.findings.first)
    talk.take(.seek(finding.position))
    #expect(talk.update.warnings.isEmpty)
    #expect(talk.update.notice == "Step 1 was not kept: this is step 5.")
    // A place at which nothing was found is still said to be gone.
    talk.take(.seek(Position(step: 1, phase: .forward, node: 0)))
    #expect(talk.update.warnings.count == 1)
  }

  @Test func aMovementForwardGoesToTheProbe() throws {
    var talk = Talk()
    try talk.pause()
    talk.take(.nextPhase)
    #expect(try talk.sent().type == "nextPhase")
  }

  @Test func aHitIsAnEvent() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(
      Messages.moment(hits: #"[{"breakpoint": 1, "text": "loss > 10", "measured": "loss is 12.5"}]"#))
    try talk.take(Messages.tensor(id: 2))
    #expect(talk.update.moment?.hit?.measured == "loss is 12.5")
    #expect(talk.update.events.map(\.kind) == [.breakpoint])
  }

  @Test func numbersOfStepsAreLosses() throws {
    var talk = Talk(isPaused: false)
    try talk.take(Messages.hello)
    try talk.take(Messages.model)
    try talk.take(Messages.scalars(1...3))
    #expect(talk.update.losses.map(\.step) == [1, 2, 3])
    #expect(talk.update.status == .running)
    #expect(talk.update.description?.network == "Net  cpu")
    #expect(talk.update.description?.optimizer == "SGD lr 0.1 momentum 0.9")
  }

  @Test(arguments: [true, false])
  func onlyALossThatIsKnownIsJudged(hasLoss: Bool) throws {
    var talk = Talk(isPaused: false)
    try talk.take(Messages.hello)
    try talk.take(Messages.model)
    try talk.take(Messages.scalars(1...32, hasLoss: hasLoss, isNaN: true))
    #expect(talk.update.losses.count == 32)
    #expect(talk.update.findings.map(\.rule) == (hasLoss ? ["not-finite"] : []))
  }

  @Test func aGraphWithAGapIsRefused() throws {
    var talk = Talk()
    try talk.take(Messages.hello)
    #expect(throws: ProbeError.self) {
      try talk.take(#"{"type": "graph", "step": 1, "from": 5, "nodes": []}"#)
    }
    #expect(throws: ProbeError.self) {
      try talk.take(
        """
        {"type": "graph", "step": 1, "from": 0, "nodes":
         [{"id": 7, "name": "x", "operation": "x", "kind": "input", "inputs": [], "phase": "forward"}]}
        """)
    }
  }

  @Test func nodesThatAreStillToComeAreKept() throws {
    var talk = Talk()
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    try talk.take(#"{"type": "graph", "step": 2, "from": 0, "nodes": []}"#)
    try talk.take(Messages.visits(step: 2))
    try talk.take(Messages.moment(step: 2))
    try talk.take(Messages.tensor(id: 2))
    #expect(talk.update.moment?.graph.nodes.count == 4)
  }

  @Test func aConnectionOfNoUseFreesTheScript() throws {
    var talk = Talk()
    try talk.pause()
    talk.add(talk.session.lost(.broken("a graph with a gap")))
    #expect(try talk.sent().onExit == "continue")
    #expect(talk.update.warnings.count == 1)
  }

  @Test func anExitCodeIsSaid() throws {
    var talk = Talk()
    talk.add(talk.session.exited(code: 5))
    #expect(talk.update.status == .halted("The script has ended with exit code 5."))
    var good = Talk()
    good.add(good.session.exited(code: 0))
    #expect(good.update.status == .finished)
  }

  @Test func anErrorStandsAtTheInputsOfItsNode() throws {
    var talk = Talk(lines: ["import torch", "x = fc(x)", "x = relu(x)"])
    try talk.pause()
    try talk.take(Messages.tensor(id: 1))
    try talk.take(
      #"{"type": "exception", "class": "ValueError", "text": "no", "node": "fc.relu", "location": "/home/me/train.py:3"}"#
    )
    try talk.take(Messages.moment(status: "halted"))
    #expect(try talk.sent().node == "fc.linear")
    try talk.take(Messages.tensor(id: 2, "fc.linear"))
    #expect(talk.update.status == .halted("ValueError: no (train.py:3)"))
    #expect(talk.update.moment?.states[3].progress == .failed)
    #expect(talk.update.moment?.position.phase == .forward, "the phase of the node that failed")
    #expect(
      talk.update.moment?.source
        == SourceExcerpt(
          file: "train.py", firstLine: 1, lines: ["import torch", "x = fc(x)", "x = relu(x)"], line: 3))
    // A question that is answered late changes nothing.
    try talk.take(Messages.moment(status: "paused"))
    talk.take(.quit)
    #expect(try talk.sent().type == "run")
  }

  @Test func anEvaluationBelongsToTheEpochBefore() throws {
    var talk = Talk(isPaused: false)
    try talk.take(Messages.hello)
    try talk.take(
      Messages.message(
        #"{"type": "epoch", "epoch": 1, "step": 10, "arrays": [["loss", "f64", 1], ["seconds", "f64", 1]]}"#,
        Messages.bytes([0.5, 2.0])))
    #expect(talk.update.epochs.isEmpty)
    try talk.take(
      Messages.message(
        #"{"type": "evaluation", "epoch": 1, "step": 10, "arrays": [["loss", "f64", 1], ["accuracy", "f32", 1]]}"#,
        Messages.bytes([0.25]) + Messages.bytes([Float(-1)])))
    #expect(talk.update.epochs.map(\.validationLoss) == [0.25])
    #expect(talk.update.epochs.map(\.validationAccuracy) == [nil])
  }

  @Test func withoutEpochsAnEvaluationHasTheMeanLossOfTheStepsBefore() throws {
    var talk = Talk(isPaused: false)
    try talk.take(Messages.hello)
    for (steps, mean) in [(1...2, 0.75), (3...4, (1 / 3.0 + 1 / 4.0) / 2)] {
      try talk.take(Messages.scalars(steps))
      try talk.take(
        Messages.message(
          #"{"type": "evaluation", "epoch": 0, "step": \#(steps.upperBound), "arrays": [["loss", "f64", 1], ["accuracy", "f32", 1]]}"#,
          Messages.bytes([0.25]) + Messages.bytes([Float(-1)])))
      #expect(abs((talk.update.epochs.last?.loss ?? .nan) - mean) < 1e-6)
    }
  }
}
