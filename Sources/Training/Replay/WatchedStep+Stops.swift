import Trace

/// Where a run that is shown from the record of a step stops in it.
extension WatchedStep {
  /// The visit at which a stop lies; the last where it does not lie in the step.
  func visit(stoppingAt stop: Stop) -> Int {
    guard case .at(let position) = stop, let visit = visit(at: position) else { return visits.count - 1 }
    return visit
  }

  /// The visit that a movement leads to within the step; nil where it leads out of it.
  func destination(of command: Command, at position: Position) -> Int? {
    let here = visit(at: position) ?? visits.count - 1
    guard case .visit(let visit)? = destination(of: command, from: here) else { return nil }
    return visit
  }
}
