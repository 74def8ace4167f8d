/// From which cells an operator computes each of its cells, in forward and in backward.
package struct CellRule: Sendable {
  /// The cells that a cell of the output is computed from; nil where this call has no rule.
  package let value: @Sendable (_ call: CellCall, _ cell: Int) -> CellOperands?
  /// The cells that a cell of an input's gradient is computed from.
  package let gradient: @Sendable (_ call: CellCall, _ input: Int, _ cell: Int) -> CellOperands?
  /// How many of the first inputs are factors: the whole result is 0 where one of them is.
  package let factors: Int

  init(
    factors: Int = 0,
    value: @escaping @Sendable (_ call: CellCall, _ cell: Int) -> CellOperands?,
    gradient: @escaping @Sendable (_ call: CellCall, _ input: Int, _ cell: Int) -> CellOperands?
  ) {
    self.factors = factors
    self.value = value
    self.gradient = gradient
  }

  /// An operator without a gradient.
  init(value: @escaping @Sendable (_ call: CellCall, _ cell: Int) -> CellOperands?) {
    self.init(value: value) { _, _, _ in nil }
  }
}
