/// (x − mean) ÷ √(variance + ε) over each group of elements, then times weight plus bias.
///
/// With x̂ the normalised value and g upstream times weight, its derivative is
/// (g − mean(g) − x̂·mean(g·x̂)) ÷ √(variance + ε) over the group; weight gets Σ upstream·x̂, bias Σ upstream.
struct Normalize: Operation {
  /// The operator's name in PyTorch: `layer_norm` or `batch_norm`.
  let name: String
  /// The input's shape with 1 in the dimensions a group spans.
  let groups: Shape
  /// The input's shape with 1 where weight and bias repeat.
  let parameters: Shape
  let epsilon: Double
  /// x̂ and 1 ÷ √(variance + ε), kept for backward.
  private var normalized: Tensor?
  private var inverseDeviation: Tensor?

  init(name: String, groups: Shape, parameters: Shape, epsilon: Double) {
    self.name = name
    self.groups = groups
    self.parameters = parameters
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try call.checkOneFloatingType(inputs)
    let (x, pool) = (inputs[0], call.context.pool)
    let statistics = Kernels.statistics(x, groups: groups, pool: pool)
    let inverse = InverseRootFunction(epsilon: epsilon).map(statistics.variance, pool: pool)
    let centred = SubtractFunction().map(x, statistics.mean, shape: x.shape, pool: pool)
    var result = MultiplyFunction().map(centred, inverse, shape: x.shape, pool: pool)
    normalized = result
    inverseDeviation = inverse
    if inputs.count > 1 {
      result = MultiplyFunction().map(result, spread(inputs[1], call), shape: x.shape, pool: pool)
    }
    if inputs.count > 2 {
      result = AddFunction().map(result, spread(inputs[2], call), shape: x.shape, pool: pool)
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    guard let normalized, let inverseDeviation else { return node.inputs.map { _ in nil } }
    let (shape, pool) = (upstream.shape, call.context.pool)
    func product(_ a: Tensor, _ b: Tensor) -> Tensor {
      MultiplyFunction().map(a, b, shape: shape, pool: pool)
    }
    var gradients: [Tensor?] = [nil]
    if node.needsGradient(0) {
      let share = node.inputs.count > 1 ? product(upstream, spread(node.inputs[1], call)) : upstream
      let mean = mean(share, pool)
      let slope = self.mean(product(share, normalized), pool)
      let centred = SubtractFunction().map(share, mean, shape: shape, pool: pool)
      let straightened = SubtractFunction().map(
        centred, product(normalized, slope), shape: shape, pool: pool)
      gradients[0] = product(straightened, inverseDeviation)
    }
    if node.inputs.count > 1 {
      let full = product(upstream, normalized)
      gradients.append(Kernels.sum(full, to: parameters, pool: pool).viewed(as: node.inputs[1].shape))
    }
    if node.inputs.count > 2 {
      let total = Kernels.sum(upstream, to: parameters, pool: pool)
      gradients.append(call.packed(total).viewed(as: node.inputs[2].shape))
    }
    return gradients
  }

  private func spread(_ parameter: Tensor, _ call: Call) -> Tensor {
    call.packed(parameter).viewed(as: parameters)
  }

  private func mean(_ x: Tensor, _ pool: StoragePool?) -> Tensor {
    let count = Double(x.elementCount) / Double(max(groups.elementCount, 1))
    return Kernels.divide(Kernels.sum(x, to: groups, pool: pool), by: count, pool: pool)
  }
}

/// 1 ÷ √(x + ε).
struct InverseRootFunction: UnaryFunction {
  let name = "rsqrt"
  let epsilon: Double
  func value<S: FloatingScalar>(_ x: S) -> S { 1 / (x + S(epsilon)).squareRoot() }
  func derivative<S: FloatingScalar>(_ x: S, _ y: S) -> S { -y * y * y / 2 }
}

extension Kernels {
  /// The mean and the variance (divided by n) of each group of elements.
  static func statistics(
    _ x: Tensor, groups: Shape, pool: StoragePool?
  ) -> (mean: Tensor, variance: Tensor) {
    let count = Double(x.elementCount) / Double(max(groups.elementCount, 1))
    let mean = divide(sum(x, to: groups, pool: pool), by: count, pool: pool)
    let centred = SubtractFunction().map(x, mean, shape: x.shape, pool: pool)
    let squares = MultiplyFunction().map(centred, centred, shape: x.shape, pool: pool)
    return (mean, divide(sum(squares, to: groups, pool: pool), by: count, pool: pool))
  }
}

extension Tensor {
  /// Each sample's last dimensions brought to mean 0 and variance 1, then times weight plus bias.
  ///
  /// **Shapes**: `[..., features]` → the same, with `normalizedShape`, weight and bias `[features]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html>
  public func layerNorm(
    normalizedShape: Shape, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(operatorName: "layer_norm", location: location, context: .current)
    let own = normalizedShape.rank
    guard own > 0, own <= rank, Shape(shape.suffix(own)) == normalizedShape,
      [weight, bias].allSatisfy({ $0 == nil || $0?.shape == normalizedShape })
    else {
      throw call.shapeError(
        [self] + [weight, bias].compactMap { $0 },
        expected: "input [..., \(normalizedShape.description.dropFirst()), weight and bias \(normalizedShape)"
      )
    }
    let groups = Shape(shape.dropLast(own) + Array(repeating: 1, count: own))
    let parameters = Shape(Array(repeating: 1, count: rank - own) + normalizedShape)
    return try normalized("layer_norm", groups, parameters, weight, bias, epsilon, location)
  }

  /// Each feature brought to mean 0 and variance 1 over the batch, then times weight plus bias.
  ///
  /// **Shapes**: `[batch, features]` or `[batch, features, length]` → the same; weight and bias `[features]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html>
  public func batchNorm(
    weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(operatorName: "batch_norm", location: location, context: .current)
    guard rank >= 2, [weight, bias].allSatisfy({ $0 == nil || $0?.shape == [shape[1]] }) else {
      throw call.shapeError(
        [self] + [weight, bias].compactMap { $0 },
        expected: "input [batch, features, ...], weight and bias [features]")
    }
    guard elementCount / Swift.max(shape[1], 1) > 1 else {
      throw call.shapeError([self], expected: "more than one value for each feature when training")
    }
    var groups = Shape(repeatElement(1, count: rank))
    groups[1] = shape[1]
    return try normalized("batch_norm", groups, groups, weight, bias, epsilon, location)
  }

  private func normalized(
    _ name: String, _ groups: Shape, _ parameters: Shape, _ weight: Tensor?, _ bias: Tensor?,
    _ epsilon: Double, _ location: SourceLocation
  ) throws -> Tensor {
    var inputs = [self]
    if let weight {
      inputs.append(weight)
    } else if bias != nil {
      inputs.append(.ones(bias?.shape ?? [], dtype: dtype))
    }
    if let bias { inputs.append(bias) }
    return try apply(
      Normalize(name: name, groups: groups, parameters: parameters, epsilon: epsilon), to: inputs,
      at: location)
  }

  /// The mean and variance of each feature over the batch, as running averages take them.
  ///
  /// **Shapes**: `[batch, features, ...]` → two of `[features]`, outside the graph; variance ÷ (n − 1).
  package func featureStatistics() -> (mean: Tensor, variance: Tensor) {
    var groups = Shape(repeatElement(1, count: rank))
    groups[1] = shape[1]
    let (mean, variance) = Kernels.statistics(self, groups: groups, pool: nil)
    let count = Double(elementCount / Swift.max(shape[1], 1))
    let unbiased = Kernels.divide(variance, by: (count - 1) / count, pool: nil)
    return (mean.viewed(as: [shape[1]]), unbiased.viewed(as: [shape[1]]))
  }
}
