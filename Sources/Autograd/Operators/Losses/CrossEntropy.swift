import Localization

extension OperatorInfo {
  /// The loss of a classifier's logits.
  package static let crossEntropy = OperatorInfo(
    "cross_entropy", Sentence("y = −ln softmax(x)[label], averaged over the batch"),
    Sentence("∂x = g × (softmax(x) − onehot(label)) ÷ batch"), cells: .classLoss,
    guide: OperatorGuide {
      GuideLines(
        ["\($0.a) = softmax(\($0.z))", "loss = np.mean(-np.log(\($0.a)[range(m), y] + 1e-8))"],
        pytorch: "loss = criterion(outputs, y)")
    } backward: {
      GuideLines(["d\($0.z) = \($0.a) - onehot(y)"], pytorch: "loss.backward()")
    },
    caution: { .twice(.softmax, $0) },
    samples: GradientSample([3, 4]) { try $0[0].crossEntropy(Tensor([1, 3, 0])) },
    GradientSample([3, 4]) {
      let weight = try Tensor.arange(4, dtype: .float64)
      return try $0[0].crossEntropy(
        Tensor([1, 3, -100]), weight: weight, reduction: .sum, labelSmoothing: 0.2)
    },
    GradientSample([2, 4, 3]) {
      try $0[0].crossEntropy(Tensor([1, 3, 0, 2, 2, 1]).view(2, 3), reduction: .none)
    },
    GradientSample([3, 4]) { try $0[0].crossEntropy(.full([3, 4], 0.25, dtype: .float64)) })
}

/// −log softmax(x)[label] for each row, with the class labels as the second input, and its reduction.
///
/// Softmax and logarithm are one computation, so that logits of ±1,000 neither overflow nor lose the loss.
/// Its derivative, times upstream: softmax(x) − onehot(label), divided by the batch for the mean. A third
/// input weights the classes; smoothing moves a share of each label's weight evenly to all classes.
package struct CrossEntropy: ClassLoss {
  package var info: OperatorInfo { .crossEntropy }
  package let reduction: Reduction
  package let labelSmoothing: Double
  package let ignoreIndex: Int
  /// softmax(x) in rows of classes, kept for backward.
  package private(set) var probabilities: Tensor?
  /// What the mean divides by: the sum of the labels' weights.
  private var totalWeight = 0.0

  package var saved: SavedValues { .inputs }
  var readsEveryScore: Bool { true }

  package init(reduction: Reduction, labelSmoothing: Double = 0, ignoreIndex: Int = -100) {
    self.reduction = reduction
    self.labelSmoothing = labelSmoothing
    self.ignoreIndex = ignoreIndex
  }

  package mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try CrossEntropy.check(labelSmoothing, call)
    try ClassTargets.check(inputs, ignoreIndex: ignoreIndex, call)
    let targets = ClassTargets(inputs, in: call)
    let probabilities = call.empty(targets.scores.shape, targets.scores.dtype)
    let losses = call.empty(inputs[1].shape, targets.scores.dtype)
    let weights = inputs.count > 2 ? call.packed(inputs[2]) : nil
    let options = CrossEntropyOptions(smoothing: labelSmoothing, ignoreIndex: Int64(ignoreIndex))
    if probabilities.dtype == .float32 {
      totalWeight = Kernels.crossEntropy(targets, weights, options, probabilities, losses, Float.self)
    } else {
      totalWeight = Kernels.crossEntropy(targets, weights, options, probabilities, losses, Double.self)
    }
    self.probabilities = probabilities
    return Kernels.reduce(losses, by: reduction, count: totalWeight, pool: call.context.pool)
  }

  /// Throws unless the smoothing is a share.
  fileprivate static func check(_ labelSmoothing: Double, _ call: Call) throws {
    guard labelSmoothing >= 0, labelSmoothing <= 1 else {
      throw call.argumentError("labelSmoothing", labelSmoothing, expected: localized("a share from 0 to 1"))
    }
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    guard let probabilities else { return [nil, nil, nil] }
    let result = call.empty(probabilities.shape, probabilities.dtype)
    let targets = ClassTargets([node.inputs[0].detach(), node.inputs[1]], in: call)
    let weights = node.inputs.count > 2 ? call.packed(node.inputs[2]) : nil
    let options = CrossEntropyOptions(smoothing: labelSmoothing, ignoreIndex: Int64(ignoreIndex))
    let incoming = call.packed(upstream)
    let divisor = reduction == .mean ? totalWeight : 1
    if probabilities.dtype == .float32 {
      Kernels.crossEntropyGradient(
        incoming, divisor, targets, weights, options, probabilities, result, Float.self)
    } else {
      Kernels.crossEntropyGradient(
        incoming, divisor, targets, weights, options, probabilities, result, Double.self)
    }
    return [targets.restored(result), nil, nil]
  }
}

extension Tensor {
  /// −log softmax(x)[label]: the loss of a classifier whose output this is; PyTorch's `F.cross_entropy`.
  ///
  /// Labels equal to `ignoreIndex` count for nothing. Targets of the logits' own shape are taken as the
  /// probability of each class.
  /// **Shapes**: logits `[batch, classes, ...]`, labels int64 `[batch, ...]` → `[]`, or the labels' shape
  /// without reduction; weights `[classes]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html>
  public func crossEntropy(
    _ labels: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean, labelSmoothing: Double = 0,
    ignoreIndex: Int = -100, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    if labels.dtype.isFloatingPoint, labels.shape == shape, rank > 0 {
      return try crossEntropy(
        probabilities: labels, weight, reduction, labelSmoothing, file: file, line: line)
    }
    let operation = CrossEntropy(
      reduction: reduction, labelSmoothing: labelSmoothing, ignoreIndex: ignoreIndex)
    return try apply(
      operation, to: [self, labels] + (weight.map { [$0] } ?? []),
      at: SourceLocation(file: file, line: line))
  }

  /// −Σ target · weight · log softmax(x) over the classes, composed of recorded operators.
  private func crossEntropy(
    probabilities: Tensor, _ weight: Tensor?, _ reduction: Reduction, _ smoothing: Double,
    file: StaticString, line: UInt
  ) throws -> Tensor {
    let classDim = Swift.min(1, rank - 1)
    let call = Call(.crossEntropy, at: SourceLocation(file: file, line: line))
    try CrossEntropy.check(smoothing, call)
    if let weight, weight.shape != [shape[classDim]] {
      throw call.shapeError(
        [self, probabilities, weight], expected: localized("a weight for each class, [\(shape[classDim])]"))
    }
    var target = probabilities
    if smoothing > 0 {
      target = try target.mul(1 - smoothing, file: file, line: line)
        .add(smoothing / Double(shape[classDim]), file: file, line: line)
    }
    var terms = try logSoftmax(dim: classDim, file: file, line: line).mul(target, file: file, line: line)
    if let weight {
      var columns = Shape(repeatElement(1, count: rank))
      columns[classDim] = weight.elementCount
      terms = try terms.mul(weight.reshape(Array(columns), file: file, line: line), file: file, line: line)
    }
    let losses = try terms.sum(dim: classDim, file: file, line: line).neg(file: file, line: line)
    return switch reduction {
    case .none: losses
    case .sum: try losses.sum(file: file, line: line)
    case .mean: try losses.mean(file: file, line: line)
    }
  }
}

extension CrossEntropy: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let lanes = Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
    let logarithm = CellFunction("−ln(%1)") { -Double.log($0[0]) }
    return work(of: cell, in: call, reduction: reduction) { [self] row, cell in
      let cells = lanes.cells(of: row)
      let share = CellExpression.softmax(of: cell, among: cells, in: call)
      let loss = CellExpression.call(logarithm, [share])
      guard labelSmoothing > 0 else { return loss }
      // The part of the loss that smoothing spreads over all classes, for a class weight of 1.
      let ownWeight = classWeight(cells.firstIndex(of: cell) ?? 0, call)
      let spread = CellExpression.total(cells.count) {
        .constant(classWeight($0, call) / ownWeight)
          * .call(logarithm, [.softmax(of: cells[$0], among: cells, in: call)])
      }
      let smoothed = CellFunction("(1 − %1)·%2 + %1·%3 ÷ %4") {
        (1 - $0[0]) * $0[1] + $0[0] * $0[2] / $0[3]
      }
      return .call(smoothed, [.constant(labelSmoothing), loss, spread, .constant(Double(cells.count))])
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    guard input == 0 else { return nil }
    let lanes = Lanes(call.shape(0), min(1, call.shape(0).rank - 1))
    let cells = lanes.cells(of: lanes.lane(of: cell))
    let (greatest, sum) = CellExpression.exponentials(of: cells, in: call)
    let share = CellExpression.named(
      "p",
      .call(
        CellFunction("exp(%1 − %2) ÷ %3") { Double.exp($0[0] - $0[1]) / $0[2] },
        [.cell(.input(0, cell)), greatest, sum]))
    guard let row = countedRows(call).first(where: { $0.row == lanes.lane(of: cell) }) else {
      return work(
        ofGradient: cell, in: call, reduction: reduction,
        derivative: .call(CellFunction("0·%1") { 0 * $0[0] }, [share]))
    }
    let isLabel = row.cell == cell
    let onehot = CellExpression.call(.result(isLabel ? "1" : "0") { _ in isLabel ? 1 : 0 }, [])
    guard labelSmoothing > 0 || row.weight != 1 else {
      return work(ofGradient: cell, in: call, reduction: reduction, derivative: share - onehot)
    }
    // softmax times all of the row's weight, less this class's own part of it.
    let classes = cells.indices.map { classWeight($0, call) }
    let spread = labelSmoothing / Double(cells.count)
    let own =
      spread * classes[cells.firstIndex(of: cell) ?? 0] + (isLabel ? (1 - labelSmoothing) * row.weight : 0)
    let all = spread * classes.reduce(0, +) + (1 - labelSmoothing) * row.weight
    return work(
      ofGradient: cell, in: call, reduction: reduction,
      derivative: share * .constant(all) - .constant(own))
  }
}

extension CellExpression {
  /// The softmax of a cell of the first input among others, as a number.
  static func softmax(of cell: Int, among cells: [Int], in call: CellCall) -> CellExpression {
    .call(
      .result(cells.count > 1 ? "softmax(…, %1, …)" : "softmax(%1)") { _ in
        let shares = Softmax.shares(cells.map { call.inputs[0].number(at: $0) })
        return cells.firstIndex(of: cell).map { shares[$0] } ?? .nan
      }, [.cell(.input(0, cell))])
  }
}
