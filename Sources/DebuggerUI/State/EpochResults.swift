import Trace

extension [EpochResult] {
  /// The most results that are kept: more than a screen has columns.
  private static let limit = 2_048

  /// Adds results of later epochs. Where there are too many every second goes, so that a run of any length fits;
  /// the newest stays.
  mutating func add(_ later: [EpochResult]) {
    append(contentsOf: later)
    while count > [EpochResult].limit {
      self = enumerated().filter { ($0.offset - count).isMultiple(of: 2) == false }.map(\.element)
    }
  }
}
