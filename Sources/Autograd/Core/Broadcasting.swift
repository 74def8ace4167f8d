extension Shape {
  /// The shape two operands broadcast to, or nil where a pair of sizes neither agree nor has a 1.
  ///
  /// Sizes are aligned from the innermost dimension; a missing dimension counts as 1.
  /// Source: <https://pytorch.org/docs/stable/notes/broadcasting.html>
  package static func broadcast(_ left: Shape, _ right: Shape) -> Shape? {
    if left == right { return left }
    let rank = Swift.max(left.rank, right.rank)
    var result = Shape()
    for index in 0..<rank {
      let leftSize = left.size(fromEnd: rank - index)
      let rightSize = right.size(fromEnd: rank - index)
      guard leftSize == rightSize || leftSize == 1 || rightSize == 1 else { return nil }
      result.append(leftSize == 1 ? rightSize : leftSize)
    }
    return result
  }

  /// The size of the dimension `distance` from the end, 1 where there is none.
  private func size(fromEnd distance: Int) -> Int {
    distance > rank ? 1 : self[rank - distance]
  }

  /// Strides with which a tensor of this shape and `strides` reads as `target`: 0 where it repeats.
  package func broadcastStrides(_ strides: Shape, to target: Shape) -> Shape {
    var result = target
    for index in 0..<target.rank {
      let own = index - (target.rank - rank)
      result[index] = own < 0 || (self[own] == 1 && target[index] != 1) ? 0 : strides[own]
    }
    return result
  }

  /// The dimension that `index` names, counting from the end when negative, or nil when there is none.
  ///
  /// As in PyTorch a scalar is addressed as though it had one dimension.
  package func dimension(_ index: Int) -> Int? {
    let rank = Swift.max(rank, 1)
    guard index >= -rank, index < rank else { return nil }
    return index < 0 ? index + rank : index
  }
}
