import Testing
import Trace
import Training

struct StopTests {
  private let forward = Position(step: 3, phase: .forward, node: 1)

  private func ahead(_ command: Command, from position: Position) throws -> Stop {
    try #require(Stop.ahead(command, from: position))
  }

  @Test func aRunWithoutAStopNeverStops() { #expect(!Stop.never.isReached(at: forward)) }

  @Test func stepNodeStopsAtTheNextNodeWhateverItIs() throws {
    #expect(try ahead(.nextNode, from: forward).isReached(at: forward))
  }

  @Test func stepPhaseStopsAtTheFirstNodeOfAnotherPhase() throws {
    let stop = try ahead(.nextPhase, from: forward)
    #expect(!stop.isReached(at: Position(step: 3, phase: .forward, node: 2)))
    #expect(stop.isReached(at: Position(step: 3, phase: .loss, node: 0)))
  }

  @Test func stepPhaseFromTheUpdateStopsAtTheNextBatch() throws {
    let stop = try ahead(.nextPhase, from: Position(step: 3, phase: .update, node: 0))
    #expect(!stop.isReached(at: Position(step: 3, phase: .update, node: 1)))
    #expect(stop.isReached(at: Position(step: 4, phase: .batch, node: 0)))
  }

  @Test func stepStepStopsAtTheSameNodeOfTheNext() throws {
    let stop = try ahead(.nextStep, from: forward)
    #expect(!stop.isReached(at: Position(step: 3, phase: .update, node: 9)))
    #expect(!stop.isReached(at: Position(step: 4, phase: .forward, node: 0)))
    #expect(stop.isReached(at: Position(step: 4, phase: .forward, node: 1)))
  }

  @Test func stepStepDoesNotRunPastAPhaseThatBecameShorter() throws {
    let stop = try ahead(.nextStep, from: forward)
    #expect(stop.isReached(at: Position(step: 4, phase: .loss, node: 0)))
  }

  @Test func otherCommandsAreNoStep() {
    for command in [Command.run, .pause, .focus(Focus(node: "x")), .pace(5), .seekHead] {
      #expect(Stop.ahead(command, from: forward) == nil)
    }
  }

  @Test func aStepsEndIsAStopOfItsOwn() {
    let stop = Stop.endOf(step: 3)
    #expect(!stop.isReached(at: Position(step: 3, phase: .update, node: 3)))
    #expect(!stop.isReached(atEndOf: 2))
    #expect(stop.isReached(atEndOf: 3))
    #expect(!Stop.nextNode.isReached(atEndOf: 3))
  }

  /// A step with three nodes in forward, none in loss, four in backward and two updates.
  private func back(_ command: Command, _ step: Int, _ phase: Phase, _ node: Int) -> Stop? {
    let counts: [Phase: Int] = [.batch: 1, .forward: 3, .backward: 4, .update: 2]
    return Stop.back(command, from: Position(step: step, phase: phase, node: node)) {
      counts[$0, default: 0]
    }
  }

  private func at(_ step: Int, _ phase: Phase, _ node: Int) -> Stop {
    .at(Position(step: step, phase: phase, node: node))
  }

  @Test func aNodeBackIsTheNodeBeforeAcrossPhasesAndSteps() {
    #expect(back(.previousNode, 3, .backward, 2) == at(3, .backward, 1))
    #expect(back(.previousNode, 3, .backward, 0) == at(3, .forward, 2))
    #expect(back(.previousNode, 3, .forward, 0) == at(3, .batch, 0))
    #expect(back(.previousNode, 3, .batch, 0) == .endOf(step: 2))
    #expect(back(.previousNode, 1, .batch, 0) == nil)
  }

  @Test func aPhaseBackIsTheFirstNodeOfThePhaseBefore() {
    #expect(back(.previousPhase, 3, .update, 1) == at(3, .backward, 0))
    #expect(back(.previousPhase, 3, .backward, 3) == at(3, .forward, 0))
    #expect(back(.previousPhase, 3, .batch, 0) == at(2, .update, 0))
    #expect(back(.previousPhase, 1, .batch, 0) == nil)
  }

  @Test func aStepBackIsTheSameNodeAndEndsAtTheStart() {
    #expect(back(.previousStep, 3, .update, 1) == at(2, .update, 1))
    #expect(back(.previousStep, 1, .update, 1) == .at(.start))
    #expect(back(.previousStep, 1, .batch, 0) == nil)
  }
}
