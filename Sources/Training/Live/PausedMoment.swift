import Localization
import Trace

/// A moment at which a run is paused, for the questions that can be asked there.
struct PausedMoment {
  let position: Position
  let tape: Tape
  let timeline: Timeline
  let deck: Deck
  /// The graph of a whole step, where one is known.
  let template: ComputationGraph?

  /// Answers a question; returns where to go if the answer lies in the past.
  func answer(_ command: Command) -> Playback.Way? {
    let publisher = deck.publisher
    switch command {
    case .searchBack(let breakpoint):
      if position > timeline.first { return .searchBack(breakpoint) }
      publisher.add(RunEvent(.breakpoint, at: position, localized("this is the first moment of the run")))
    case .findCause(let node, let view, let cell):
      let (search, obstacle) = CauseSearch.begin(node, view, cell: cell, on: tape, at: position, timeline)
      if let obstacle { publisher.warn(obstacle) }
      if let search, search.needsThePast { return .findCause(search) }
      if let answer = search?.answer { publisher.add(answer, at: position) }
    case .checkGradient(let parameter, let cell):
      publisher.checkGradient(of: parameter, at: cell, tape, position, timeline.names)
    default: break
    }
    return nil
  }

  /// Sets the node to run to; returns false, with a warning, if it never runs.
  func aim(at node: String) -> Bool {
    if template != nil || position.phase == .update,
      let obstacle = deck.watch?.obstacle(
        to: node, in: template ?? TapeReading(tape, names: timeline.names).graph)
    {
      deck.publisher.warn(obstacle)
      return false
    }
    deck.watch?.setTarget(node)
    return true
  }
}
