/// From which cells an operator computes each of its cells, in forward and in backward.
package struct CellRule: Sendable {
  /// The cells that a cell of the output is computed from; nil where this call has no rule.
  package let value: @Sendable (_ call: CellCall, _ cell: Int) -> CellReading?
  /// The cells that a cell of an input's gradient is computed from.
  package let gradient: @Sendable (_ call: CellCall, _ input: Int, _ cell: Int) -> CellReading?

  init(
    value: @escaping @Sendable (_ call: CellCall, _ cell: Int) -> CellReading?,
    gradient: @escaping @Sendable (_ call: CellCall, _ input: Int, _ cell: Int) -> CellReading?
  ) {
    self.value = value
    self.gradient = gradient
  }

  /// An operator without a gradient.
  init(value: @escaping @Sendable (_ call: CellCall, _ cell: Int) -> CellReading?) {
    self.init(value: value) { _, _, _ in nil }
  }

  /// The rule of an operator; nil for one that a user made, whatever its name.
  package static func rule(of operation: any Operation) -> CellRule? {
    String(reflecting: type(of: operation)).hasPrefix("Autograd.") ? rule(named: operation.name) : nil
  }

  /// The rule of one of the built-in operators.
  package static func rule(named name: String) -> CellRule? { all[name] }

  private static let all: [String: CellRule] = {
    let groups: [(names: [String], rule: CellRule)] = [
      (["add", "sub"], .sum), (["mul"], .product), (["div"], .quotient), (["pow"], .power),
      (["maximum", "minimum"], .greaterOrLesser), (["where"], .chosen),
      (
        [
          "to", "neg", "exp", "log", "sqrt", "abs", "relu", "leaky_relu", "sigmoid", "tanh", "gelu", "clamp",
          "dropout",
        ], .elementwise
      ),
      (["eq", "ne", "lt", "le", "gt", "ge"], .comparison), (["argmax", "argmin"], .place),
      (["sum", "mean"], .total), (["var", "std", "logsumexp"], .statistic),
      (["max", "min", "amax", "amin"], .extremum), (["softmax", "log_softmax"], .lane),
      (["layer_norm", "batch_norm"], .normalization), (["linear"], .linear),
      (["matmul", "mm", "dot"], .matmul),
      (["reshape", "view", "flatten", "squeeze", "unsqueeze", "clone", "contiguous"], .same),
      (["permute", "transpose", "t", "expand", "slice", "narrow", "select", "cat", "stack"], .moved),
      (["index_select", "embedding", "gather"], .picked), (["cross_entropy", "nll_loss"], .classLoss),
      (
        [
          "mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "binary_cross_entropy_with_logits",
        ], .pairwiseLoss
      ),
    ]
    let pairs = groups.flatMap { group in group.names.map { ($0, group.rule) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()
}
