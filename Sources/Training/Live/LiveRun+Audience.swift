extension LiveRun {
  /// Who follows the run.
  enum Audience {
    case screen
    /// No one: nodes are watched only where a recording or a breakpoint needs them, and the run does not wait at its end.
    case nobody
  }
}
