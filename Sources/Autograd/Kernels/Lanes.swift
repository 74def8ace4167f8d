/// A contiguous tensor seen along one dimension: `outer` × `length` × `inner` elements.
///
/// The elements of a lane lie `inner` apart. A scalar is one lane of one element.
struct Lanes {
  let outer: Int
  let length: Int
  let inner: Int

  init(_ shape: Shape, _ dim: Int) {
    outer = shape.prefix(dim).reduce(1, *)
    length = shape.isEmpty ? 1 : shape[dim]
    inner = shape.dropFirst(dim + 1).reduce(1, *)
  }

  /// How many lanes there are.
  var count: Int { outer * inner }

  /// Calls `body` with each lane's number and the place of its first element.
  @inline(__always)
  func visit(_ body: (_ lane: Int, _ start: Int) -> Void) {
    for block in 0..<outer {
      for position in 0..<inner { body(block * inner + position, block * length * inner + position) }
    }
  }
}
