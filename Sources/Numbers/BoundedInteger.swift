extension Int {
  /// The whole part of a number that may come from a file, within a range: the ends stand for what is beyond them, and the
  /// start for what is not a number.
  package init(bounded value: some BinaryFloatingPoint, to range: ClosedRange<Int>) {
    let value = Double(value)
    guard value > Double(range.lowerBound) else {
      self = range.lowerBound
      return
    }
    self = value < Double(range.upperBound) ? Int(value) : range.upperBound
  }
}
