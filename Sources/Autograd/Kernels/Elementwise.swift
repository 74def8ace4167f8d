extension Kernels {
  /// Writes `combine(a, b)` for each pair of elements of two views, repeated to the result's shape.
  @inline(__always)
  static func zip<S: Scalar, R: Scalar>(
    _ a: Tensor, _ b: Tensor, _ result: Tensor, _ type: S.Type, _ combine: (S, S) -> R
  ) {
    let (left, right, target) = (a.pointer(S.self), b.pointer(S.self), result.pointer(R.self))
    let shape = result.shape
    let count = shape.elementCount
    if a.shape == shape, b.shape == shape, a.isContiguous, b.isContiguous {
      for index in 0..<count { target[index] = combine(left[index], right[index]) }
      return
    }
    let length = rowLength(shape)
    let leftStrides = a.shape.broadcastStrides(a.strides, to: shape)
    let rightStrides = b.shape.broadcastStrides(b.strides, to: shape)
    var written = 0
    forEachRow(shape, leftStrides, rightStrides) { leftOffset, leftStep, rightOffset, rightStep in
      let (left, right, target) = (left + leftOffset, right + rightOffset, target + written)
      switch (leftStep, rightStep) {
      case (1, 1): for index in 0..<length { target[index] = combine(left[index], right[index]) }
      case (1, 0): for index in 0..<length { target[index] = combine(left[index], right[0]) }
      case (0, 1): for index in 0..<length { target[index] = combine(left[0], right[index]) }
      default:
        for index in 0..<length { target[index] = combine(left[index * leftStep], right[index * rightStep]) }
      }
      written += length
    }
  }
}
