import Trace

extension [EpochResult] {
  /// The most results that are kept: more than a screen has columns.
  private static let limit = 2_048

  /// Adds the results of later epochs. Where there are too many, only those of every second, fourth, eighth … epoch and
  /// the newest stay, so that a run of any length fits.
  mutating func add(_ later: [EpochResult]) {
    append(contentsOf: later)
    guard count > [EpochResult].limit, let newest = last?.epoch else { return }
    var step = 1
    while newest / step > [EpochResult].limit / 2 { step *= 2 }
    removeAll { !$0.epoch.isMultiple(of: step) && $0.epoch != newest }
  }
}
