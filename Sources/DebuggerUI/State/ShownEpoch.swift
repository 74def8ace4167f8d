import Trace

extension DebuggerState {
  /// The results of the last epoch that was done at the moment shown.
  var shownEpoch: EpochResult? {
    guard let moment, moment.isBehindHead else { return epochs.last }
    return epochs.last { $0.iteration < moment.position.iteration }
  }
}
