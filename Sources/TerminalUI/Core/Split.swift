/// How much of a rectangle one part of it takes.
package enum Length: Hashable, Sendable {
  /// That many cells, or what is left of them.
  case fixed(Int)
  /// A share, by weight, of what the fixed parts leave.
  case fill(Int)
}

extension Rect {
  /// Cuts the rectangle into rows from top to bottom, one per length.
  ///
  /// Fixed parts are served first, in order; the parts together never exceed the rectangle.
  package func splitRows(_ lengths: [Length]) -> [Rect] {
    var top = y
    return Self.share(height, among: lengths).map { part in
      defer { top = top.addingClamped(part) }
      return Rect(x: x, y: top, width: width, height: part)
    }
  }

  /// Cuts the rectangle into columns from left to right, one per length.
  ///
  /// Fixed parts are served first, in order; the parts together never exceed the rectangle.
  package func splitColumns(_ lengths: [Length]) -> [Rect] {
    var left = x
    return Self.share(width, among: lengths).map { part in
      defer { left = left.addingClamped(part) }
      return Rect(x: left, y: y, width: part, height: height)
    }
  }

  private static func share(_ total: Int, among lengths: [Length]) -> [Int] {
    var left = total
    var weights = 0
    var parts = lengths.map { length in
      switch length {
      case .fixed(let cells):
        let part = min(max(0, cells), left)
        left -= part
        return part
      case .fill(let weight):
        weights += max(0, weight)
        return 0
      }
    }
    // Rounding the running total, not each share, so that the shares add up exactly.
    var passed = 0
    var given = 0
    for (index, length) in lengths.enumerated() {
      guard case .fill(let weight) = length, weight > 0 else { continue }
      passed += weight
      let upTo = left * passed / weights
      parts[index] = upTo - given
      given = upTo
    }
    return parts
  }
}
