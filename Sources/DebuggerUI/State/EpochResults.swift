import Trace

extension [EpochResult] {
  /// The most results that are kept: more than a screen has columns.
  private static let limit = 2_048

  /// Adds results of later epochs. Where there are too many, those of every second, fourth, eighth … epoch stay, so that
  /// a run of any length fits evenly; the newest stays too.
  mutating func add(_ later: [EpochResult]) {
    append(contentsOf: later)
    guard count > [EpochResult].limit, let newest = last?.epoch else { return }
    var step = 1
    while newest / step > [EpochResult].limit / 2 { step *= 2 }
    removeAll { !$0.epoch.isMultiple(of: step) && $0.epoch != newest }
  }
}
