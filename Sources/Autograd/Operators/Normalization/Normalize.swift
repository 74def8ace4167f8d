import Localization

extension OperatorInfo {
  /// The normalization of each sample.
  package static let layerNorm = OperatorInfo(
    "layer_norm", Sentence("x̂ = (x − mean) ÷ √(var + ε) of each sample, y = x̂ × weight + bias"),
    normalizationDerivative, cells: .normalization,
    samples: GradientSample([3, 4], [4], [4]) {
      try $0[0].layerNorm(normalizedShape: [4], weight: $0[1], bias: $0[2])
    })

  /// The normalization of each feature over the batch.
  package static let batchNorm = OperatorInfo(
    "batch_norm", Sentence("x̂ = (x − mean) ÷ √(var + ε) of each feature, y = x̂ × weight + bias"),
    normalizationDerivative, cells: .normalization,
    samples: GradientSample([5, 3], [3], [3]) { try $0[0].batchNorm(weight: $0[1], bias: $0[2]) },
    GradientSample([2, 3, 4]) { try $0[0].batchNorm() })

  private static let normalizationDerivative =
    Sentence(
      "with h = g × weight: ∂x = (h − mean h − x̂·mean(h·x̂)) ÷ √(var + ε), ∂weight = Σ g·x̂, ∂bias = Σ g")
}

/// (x − mean) ÷ √(variance + ε) over each group of elements, then times weight plus bias.
///
/// With x̂ the normalised value and g upstream times weight, its derivative is
/// (g − mean(g) − x̂·mean(g·x̂)) ÷ √(variance + ε) over the group; weight gets Σ upstream·x̂, bias Σ upstream.
struct Normalize: Operator {
  /// `layer_norm` or `batch_norm`.
  let info: OperatorInfo
  /// The input's shape with 1 in the dimensions a group spans.
  let groups: Shape
  /// The input's shape with 1 where weight and bias repeat.
  let parameters: Shape
  let epsilon: Double
  /// x̂ and 1 ÷ √(variance + ε), kept for backward.
  private var normalized: Tensor?
  private var inverseDeviation: Tensor?

  init(_ info: OperatorInfo, groups: Shape, parameters: Shape, epsilon: Double) {
    self.info = info
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
      let projection = self.mean(product(share, normalized), pool)
      let centred = SubtractFunction().map(share, mean, shape: shape, pool: pool)
      let straightened = SubtractFunction().map(
        centred, product(normalized, projection), shape: shape, pool: pool)
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
  /// Each sample's last dimensions normalized to mean 0 and variance 1, then times weight plus bias.
  ///
  /// **Shapes**: `[..., features]` → the same, with `normalizedShape`, weight and bias `[features]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html>
  public func layerNorm(
    normalizedShape: Shape, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.layerNorm, at: location)
    let own = normalizedShape.rank
    guard own > 0, own <= rank, Shape(shape.suffix(own)) == normalizedShape,
      [weight, bias].allSatisfy({ $0 == nil || $0?.shape == normalizedShape })
    else {
      throw call.shapeError(
        [self] + [weight, bias].compactMap { $0 },
        expected: localized(
          "input [..., \(normalizedShape.description.dropFirst()), weight and bias \(normalizedShape)")
      )
    }
    let groups = Shape(shape.dropLast(own) + Array(repeating: 1, count: own))
    let parameters = Shape(Array(repeating: 1, count: rank - own) + normalizedShape)
    return try normalized(.layerNorm, groups, parameters, weight, bias, epsilon, location)
  }

  /// Each feature normalized to mean 0 and variance 1 over the batch, then times weight plus bias.
  ///
  /// **Shapes**: `[batch, features]` or `[batch, features, length]` → the same; weight and bias `[features]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html>
  public func batchNorm(
    weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.batchNorm, at: location)
    guard rank >= 2, [weight, bias].allSatisfy({ $0 == nil || $0?.shape == [shape[1]] }) else {
      throw call.shapeError(
        [self] + [weight, bias].compactMap { $0 },
        expected: localized("input [batch, features, ...], weight and bias [features]"))
    }
    guard elementCount / Swift.max(shape[1], 1) > 1 else {
      throw call.shapeError([self], expected: localized("more than one value for each feature when training"))
    }
    var groups = Shape(repeatElement(1, count: rank))
    groups[1] = shape[1]
    return try normalized(.batchNorm, groups, groups, weight, bias, epsilon, location)
  }

  private func normalized(
    _ info: OperatorInfo, _ groups: Shape, _ parameters: Shape, _ weight: Tensor?, _ bias: Tensor?,
    _ epsilon: Double, _ location: SourceLocation
  ) throws -> Tensor {
    var inputs = [self]
    if let weight {
      inputs.append(weight)
    } else if bias != nil {
      inputs.append(.empty(bias?.shape ?? [], dtype).filled(with: 1))
    }
    if let bias { inputs.append(bias) }
    return try apply(
      Normalize(info, groups: groups, parameters: parameters, epsilon: epsilon), to: inputs,
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

extension CellRule {
  /// A normalization, whose cells depend on all others of their group.
  static let normalization = CellRule { call, cell in
    guard let operation = call.operation as? Normalize else { return nil }
    let groups = Spread(operation.groups, in: call.output)
    let parameter = Spread(operation.parameters, in: call.output).source(of: cell)
    let group = groups.copies(of: groups.source(of: cell)).map { CellPlace.input(0, $0) }
    return CellOperands(.mixture, group + call.inputs.indices.dropFirst().map { .input($0, parameter) })
  } gradient: { call, input, cell in
    guard let operation = call.operation as? Normalize else { return nil }
    let groups = Spread(operation.groups, in: call.output)
    let parameters = Spread(operation.parameters, in: call.output)
    let received = input == 0 ? groups.copies(of: groups.source(of: cell)) : parameters.copies(of: cell)
    let incoming = received.map { CellPlace.upstream($0) }
    switch input {
    case 0:
      let weights =
        call.inputs.count > 1 ? Set(received.map { parameters.source(of: $0) }).sorted() : []
      return CellOperands(
        .mixture, incoming + received.map { .input(0, $0) } + weights.map { .input(1, $0) })
    case 1:
      let read = Set(received.map { groups.source(of: $0) }).sorted().flatMap { groups.copies(of: $0) }
      return CellOperands(.mixture, incoming + read.map { .input(0, $0) })
    default: return CellOperands(.products, incoming)
    }
  }
}
