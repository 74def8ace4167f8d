/// −log softmax(x)[label] for each row, with the class labels as the second input, and its reduction.
///
/// Softmax and logarithm are one computation, so that logits of ±1,000 neither overflow nor lose the loss.
/// Its derivative, times upstream: softmax(x) − onehot(label), divided by the batch for the mean.
package struct CrossEntropy: Operation {
  package let name = "cross_entropy"
  package let reduction: Reduction
  /// softmax(x), kept for backward.
  package private(set) var probabilities: Tensor?

  package var saved: SavedValues { [] }

  package init(reduction: Reduction) { self.reduction = reduction }

  package mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (logits, labels) = (inputs[0], call.packed(inputs[1]))
    try check(inputs, call)
    let probabilities = call.empty(logits.shape, logits.dtype)
    let losses = call.empty([logits.shape[0]], logits.dtype)
    let packed = call.packed(logits)
    if logits.dtype == .float32 {
      Kernels.crossEntropy(packed, labels, probabilities, losses, Float.self)
    } else {
      Kernels.crossEntropy(packed, labels, probabilities, losses, Double.self)
    }
    self.probabilities = probabilities
    return Kernels.reduce(losses, by: reduction, pool: call.context.pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    guard let probabilities else { return [nil, nil] }
    let result = call.empty(probabilities.shape, probabilities.dtype)
    let labels = call.packed(node.inputs[1])
    let upstream = call.packed(upstream)
    if probabilities.dtype == .float32 {
      Kernels.crossEntropyGradient(upstream, probabilities, labels, reduction, result, Float.self)
    } else {
      Kernels.crossEntropyGradient(upstream, probabilities, labels, reduction, result, Double.self)
    }
    return [result, nil]
  }

  private func check(_ inputs: [Tensor], _ call: Call) throws {
    let (logits, labels) = (inputs[0], inputs[1])
    guard logits.rank == 2, labels.shape == [logits.shape[0]] else {
      throw call.shapeError(inputs, expected: "logits [batch, classes] and labels [batch]")
    }
    guard logits.dtype.isFloatingPoint, labels.dtype == .int64 else {
      throw call.typeError(inputs, expected: "floating-point logits and int64 labels")
    }
    let classes = logits.shape[1]
    for label in call.packed(labels).values(Int64.self) where label < 0 || label >= classes {
      throw call.argumentError("label", label, expected: "a class from 0 to \(classes - 1)")
    }
  }
}

/// How a loss brings the samples' losses together.
public enum Reduction: String, Sendable, CaseIterable {
  /// One loss a sample.
  case none
  /// Their mean.
  case mean
  /// Their sum.
  case sum
}

extension Tensor {
  /// −log softmax(x)[label]: the loss of a classifier whose output this is; PyTorch's `F.cross_entropy`.
  ///
  /// **Shapes**: logits `[batch, classes]`, labels int64 `[batch]` → `[]`, or `[batch]` without reduction.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html>
  public func crossEntropy(
    _ labels: Tensor, reduction: Reduction = .mean, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(CrossEntropy(reduction: reduction), to: [self, labels], at: SourceLocation(file: file, line: line))
  }
}

extension Kernels {
  /// A loss's reduction: the samples' losses, their mean or their sum.
  static func reduce(_ losses: Tensor, by reduction: Reduction, pool: StoragePool?) -> Tensor {
    guard reduction != .none else { return losses }
    let total = sum(losses, to: [1], pool: pool).viewed(as: [])
    guard reduction == .mean else { return total }
    let count = Tensor.full([], Double(losses.elementCount), dtype: losses.dtype)
    return binary(DivideFunction(), total, count, shape: [], pool: pool)
  }

  /// softmax(x) and −log softmax(x)[label] of each row.
  static func crossEntropy<S: FloatingScalar>(
    _ logits: Tensor, _ labels: Tensor, _ probabilities: Tensor, _ losses: Tensor, _ type: S.Type
  ) {
    let classes = logits.shape[1]
    for row in 0..<logits.shape[0] {
      let x = logits.pointer(S.self) + row * classes
      let p = probabilities.pointer(S.self) + row * classes
      var greatest = x[0]
      for index in 1..<max(classes, 1) where x[index] > greatest || x[index].isNaN { greatest = x[index] }
      var total: S = 0
      for index in 0..<classes {
        p[index] = S.exp(x[index] - greatest)
        total += p[index]
      }
      for index in 0..<classes { p[index] /= total }
      let label = Int(labels.pointer(Int64.self)[row])
      losses.pointer(S.self)[row] = S.log(total) - (x[label] - greatest)
    }
  }

  /// (softmax(x) − onehot(label)) × upstream, divided by the batch for the mean.
  static func crossEntropyGradient<S: FloatingScalar>(
    _ upstream: Tensor, _ probabilities: Tensor, _ labels: Tensor, _ reduction: Reduction, _ result: Tensor,
    _ type: S.Type
  ) {
    let (batch, classes) = (probabilities.shape[0], probabilities.shape[1])
    for row in 0..<batch {
      let p = probabilities.pointer(S.self) + row * classes
      let target = result.pointer(S.self) + row * classes
      let incoming = upstream.pointer(S.self)[reduction == .none ? row : 0]
      let scale = reduction == .mean ? incoming / S(batch) : incoming
      for index in 0..<classes { target[index] = p[index] * scale }
      target[Int(labels.pointer(Int64.self)[row])] -= scale
    }
  }
}
