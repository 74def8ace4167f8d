import Localization
import Trace

/// What the commands do at a step that is shown as recorded.
extension Replay {
  /// The message to a user who wants to change something.
  static func isReadOnly(_ archive: any RunArchive) -> String {
    archive.origin.description.isScript
      ? localized("A recording of a script can only be looked at; nothing in it can be changed.")
      : localized(
        """
        A recording cannot be changed; tapedeck train --resume FILE resumes its run, if its data and model are \
        available.
        """)
  }

  /// Does what was asked at a step that is shown as recorded; nil to stay there.
  func take(_ command: Command) throws -> Way? {
    let isAtEnd = position >= head
    switch command {
    case .nextNode, .nextPhase:
      return isAtEnd ? nil : .show(.at(.start(of: position.step + 1)))
    case .nextStep:
      return isAtEnd ? nil : Stop.ahead(command, from: position).map { .show($0) }
    case .previousNode, .previousPhase, .previousStep:
      return Stop.back(command, from: position) { _ in 0 }.map { .show($0) }
    case .seek(let wanted), .goTo(let wanted):
      if let obstacle = run.timeline?.obstacle(to: command) { publisher.warn(obstacle) }
      let target = min(max(wanted, first), head)
      return target == position ? nil : .show(.at(target))
    case .seekHead: return isAtEnd ? nil : .show(.endOf(step: tail.last))
    case .run, .runTo:
      if case .runTo(let node) = command { deck.watch?.setTarget(node) }
      guard !isAtEnd || tail.isWatching else { return nil }
      beginPlaying()
      return isAtEnd ? try comeToEnd() : .play(from: position.step + 1)
    case .searchBack(let breakpoint):
      if run.timeline != nil, !run.isRecordedOnly, position > first {
        return try playRecomputed(.searchBack(breakpoint))
      }
      publisher.add(RunEvent(.breakpoint, at: position, localized("this is the first moment of the run")))
    case .findCause(let node, let view, _):
      publisher.warn(localized("\(node) has no \(view.word) at this moment, so there is nothing to explain."))
    case .checkGradient(let parameter, _): publisher.warn("\(ChangeError.noGradient(name: parameter))")
    case .test: publisher.warn("\(ModelTestError.noBatch)")
    case .change: publisher.warn(Replay.isReadOnly(tail.archive))
    case .pause, .focus, .show, .pace, .quit, .breakpoints, .note, .mark, .record, .plot, .rank, .extend:
      break
    }
    return nil
  }
}
