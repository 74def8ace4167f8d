extension OperatorCatalog {
  static let reductions: [OperatorEntry] = [
    OperatorEntry(
      "sum", "y = Σ x", "∂x = g for every element", GradientSample([2, 3]) { try $0[0].sum() },
      GradientSample([2, 3, 2]) { try $0[0].sum(dims: [0, -1], keepDim: true) }),
    OperatorEntry(
      "mean", "y = Σ x ÷ n", "∂x = g ÷ n for every element", GradientSample([2, 3]) { try $0[0].mean() },
      GradientSample([2, 3, 2]) { try $0[0].mean(dim: 1) }),
    OperatorEntry(
      "var", "y = Σ (x − mean)² ÷ (n − correction)", "∂x = g × 2·(x − mean) ÷ (n − correction)",
      GradientSample([3, 4]) { try $0[0].var(dim: 1) },
      GradientSample([3, 4]) { try $0[0].var(correction: 0) }),
    OperatorEntry(
      "std", "y = √var", "∂x = g ÷ 2y × ∂var",
      GradientSample([3, 4]) { try $0[0].std(dim: 0, keepDim: true) }),
    OperatorEntry(
      "max", "y = the greatest element", "g goes to the greatest, evenly among equals",
      GradientSample([3, 4]) { try $0[0].max() },
      GradientSample([3, 4]) { try $0[0].max(dim: 1).values }),
    OperatorEntry(
      "min", "y = the least element", "g goes to the least, evenly among equals",
      GradientSample([3, 4]) { try $0[0].min() },
      GradientSample([3, 4]) { try $0[0].min(dim: 0, keepDim: true).values }),
    OperatorEntry(
      "amax", "y = the greatest element over some dimensions", "g goes to the greatest, evenly among equals",
      GradientSample([3, 4]) { try $0[0].amax(dim: 1) }),
    OperatorEntry(
      "amin", "y = the least element over some dimensions", "g goes to the least, evenly among equals",
      GradientSample([3, 4]) { try $0[0].amin(dims: [0, 1]) }),
    OperatorEntry(
      "softmax", "y = eˣ ÷ Σ eˣ", "∂x = y × (g − Σ g·y)",
      GradientSample([3, 4]) { try $0[0].softmax(dim: 1) },
      GradientSample([2, 3, 2]) { try $0[0].softmax(dim: 1) }),
    OperatorEntry(
      "log_softmax", "y = x − ln Σ eˣ", "∂x = g − eʸ × Σ g",
      GradientSample([3, 4]) { try $0[0].logSoftmax(dim: -1) },
      GradientSample([3, 4]) { try $0[0].logSoftmax(dim: 0) }),
    OperatorEntry(
      "logsumexp", "y = ln Σ eˣ", "∂x = g × eˣ⁻ʸ", GradientSample([3, 4]) { try $0[0].logsumexp(dim: 1) }),
  ]

  static let normalizations: [OperatorEntry] = [
    OperatorEntry(
      "layer_norm", "x̂ = (x − mean) ÷ √(var + ε) of each sample, y = x̂ × weight + bias",
      "with h = g × weight: ∂x = (h − mean h − x̂·mean(h·x̂)) ÷ √(var + ε), ∂weight = Σ g·x̂, ∂bias = Σ g",
      GradientSample([3, 4], [4], [4]) {
        try $0[0].layerNorm(normalizedShape: [4], weight: $0[1], bias: $0[2])
      }),
    OperatorEntry(
      "batch_norm", "x̂ = (x − mean) ÷ √(var + ε) of each feature, y = x̂ × weight + bias",
      "with h = g × weight: ∂x = (h − mean h − x̂·mean(h·x̂)) ÷ √(var + ε), ∂weight = Σ g·x̂, ∂bias = Σ g",
      GradientSample([5, 3], [3], [3]) { try $0[0].batchNorm(weight: $0[1], bias: $0[2]) },
      GradientSample([2, 3, 4]) { try $0[0].batchNorm() }),
  ]
}
