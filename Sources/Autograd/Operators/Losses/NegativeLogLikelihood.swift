import Localization

extension OperatorInfo {
  /// The loss of a classifier's log-probabilities.
  package static let nllLoss = OperatorInfo(
    "nll_loss", Sentence("y = −x[label], averaged over the batch"),
    Sentence("∂x = −g ÷ batch at the label, 0 elsewhere"),
    cells: .classLoss,
    caution: { inputs in
      guard inputs[0].node?.operation.info === OperatorInfo.softmax else { return nil }
      return Caution(
        mark: localized("softmax unlogged"),
        words: localized("takes log-probabilities, but its input is a softmax: use log_softmax in its place"))
    },
    samples: GradientSample([3, 4]) {
      try $0[0].nllLoss(Tensor([1, 3, 0]), weight: .arange(4, dtype: .float64))
    })
}

/// −x[label] for each row of log-probabilities, and its reduction.
///
/// Its derivative is −weight[label] at the label, 0 elsewhere, divided by the labels' weights for the mean.
struct NegativeLogLikelihood: ClassLoss {
  var info: OperatorInfo { .nllLoss }
  let reduction: Reduction
  let ignoreIndex: Int
  private var totalWeight = 0.0
  var saved: SavedValues { .inputs }
  var readsEveryScore: Bool { false }

  init(reduction: Reduction, ignoreIndex: Int) {
    self.reduction = reduction
    self.ignoreIndex = ignoreIndex
  }

  mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try ClassTargets.check(inputs, ignoreIndex: ignoreIndex, call)
    let losses = call.empty(inputs[1].shape, inputs[0].dtype)
    if losses.dtype == .float32 {
      totalWeight = pick(inputs, call, losses, Float.self)
    } else {
      totalWeight = pick(inputs, call, losses, Double.self)
    }
    return Kernels.reduce(losses, by: reduction, count: totalWeight, pool: call.context.pool)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let targets = ClassTargets(node.inputs, in: call)
    let result = call.empty(targets.scores.shape, upstream.dtype)
    result.fillStorage(with: 0)
    if upstream.dtype == .float32 {
      spread(call.packed(upstream), node, targets, result, call, Float.self)
    } else {
      spread(call.packed(upstream), node, targets, result, call, Double.self)
    }
    return [targets.restored(result), nil, nil]
  }

  private func pick<S: FloatingScalar>(
    _ inputs: [Tensor], _ call: Call, _ losses: Tensor, _ type: S.Type
  ) -> Double {
    let targets = ClassTargets(inputs, in: call)
    let weights = inputs.count > 2 ? call.packed(inputs[2]) : nil
    var total = 0.0
    for (row, label) in targets.labels.enumerated() {
      let isIgnored = label == Int64(ignoreIndex)
      let weight: S = isIgnored ? 0 : weights?.pointer(S.self)[Int(label)] ?? 1
      total += Double(weight)
      losses.pointer(S.self)[row] =
        isIgnored ? 0 : -weight * targets.scores.pointer(S.self)[row * targets.classes + Int(label)]
    }
    return total
  }

  private func spread<S: FloatingScalar>(
    _ upstream: Tensor, _ node: Node, _ targets: ClassTargets, _ result: Tensor, _ call: Call,
    _ type: S.Type
  ) {
    let weights = node.inputs.count > 2 ? call.packed(node.inputs[2]) : nil
    let divisor = reduction == .mean ? S(totalWeight) : 1
    for (row, label) in targets.labels.enumerated() where label != Int64(ignoreIndex) {
      let incoming = upstream.pointer(S.self)[upstream.elementCount > 1 ? row : 0]
      let weight = weights?.pointer(S.self)[Int(label)] ?? 1
      result.pointer(S.self)[row * targets.classes + Int(label)] = -incoming * weight / divisor
    }
  }
}

extension Tensor {
  /// −x[label] of log-probabilities; PyTorch's `F.nll_loss`.
  ///
  /// **Shapes**: log-probabilities `[batch, classes, ...]`, labels int64 `[batch, ...]` → `[]`, or the labels'
  /// shape without reduction; weights `[classes]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html>
  public func nllLoss(
    _ labels: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean, ignoreIndex: Int = -100,
    file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try apply(
      NegativeLogLikelihood(reduction: reduction, ignoreIndex: ignoreIndex),
      to: [self, labels] + (weight.map { [$0] } ?? []), at: SourceLocation(file: file, line: line))
  }
}

extension NegativeLogLikelihood: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    work(of: cell, in: call, reduction: reduction) { _, cell in
      .call(CellFunction("−%1") { -$0[0] }, [.cell(.input(0, cell))])
    }
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    guard input == 0 else { return nil }
    let weight = countedRows(call).first { $0.cell == cell }?.weight ?? 0
    return work(
      ofGradient: cell, in: call, reduction: reduction,
      derivative: .call(.result("−[label]") { _ in -weight }, []))
  }
}
