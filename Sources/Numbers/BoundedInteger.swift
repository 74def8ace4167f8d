extension Int {
  /// The whole part of a number that may come from a file, within a range: the ends stand for what is beyond them, and the
  /// start for what is not a number.
  package init(bounded value: Double, to range: ClosedRange<Int>) {
    guard value > Double(range.lowerBound) else {
      self = range.lowerBound
      return
    }
    self = value < Double(range.upperBound) ? Int(value) : range.upperBound
  }

  /// The same of a number in single precision. A generic one would take a hundred times as long for each number.
  package init(bounded value: Float, to range: ClosedRange<Int>) {
    self.init(bounded: Double(value), to: range)
  }
}
