import Arrays

/// How often an array's finite values fall into each of thirty equal bins.
struct ValueHistogram {
  private static let binCount = 30
  /// As many numbers are taken at once, so that large arrays are not copied whole.
  private static let pieceSize = 1 << 16
  let message: Tensorboard_HistogramProto

  /// The histogram; nil where no value is finite.
  init?(_ array: RawArray) {
    var (low, high) = (Double.infinity, -Double.infinity)
    ValueHistogram.forEach(array) {
      low = min(low, $0)
      high = max(high, $0)
    }
    guard low <= high else { return nil }
    // Halves, since the difference of two finite numbers may be infinite.
    let bins = Double(ValueHistogram.binCount)
    let width = max(high / bins - low / bins, .leastNormalMagnitude)
    var message = Tensorboard_HistogramProto()
    (message.min, message.max) = (low, high)
    var counts = [Double](repeating: 0, count: ValueHistogram.binCount)
    ValueHistogram.forEach(array) { value in
      let place = value / width - low / width
      counts[place.isFinite ? Int(min(max(place, 0), bins - 1)) : counts.count - 1] += 1
      message.num += 1
      message.sum += value
      message.sumSquares += value * value
    }
    message.bucketLimit = counts.indices.map { low + width * Double($0 + 1) }
    message.bucket = counts
    self.message = message
  }

  /// The values that are finite.
  private static func forEach(_ array: RawArray, _ take: (Double) -> Void) {
    let size = array.elementType.byteCount
    for start in stride(from: 0, to: array.count, by: pieceSize) {
      let count = min(pieceSize, array.count - start)
      let piece = RawArray(
        checkedType: array.elementType, shape: [count],
        bytes: Array(array.bytes[start * size..<(start + count) * size]))
      for value in piece.doubles() where value.isFinite { take(value) }
    }
  }
}
