import Trace

/// Where a playback goes, and how it ends.
extension Playback {
  /// How it ended.
  enum End {
    /// The head was reached or requested; the command is still to be carried out there.
    case head(Command?)
    /// The step in which a stop lies cannot be computed again.
    case obstacle(step: Int)
    /// The user changed something at a moment, where a new future begins.
    case change(Change, Future, at: Position)
    /// Its owner continues elsewhere.
    case owner
  }

  /// Where it goes next.
  enum Way {
    /// To a moment, ignoring breakpoints.
    case seek(Stop)
    /// From the start of a step until a command stops it.
    case play(from: Int)
    case searchBack(Breakpoint)
    case findCause(CauseSearch)
    case end(End)
  }
}
