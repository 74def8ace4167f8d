extension Kernels {
  /// The greatest element of a lane; NaN if there is one.
  @inline(__always)
  static func greatest<S: FloatingScalar>(_ x: UnsafePointer<S>, _ count: Int, step: Int) -> S {
    var greatest = -S.infinity
    for index in 0..<count {
      let next = x[index * step]
      if next > greatest || next.isNaN { greatest = next }
      if greatest.isNaN { return greatest }
    }
    return greatest
  }

  /// eˣ ÷ Σ eˣ of each lane.
  static func softmax<S: FloatingScalar>(_ x: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type) {
    let (target, step) = (result.pointer(S.self), lanes.inner)
    exponentiate(x, lanes, result, type)
    lanes.visit { _, start in
      let out = target + start
      let total = sum(lanes.length) { out[$0 * step] }
      for index in 0..<lanes.length { out[index * step] /= total }
    }
  }

  /// eˣ of each element less its lane's greatest, all lanes at once: a short one fills no vector.
  private static func exponentiate<S: FloatingScalar>(
    _ x: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type
  ) {
    let (source, target, step) = (x.pointer(S.self), result.pointer(S.self), lanes.inner)
    lanes.visit { _, start in
      let (row, out) = (source + start, target + start)
      let shift = greatest(row, lanes.length, step: step)
      for index in 0..<lanes.length { out[index * step] = row[index * step] - shift }
    }
    S.exp(lanes.count * lanes.length, target, target)
  }

  /// y·(upstream − Σ upstream·y) of each lane.
  static func softmaxGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ y: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type
  ) {
    let (incoming, output, target) = (upstream.pointer(S.self), y.pointer(S.self), result.pointer(S.self))
    let step = lanes.inner
    lanes.visit { _, start in
      let total = sum(lanes.length) { incoming[start + $0 * step] * output[start + $0 * step] }
      for index in 0..<lanes.length {
        let place = start + index * step
        target[place] = output[place] * (incoming[place] - total)
      }
    }
  }

  /// x − ln Σ eˣ of each lane.
  static func logSoftmax<S: FloatingScalar>(_ x: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type) {
    let (source, target, step) = (x.pointer(S.self), result.pointer(S.self), lanes.inner)
    exponentiate(x, lanes, result, type)
    lanes.visit { _, start in
      let (row, out) = (source + start, target + start)
      let shift = greatest(row, lanes.length, step: step)
      let total = sum(lanes.length) { out[$0 * step] }
      let logarithm = S.log(total)
      for index in 0..<lanes.length { out[index * step] = row[index * step] - shift - logarithm }
    }
  }

  /// upstream − eʸ·Σ upstream of each lane.
  static func logSoftmaxGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ y: Tensor, _ lanes: Lanes, _ result: Tensor, _ type: S.Type
  ) {
    let (incoming, output, target) = (upstream.pointer(S.self), y.pointer(S.self), result.pointer(S.self))
    let step = lanes.inner
    S.exp(lanes.count * lanes.length, output, target)
    lanes.visit { _, start in
      let total = sum(lanes.length) { incoming[start + $0 * step] }
      for index in 0..<lanes.length {
        let place = start + index * step
        target[place] = incoming[place] - target[place] * total
      }
    }
  }
}
