extension OperatorCatalog {
  static let losses: [OperatorEntry] = [
    OperatorEntry(
      "cross_entropy", "y = −ln softmax(x)[label], averaged over the batch",
      "∂x = g × (softmax(x) − onehot(label)) ÷ batch",
      GradientSample([3, 4]) { try $0[0].crossEntropy(Tensor([1, 3, 0])) },
      GradientSample([3, 4]) {
        let weight = Tensor.arange(4, dtype: .float64)
        return try $0[0].crossEntropy(
          Tensor([1, 3, -100]), weight: weight, reduction: .sum, labelSmoothing: 0.2)
      },
      GradientSample([2, 4, 3]) {
        try $0[0].crossEntropy(Tensor([1, 3, 0, 2, 2, 1]).view(2, 3), reduction: .none)
      },
      GradientSample([3, 4]) { try $0[0].crossEntropy(Tensor.full([3, 4], 0.25, dtype: .float64)) }),
    OperatorEntry(
      "nll_loss", "y = −x[label], averaged over the batch", "∂x = −g ÷ batch at the label, 0 elsewhere",
      GradientSample([3, 4]) { try $0[0].nllLoss(Tensor([1, 3, 0]), weight: .arange(4, dtype: .float64)) }),
    OperatorEntry(
      "mse_loss", "y = (a − b)², averaged", "∂a = g × 2·(a − b) ÷ n, ∂b = −∂a",
      GradientSample([2, 3], [2, 3]) { try $0[0].mseLoss($0[1]) },
      GradientSample([2, 1], [3]) { try $0[0].mseLoss($0[1], reduction: .sum) }),
    OperatorEntry(
      "l1_loss", "y = |a − b|, averaged", "∂a = g × sign(a − b) ÷ n, ∂b = −∂a",
      GradientSample([2, 3], [2, 3]) { try $0[0].l1Loss($0[1]) }),
    OperatorEntry(
      "huber_loss", "y = (a − b)² ÷ 2 within δ, else δ·(|a − b| − δ ÷ 2), averaged",
      "∂a = g × (a − b) cut to ±δ, ÷ n, ∂b = −∂a",
      GradientSample([3, 3], [3, 3]) { try $0[0].huberLoss($0[1], delta: 0.7) }),
    OperatorEntry(
      "smooth_l1_loss", "y = (a − b)² ÷ 2β within β, else |a − b| − β ÷ 2, averaged",
      "∂a = g × (a − b) ÷ β cut to ±1, ÷ n, ∂b = −∂a",
      GradientSample([3, 3], [3, 3]) { try $0[0].smoothL1Loss($0[1], beta: 0.7, reduction: .none) }),
    OperatorEntry(
      "binary_cross_entropy_with_logits", "y = −t·ln σ(x) − (1 − t)·ln(1 − σ(x)), averaged",
      "∂x = g × (σ(x) − t) ÷ n, ∂t = −g × x ÷ n",
      GradientSample([2, 3], [2, 3]) { try $0[0].binaryCrossEntropyWithLogits($0[1]) },
      GradientSample([2, 3], [2, 3]) {
        try $0[0].binaryCrossEntropyWithLogits($0[1], positiveWeight: 2.5, reduction: .sum)
      }),
  ]
}
