extension OperatorCatalog {
  static let arithmetic: [OperatorEntry] = [
    OperatorEntry(
      "add", "y = a + b", "∂a = g, ∂b = g, summed over what was repeated",
      GradientSample([2, 3], [3]) { try $0[0] + $0[1] },
      GradientSample([2, 1], []) { try $0[0] + $0[1] }),
    OperatorEntry(
      "sub", "y = a − b", "∂a = g, ∂b = −g, summed over what was repeated",
      GradientSample([2, 3], [2, 1]) { try $0[0] - $0[1] }),
    OperatorEntry(
      "mul", "y = a × b", "∂a = g × b, ∂b = g × a, summed over what was repeated",
      GradientSample([2, 1, 3], [4, 1]) { try $0[0] * $0[1] },
      GradientSample([3]) { try 2.5 * $0[0] }),
    OperatorEntry(
      "div", "y = a ÷ b", "∂a = g ÷ b, ∂b = −g × a ÷ b²",
      GradientSample([2, 3], [3], domain: .positive) { try $0[0] / $0[1] }),
    OperatorEntry("neg", "y = −x", "∂x = −g", GradientSample([2, 3]) { try -$0[0] }),
    OperatorEntry(
      "pow", "y = xⁿ", "∂x = g × n·xⁿ⁻¹, and ∂n = g × xⁿ·ln x where n is a tensor",
      GradientSample([2, 3]) { try $0[0].pow(3) },
      GradientSample([4], domain: .positive) { try $0[0].pow(-1.7) },
      GradientSample([2, 3], [3], domain: .positive) { try $0[0].pow($0[1]) }),
    OperatorEntry(
      "maximum", "y = max(a, b)", "g goes to the greater, half to each where they are equal",
      GradientSample([2, 3], [3]) { try $0[0].maximum($0[1]) }),
    OperatorEntry(
      "minimum", "y = min(a, b)", "g goes to the lesser, half to each where they are equal",
      GradientSample([2, 3], [3]) { try $0[0].minimum($0[1]) }),
    OperatorEntry(
      "where", "y = a where the condition holds, else b", "g goes to the value chosen",
      GradientSample([2, 3], [3]) {
        try Tensor.where(Tensor([1, -1, 1]) .> 0, $0[0], $0[1])
      }),
    OperatorEntry(
      "to", "y = x in another type", "∂x = g in x's type",
      GradientSample([3]) { try $0[0].mul(2).to(.float64) }),
  ]

  static let functions: [OperatorEntry] = [
    OperatorEntry("exp", "y = eˣ", "∂x = g × y", GradientSample([2, 3]) { try $0[0].exp() }),
    OperatorEntry(
      "log", "y = ln x", "∂x = g ÷ x", GradientSample([2, 3], domain: .positive) { try $0[0].log() }),
    OperatorEntry(
      "sqrt", "y = √x", "∂x = g ÷ 2y", GradientSample([2, 3], domain: .positive) { try $0[0].sqrt() }),
    OperatorEntry("abs", "y = |x|", "∂x = g × sign x", GradientSample([2, 3]) { try $0[0].abs() }),
    OperatorEntry(
      "relu", "y = max(0, x)", "∂x = g where x > 0, else 0", GradientSample([2, 3]) { try $0[0].relu() }),
    OperatorEntry(
      "leaky_relu", "y = x where x > 0, else slope·x", "∂x = g where x > 0, else slope·g",
      GradientSample([2, 3]) { try $0[0].leakyReLU(negativeSlope: 0.2) }),
    OperatorEntry(
      "sigmoid", "y = 1 ÷ (1 + e⁻ˣ)", "∂x = g × y·(1 − y)", GradientSample([2, 3]) { try $0[0].sigmoid() }),
    OperatorEntry("tanh", "y = tanh x", "∂x = g × (1 − y²)", GradientSample([2, 3]) { try $0[0].tanh() }),
    OperatorEntry(
      "gelu", "y = x·Φ(x)", "∂x = g × (Φ(x) + x·φ(x))", GradientSample([2, 3]) { try $0[0].gelu() },
      GradientSample([2, 3]) { try $0[0].gelu(approximate: .tanh) }),
    OperatorEntry(
      "clamp", "y = x, but at least min and at most max", "∂x = g between the bounds, else 0",
      GradientSample([3, 4]) { try $0[0].clamp(min: -0.5, max: 0.5) }),
    OperatorEntry(
      "dropout", "y = 0 with probability p, else x ÷ (1 − p)", "∂x = 0 where y was dropped, else g ÷ (1 − p)",
      GradientSample([3, 4]) { try $0[0].dropout(p: 0.3, generator: Generator(seed: 5)) }),
  ]

  static let comparisons: [OperatorEntry] = [
    OperatorEntry("eq", "y = whether a = b"), OperatorEntry("ne", "y = whether a ≠ b"),
    OperatorEntry("lt", "y = whether a < b"), OperatorEntry("le", "y = whether a ≤ b"),
    OperatorEntry("gt", "y = whether a > b"), OperatorEntry("ge", "y = whether a ≥ b"),
    OperatorEntry("argmax", "y = where the greatest element is, the first of equals"),
    OperatorEntry("argmin", "y = where the least element is, the first of equals"),
  ]
}
