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

  @Test(arguments: [Command.run, .stepNode, .stepPhase, .stepIteration])
  func commandsThatGoOnReleaseARunThatStands(_ command: Command) {
    #expect(Transport.releases(command))
  }

  @Test(arguments: [Command.pause, .focus(Focus()), .pace(nil), .quit])
  func otherCommandsDoNot(_ command: Command) { #expect(!Transport.releases(command)) }
}
