import Arrays

/// Shapes from a script or a file, which may be anything.
package enum PossibleShape {
  /// The most elements of a tensor: what is beyond cannot be counted with.
  package static let mostElements = 1 << 40

  /// A shape; none where it is not that of a tensor.
  package static func of(_ shape: [Int]) -> [Int] {
    guard shape.count <= 64, shape.allSatisfy((0...mostElements).contains),
      let count = shape.map({ max(1, $0) }).checkedProduct, count <= mostElements
    else { return [] }
    return shape
  }
}
