import Testing
import Trace
import Training

struct TransportTests {
  private let forward = Position(iteration: 3, phase: .forward, node: 1)

  @Test func playingNeverStops() {
    let deck = Transport(isPaused: false)
    #expect(deck.isPlaying)
    #expect(!deck.stops(at: forward))
  }

  @Test func aPausedDeckStopsAtTheNextNode() {
    #expect(Transport(isPaused: true).stops(at: forward))
  }

  @Test func pauseAndStepNodeStopAtTheNextNodeWhateverItIs() {
    for command in [Command.pause, .stepNode] {
      var deck = Transport(isPaused: false)
      deck.apply(command, at: forward)
      #expect(deck.stops(at: forward))
      #expect(!deck.isPlaying)
    }
  }

  @Test func stepPhaseStopsAtTheFirstNodeOfAnotherPhase() {
    var deck = Transport(isPaused: true)
    deck.apply(.stepPhase, at: forward)
    #expect(!deck.stops(at: Position(iteration: 3, phase: .forward, node: 2)))
    #expect(deck.stops(at: Position(iteration: 3, phase: .loss, node: 0)))
  }

  @Test func stepPhaseFromTheUpdateStopsAtTheNextBatch() {
    var deck = Transport(isPaused: true)
    deck.apply(.stepPhase, at: Position(iteration: 3, phase: .update, node: 0))
    #expect(!deck.stops(at: Position(iteration: 3, phase: .update, node: 1)))
    #expect(deck.stops(at: Position(iteration: 4, phase: .batch, node: 0)))
  }

  @Test func stepIterationStopsAtTheSameNodeOfTheNext() {
    var deck = Transport(isPaused: true)
    deck.apply(.stepIteration, at: forward)
    #expect(!deck.stops(at: Position(iteration: 3, phase: .update, node: 9)))
    #expect(!deck.stops(at: Position(iteration: 4, phase: .forward, node: 0)))
    #expect(deck.stops(at: Position(iteration: 4, phase: .forward, node: 1)))
  }

  @Test func stepIterationDoesNotRunPastAPhaseThatBecameShorter() {
    var deck = Transport(isPaused: true)
    deck.apply(.stepIteration, at: forward)
    #expect(deck.stops(at: Position(iteration: 4, phase: .loss, node: 0)))
  }

  @Test func focusAndPaceLeaveTheDeckAsItIs() {
    var deck = Transport(isPaused: true)
    let before = deck
    deck.apply(.focus(Focus(node: "x")), at: forward)
    deck.apply(.pace(5), at: forward)
    #expect(deck == before)
  }

  @Test func anIterationsEndIsAStopOfItsOwn() {
    var deck = Transport(isPaused: true)
    deck.go(to: .endOf(iteration: 3))
    #expect(!deck.stops(at: Position(iteration: 3, phase: .update, node: 3)))
    #expect(!deck.stops(atEndOf: 2))
    #expect(deck.stops(atEndOf: 3))
    #expect(!Transport(isPaused: true).stops(atEndOf: 3))
  }

  /// An iteration with three nodes in forward, none in loss, four in backward and two updates.
  private func back(_ command: Command, _ iteration: Int, _ phase: Phase, _ node: Int) -> Transport.Stop? {
    let counts: [Phase: Int] = [.batch: 1, .forward: 3, .backward: 4, .update: 2]
    return Transport.stop(for: command, from: Position(iteration: iteration, phase: phase, node: node)) {
      counts[$0, default: 0]
    }
  }

  private func at(_ iteration: Int, _ phase: Phase, _ node: Int) -> Transport.Stop {
    .at(Position(iteration: iteration, phase: phase, node: node))
  }

  @Test func aNodeBackIsTheNodeBeforeAcrossPhasesAndIterations() {
    #expect(back(.stepNodeBack, 3, .backward, 2) == at(3, .backward, 1))
    #expect(back(.stepNodeBack, 3, .backward, 0) == at(3, .forward, 2))
    #expect(back(.stepNodeBack, 3, .forward, 0) == at(3, .batch, 0))
    #expect(back(.stepNodeBack, 3, .batch, 0) == .endOf(iteration: 2))
    #expect(back(.stepNodeBack, 1, .batch, 0) == nil)
  }

  @Test func aPhaseBackIsTheFirstNodeOfThePhaseBefore() {
    #expect(back(.stepPhaseBack, 3, .update, 1) == at(3, .backward, 0))
    #expect(back(.stepPhaseBack, 3, .backward, 3) == at(3, .forward, 0))
    #expect(back(.stepPhaseBack, 3, .batch, 0) == at(2, .update, 0))
    #expect(back(.stepPhaseBack, 1, .batch, 0) == nil)
  }

  @Test func anIterationBackIsTheSameNodeAndEndsAtTheStart() {
    #expect(back(.stepIterationBack, 3, .update, 1) == at(2, .update, 1))
    #expect(back(.stepIterationBack, 1, .update, 1) == .at(.start))
    #expect(back(.stepIterationBack, 1, .batch, 0) == nil)
  }
}
