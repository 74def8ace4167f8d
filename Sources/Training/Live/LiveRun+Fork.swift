import Trace

extension LiveRun {
  /// Thrown to leave the head, since something was changed in the past.
  struct Fork: Error {
    let change: Change
    let future: Future
    let position: Position
  }
}
