import Autograd
import NN
import Testing
import Trace
import Training

struct BreakpointTests {
  private func breakpoint(_ text: String, id: Int = 1) throws -> Breakpoint {
    try Breakpoint(id: id, parsing: text)
  }

  private func probe(
    _ texts: [String], _ make: @escaping @Sendable () throws -> Experiment = smallExperiment
  ) throws -> RunProbe {
    let probe = RunProbe(make)
    _ = try #require(probe.stop())
    let list = try texts.enumerated().map { try breakpoint($1, id: $0 + 1) }
    probe.runner.send(.breakpoints(list))
    return probe
  }

  /// Where a run that plays from the start stops, one after the other.
  private func stops(_ probe: RunProbe, _ count: Int) throws -> [Moment] {
    try (0..<count).map { _ in try #require(probe.stop(after: .run)) }
  }

  private func node(_ moment: Moment) -> String? { moment.current.map { moment.graph.nodes[$0].name } }

  @Test(arguments: [
    ("fc1.relu", [Phase.forward, .backward, .forward], "fc1.relu"),
    ("fc1.relu backward", [.backward, .backward, .backward], "fc1.relu"),
    ("fc2.weight", [.update, .update, .update], "fc2.weight"),
    ("cross_entropy forward", [.loss, .loss, .loss], "cross_entropy"),
  ])
  func aBreakpointStopsOnExactlyItsNode(_ text: String, _ phases: [Phase], _ name: String) throws {
    let moments = try stops(probe([text]), 3)
    #expect(moments.map(\.position.phase) == phases)
    for moment in moments {
      #expect(node(moment) == name)
      #expect(moment.hit == BreakpointHit(breakpoint: 1, text: text))
    }
  }

  @Test func aConditionStopsWhereItsQuantityIsComputedAndSaysTheNumber() throws {
    let probe = try probe(["norm(fc2.weight.grad) > 0.1"])
    let moment = try #require(probe.stop(after: .run))
    #expect(moment.position.phase == .backward)
    #expect(node(moment) == "fc2.linear")
    let norm = try #require(moment.parameters.first { $0.name == "fc2.weight" }?.gradientNorm)
    let measured = try #require(moment.hit?.measured)
    #expect(measured == "norm(fc2.weight.grad) is \(norm)")
    #expect(probe.seen.events.last?.text == "breakpoint 1, norm(fc2.weight.grad) > 0.1: \(measured)")
  }

  @Test func aFindingStopsTheRunAlsoBetweenTheStepsThatAreLookedAt() throws {
    // The learning rate falls after step 22, and 20 losses later that is told: at a step whose nodes nobody looks at.
    let probe = try probe(["diagnosis"]) {
      var experiment = try smallExperiment()
      experiment.epochs = 20
      experiment.schedule = .stepLR(experiment.optimizer, stepSize: 22, gamma: 1e-6)
      experiment.scheduleInterval = .step
      return experiment
    }
    var stops: [Int] = []
    while let moment = probe.stop(after: .run), moment.hit != nil { stops.append(moment.position.step) }
    #expect(stops.contains(42), "\(probe.seen.findings.map(\.line))")
  }

  @Test func aStepAndAnEpochAreStoppedAtTheirBatch() throws {
    let moments = try stops(probe(["step == 3", "epoch == 2"]), 2)
    #expect(
      moments.map(\.position) == [
        Position(step: 3, phase: .batch, node: 0), Position(step: 4, phase: .batch, node: 0),
      ])
    #expect(moments.map { $0.hit?.measured } == ["step is 3", "epoch is 2"])
  }

  @Test func theLossIsComparedOnceItIsComputedInTheFirstStepToo() throws {
    let moment = try #require(stops(probe(["loss > 0"]), 1).first)
    #expect(moment.position == Position(step: 1, phase: .loss, node: 0))
    #expect(moment.hit?.measured == "loss is \(try #require(moment.loss))")
  }

  @Test func aBreakpointThatIsOffIsPassed() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    var first = try breakpoint("step == 2", id: 1)
    first.isEnabled = false
    probe.runner.send(.breakpoints([first, try breakpoint("step == 3", id: 2)]))
    #expect(try #require(probe.stop(after: .run)).hit?.breakpoint == 2)
  }

  @Test func playingFromThePastStopsAtABreakpointOnTheWay() throws {
    let probe = try probe([])
    for _ in 1..<5 { _ = try #require(probe.stop(after: .nextStep)) }
    _ = try #require(probe.stop(after: .seek(step: 2)))
    probe.runner.send(.breakpoints([try breakpoint("fc1.relu if step == 4")]))
    let moment = try #require(probe.stop(after: .run))
    #expect(moment.position.step == 4)
    #expect(node(moment) == "fc1.relu")
    #expect(moment.isBehindHead)
    probe.runner.send(.breakpoints([]))
    _ = try #require(probe.stop(after: .run))
    #expect(probe.seen.status == .finished)
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func goingBackStopsAtNoBreakpoint() throws {
    let probe = try probe(["fc1.relu"])
    for _ in 0..<3 { _ = try #require(probe.stop(after: .run)) }
    #expect(try #require(probe.stop(after: .seek(step: 1))).position == .start)
  }

  @Test func aNodeThatThereIsNotIsSaidOnceWithTheNearestNames() throws {
    let probe = try probe(["fc1.rellu", "step == 4"])
    _ = try #require(probe.stop(after: .run))
    #expect(probe.seen.warnings.count == 1)
    #expect(probe.seen.warnings.first?.contains("this run has no node fc1.rellu") == true)
    #expect(probe.seen.warnings.first?.contains("fc1.relu") == true)
  }

  @Test func aNodeThatCannotSaturateIsSaid() throws {
    let probe = try probe(["saturated(fc1.relu)", "step == 4"])
    _ = try #require(probe.stop(after: .run))
    #expect(probe.seen.warnings.count == 1)
    #expect(probe.seen.warnings.first?.contains("saturated() needs the output of tanh or sigmoid") == true)
  }

  @Test func runningToANodeStopsThereOnceAndInThePastToo() throws {
    let probe = try probe([])
    let there = try #require(probe.stop(after: .runTo(node: "fc2.linear")))
    #expect(there.position == Position(step: 1, phase: .forward, node: 2))
    let next = try #require(probe.stop(after: .runTo(node: "fc2.linear")))
    #expect(next.position.phase == .backward)
    _ = try #require(probe.stop(after: .seek(.start)))
    #expect(try #require(probe.stop(after: .runTo(node: "fc2.linear"))).position == there.position)
    let update = try #require(probe.stop(after: .runTo(node: "fc1.bias")))
    #expect(update.position == Position(step: 1, phase: .update, node: 1))
    #expect(!update.isBehindHead)
  }

  @Test(arguments: [
    "fc1.relu", "loss < 2.4", "step == 2", "norm(fc1.weight.grad) > 0.5", "zeros(fc1.relu) > 0.4",
  ])
  func lookingBackFindsTheLastHitOfAForwardScan(_ text: String) throws {
    // Forward, with a stop at each hit before the end.
    let scan = try probe([text])
    var hits: [Position] = []
    while let moment = scan.stop(after: .run), scan.seen.status == .paused { hits.append(moment.position) }
    let probe = try probe([])
    probe.runner.send(.run)
    _ = try #require(probe.moment { $0.status == .finished })
    var found: [Position] = []
    while found.count < hits.count {
      let moment = try #require(probe.stop(after: .searchBack(breakpoint(text))))
      #expect(moment.hit != nil)
      found.append(moment.position)
    }
    #expect(found == hits.reversed())
    let last = try #require(probe.stop(after: .searchBack(breakpoint(text))))
    #expect(last.position == (hits.first ?? last.position))
    #expect(probe.seen.events.last?.text.hasSuffix("was never hit before this moment") == true)
    #expect(probe.seen.warnings.isEmpty)
  }
}
