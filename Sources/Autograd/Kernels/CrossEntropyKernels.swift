/// The options of a cross-entropy that its loops need.
struct CrossEntropyOptions {
  let smoothing: Double
  let ignoreIndex: Int64
}

extension Kernels {
  /// softmax(x) and the loss of each row; gives back the sum of the labels' weights.
  static func crossEntropy<S: FloatingScalar>(
    _ targets: ClassTargets, _ weights: Tensor?, _ options: CrossEntropyOptions, _ probabilities: Tensor,
    _ losses: Tensor, _ type: S.Type
  ) -> Double {
    let (labels, weight) = (targets.labels, weights?.pointer(S.self))
    let rows = CrossEntropyRows(
      x: targets.scores.pointer(S.self), labels: labels, weight: weight, classes: targets.classes,
      options: options)
    let (p, loss) = (probabilities.pointer(S.self), losses.pointer(S.self))
    withExtendedLifetime((targets, weights, probabilities, losses)) {
      ParallelLoop.run(targets.rows, weight: targets.classes * elementsPerScore) {
        rows.losses($0, p, loss)
      }
    }
    var totalWeight = 0.0
    for row in 0..<targets.rows where labels[row] != options.ignoreIndex {
      totalWeight += Double(weight?[Int(labels[row])] ?? 1)
    }
    return totalWeight
  }

  /// A score's exponential takes as long as some elements of a loop that only moves memory.
  private static let elementsPerScore = 8

  /// (softmax(x) − the smoothed, weighted onehot(label)) × upstream ÷ divisor.
  static func crossEntropyGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ divisor: Double, _ targets: ClassTargets, _ weights: Tensor?,
    _ options: CrossEntropyOptions, _ probabilities: Tensor, _ result: Tensor, _ type: S.Type
  ) {
    let classes = targets.classes
    let weight = weights?.pointer(S.self)
    let weightSum = weight.map { weight in sum(classes) { weight[$0] } } ?? S(classes)
    let (kept, spread) = (S(1 - options.smoothing), S(options.smoothing) / S(max(classes, 1)))
    let incoming = upstream.pointer(S.self)
    let isPerRow = upstream.elementCount > 1
    let (labels, p) = (targets.labels, probabilities.pointer(S.self))
    let (gradient, rows) = (result.pointer(S.self), targets.rows)
    withExtendedLifetime((targets, weights, probabilities, upstream, result)) {
      ParallelLoop.run(rows, weight: classes) { range in
        for row in range {
          let (p, target) = (p + row * classes, gradient + row * classes)
          guard labels[row] != options.ignoreIndex else {
            // A product with 0, not 0 itself: NaN in a row that does not count stays NaN, as in PyTorch.
            for index in 0..<classes { target[index] = p[index] * 0 }
            continue
          }
          let label = Int(labels[row])
          let labelShare = kept * (weight?[label] ?? 1)
          let scale = incoming[isPerRow ? row : 0] / S(divisor)
          let factor = (labelShare + spread * weightSum) * scale
          for index in 0..<classes { target[index] = p[index] * factor }
          if options.smoothing > 0 {
            for index in 0..<classes { target[index] -= spread * (weight?[index] ?? 1) * scale }
          }
          target[label] -= labelShare * scale
        }
      }
    }
  }
}
