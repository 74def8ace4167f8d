/// The rows of a cross-entropy, which threads may share.
struct CrossEntropyRows<S: FloatingScalar> {
  let x: UnsafeMutablePointer<S>
  let labels: UnsafeMutableBufferPointer<Int64>
  let weight: UnsafeMutablePointer<S>?
  let classes: Int
  let options: CrossEntropyOptions

  /// softmax(x) and the loss of some rows.
  func losses(
    _ rows: Range<Int>, _ probabilities: UnsafeMutablePointer<S>, _ losses: UnsafeMutablePointer<S>
  ) {
    for row in rows {
      let (x, p) = (x + row * classes, probabilities + row * classes)
      let shift = Kernels.greatest(x, classes, step: 1)
      for index in 0..<classes { p[index] = x[index] - shift }
    }
    // All rows at once: a row of ten classes fills no vector.
    let first = probabilities + rows.lowerBound * classes
    S.exp(rows.count * classes, first, first)
    for row in rows {
      let p = probabilities + row * classes
      let total = Kernels.sum(classes) { p[$0] }
      for index in 0..<classes { p[index] /= total }
      losses[row] = total
    }
    S.log(rows.count, losses + rows.lowerBound, losses + rows.lowerBound)
    for row in rows { losses[row] = labels[row] == options.ignoreIndex ? 0 : loss(row, losses[row]) }
  }

  /// The weighted, smoothed loss of a row, with the logarithm of the sum of its exponentials.
  private func loss(_ row: Int, _ logarithm: S) -> S {
    let x = x + row * classes
    let shift = Kernels.greatest(x, classes, step: 1)
    let label = Int(labels[row])
    let loss = (weight?[label] ?? 1) * (logarithm - (x[label] - shift))
    guard options.smoothing > 0 else { return loss }
    let even = Kernels.sum(classes) { (weight?[$0] ?? 1) * (logarithm - (x[$0] - shift)) }
    return S(1 - options.smoothing) * loss + S(options.smoothing) / S(classes) * even
  }
}
