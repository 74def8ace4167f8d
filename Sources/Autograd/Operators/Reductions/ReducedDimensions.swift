import Localization

/// The dimensions over which an operator reduces: all of them where none is named.
struct ReducedDimensions {
  let dims: [Int]?
  let keepDim: Bool

  init(_ dims: [Int]?, keepDim: Bool) {
    self.dims = dims.flatMap { $0.isEmpty ? nil : $0 }
    self.keepDim = keepDim
  }

  /// A tensor's shape with 1 in place of the reduced dimensions, and the shape of the result.
  func shapes(for shape: Shape, in call: Call) throws -> (kept: Shape, output: Shape) {
    guard let dims else {
      let kept = Shape(repeatElement(1, count: shape.rank))
      return (kept, keepDim ? kept : [])
    }
    var isReduced = InlineArray<8, Bool>(repeating: false)
    for dim in dims {
      let index = try call.dimension(dim, of: shape)
      guard !isReduced[index] else {
        throw call.argumentError("dim", "\(dims)", expected: localized("each dimension once"))
      }
      isReduced[index] = true
    }
    var (kept, output) = (Shape(), Shape())
    for (index, size) in shape.enumerated() {
      kept.append(isReduced[index] ? 1 : size)
      if !isReduced[index] { output.append(size) }
    }
    return (kept, keepDim ? kept : output)
  }
}
