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
    let classes = targets.classes
    let weight = weights?.pointer(S.self)
    let loss = losses.pointer(S.self)
    var totalWeight = 0.0
    for row in 0..<targets.rows {
      let x = targets.scores.pointer(S.self) + row * classes
      let p = probabilities.pointer(S.self) + row * classes
      let shift = greatest(x, classes, step: 1)
      for index in 0..<classes { p[index] = x[index] - shift }
    }
    // All rows at once: a row of ten classes fills no vector.
    S.exponentiateNegatives(probabilities.pointer(S.self), targets.rows * classes)
    for row in 0..<targets.rows {
      let x = targets.scores.pointer(S.self) + row * classes
      let p = probabilities.pointer(S.self) + row * classes
      let shift = greatest(x, classes, step: 1)
      var total: S = 0
      for index in 0..<classes { total += p[index] }
      for index in 0..<classes { p[index] /= total }
      guard targets.labels[row] != options.ignoreIndex else {
        loss[row] = 0
        continue
      }
      let label = Int(targets.labels[row])
      let (logarithm, labelWeight) = (S.log(total), weight?[label] ?? 1)
      totalWeight += Double(labelWeight)
      loss[row] = labelWeight * (logarithm - (x[label] - shift))
      if options.smoothing > 0 {
        var even: S = 0
        for index in 0..<classes { even += (weight?[index] ?? 1) * (logarithm - (x[index] - shift)) }
        loss[row] = S(1 - options.smoothing) * loss[row] + S(options.smoothing) / S(classes) * even
      }
    }
    return totalWeight
  }

  /// (softmax(x) − the smoothed, weighted onehot(label)) × upstream ÷ divisor.
  static func crossEntropyGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ divisor: Double, _ targets: ClassTargets, _ weights: Tensor?,
    _ options: CrossEntropyOptions, _ probabilities: Tensor, _ result: Tensor, _ type: S.Type
  ) {
    let classes = targets.classes
    let weight = weights?.pointer(S.self)
    var weightSum = S(classes)
    if let weight { weightSum = sum(weight, classes) }
    let (kept, spread) = (S(1 - options.smoothing), S(options.smoothing) / S(max(classes, 1)))
    let incoming = upstream.pointer(S.self)
    let isPerRow = upstream.elementCount > 1
    for row in 0..<targets.rows {
      let p = probabilities.pointer(S.self) + row * classes
      let target = result.pointer(S.self) + row * classes
      guard targets.labels[row] != options.ignoreIndex else {
        target.update(repeating: 0, count: classes)
        continue
      }
      let label = Int(targets.labels[row])
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
