import Trace

/// What the run tells its diagnostician of its epochs.
extension LiveRun {
  /// An epoch has ended; the diagnostician gets it before `report`.
  func diagnosed(_ result: EpochResult, _ report: (EpochResult) throws -> Void) throws {
    diagnostician.end(result)
    try report(result)
  }
}
