import Localization

extension OperatorInfo {
  /// The loss of a yes-or-no classifier's logits.
  package static let binaryCrossEntropy = OperatorInfo(
    "binary_cross_entropy_with_logits", Sentence("y = −t·ln σ(x) − (1 − t)·ln(1 − σ(x)), averaged"),
    "∂x = g × (σ(x) − t) ÷ n, ∂t = −g × x ÷ n", cells: .pairwiseLoss,
    caution: { .twice(.sigmoid, $0) },
    samples: GradientSample([2, 3], [2, 3]) { try $0[0].binaryCrossEntropyWithLogits($0[1]) },
    GradientSample([2, 3], [2, 3]) {
      try $0[0].binaryCrossEntropyWithLogits($0[1], positiveWeight: 2.5, reduction: .sum)
    })
}

/// −y·ln σ(x) − (1 − y)·ln(1 − σ(x)) of logits x and targets y, computed so that neither end overflows.
///
/// Its derivatives are σ(x) − y and −x.
struct BinaryCrossEntropyFunction: BinaryFunction {
  let formula: String? = "−%2·ln σ(%1) − (1 − %2)·ln(1 − σ(%1))"
  let slopes: (String, String)? = ("(σ(%1) − %2)", "(−%1)")

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    (1 - b) * a + S.log1p(S.exp(-a.magnitude)) + (a < 0 ? -a : 0)
  }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S { S.sigmoid(a) - b }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S { -a }
}

/// As ``BinaryCrossEntropyFunction``, with the positive targets' part times a weight.
///
/// The weight is one number for all classes.
struct WeightedBinaryCrossEntropyFunction: BinaryFunction {
  let positiveWeight: Double

  func value<S: FloatingScalar>(_ a: S, _ b: S) -> S { (1 - b) * a + factor(b) * softplus(a) }
  func derivativeOfFirst<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    1 - b - factor(b) * S.sigmoid(-a)
  }
  func derivativeOfSecond<S: FloatingScalar>(_ a: S, _ b: S) -> S {
    S(positiveWeight - 1) * softplus(a) - a
  }

  private func factor<S: FloatingScalar>(_ b: S) -> S { S(positiveWeight - 1) * b + 1 }
  /// ln(1 + e⁻ˣ).
  private func softplus<S: FloatingScalar>(_ x: S) -> S {
    S.log1p(S.exp(-x.magnitude)) + (x < 0 ? -x : 0)
  }
}

extension Tensor {
  /// The loss of a yes-or-no classifier whose logits these are: −y·ln σ(x) − (1 − y)·ln(1 − σ(x)).
  ///
  /// `positiveWeight` multiplies the part of the positive targets.
  /// **Shapes**: logits and targets of one shape → `[]`, or that shape without reduction.
  /// **Source**:
  /// <https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html>
  public func binaryCrossEntropyWithLogits(
    _ target: Tensor, positiveWeight: Double? = nil, reduction: Reduction = .mean,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    guard let positiveWeight else {
      return try apply(
        PairwiseLoss(
          .binaryCrossEntropy, BinaryCrossEntropyFunction(), reduction: reduction, broadcasts: false),
        to: [self, target], at: location)
    }
    return try apply(
      PairwiseLoss(
        .binaryCrossEntropy, WeightedBinaryCrossEntropyFunction(positiveWeight: positiveWeight),
        reduction: reduction,
        broadcasts: false), to: [self, target], at: location)
  }

  /// As ``binaryCrossEntropyWithLogits(_:positiveWeight:reduction:file:line:)``, with a weight for each element
  /// and one for the positive targets of each class; composed of recorded operators.
  ///
  /// **Shapes**: weights that broadcast to the logits' shape.
  public func binaryCrossEntropyWithLogits(
    _ target: Tensor, weight: Tensor?, positiveWeights: Tensor?, reduction: Reduction = .mean,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    for weights in [weight, positiveWeights].compactMap({ $0 })
    where Shape.broadcast(weights.shape, shape) != shape {
      throw Call(.binaryCrossEntropy, at: SourceLocation(file: file, line: line))
        .shapeError(
          [self, target, weights],
          expected: localized("weights that broadcast to the logits' shape, \(shape)"))
    }
    var losses = try binaryCrossEntropyWithLogits(target, reduction: .none, file: file, line: line)
    if let positiveWeights {
      // ln(1 + e⁻ˣ) is the loss for a target of 1; the positive part gets it another weight − 1 times.
      let ofOne = try binaryCrossEntropyWithLogits(.onesLike(self), reduction: .none, file: file, line: line)
      let extra = try target.mul(positiveWeights.sub(1, file: file, line: line), file: file, line: line)
      losses = try losses.add(extra.mul(ofOne, file: file, line: line), file: file, line: line)
    }
    if let weight { losses = try losses.mul(weight, file: file, line: line) }
    return switch reduction {
    case .none: losses
    case .sum: try losses.sum(file: file, line: line)
    case .mean: try losses.mean(file: file, line: line)
    }
  }
}
