import Localization

/// An elementwise operator made from a function of one number.
///
/// Integers and booleans are computed as the function says.
package struct Unary<Function: UnaryFunction>: Operator {
  package let info: OperatorInfo
  package let function: Function
  package var saved: SavedValues { function.saved }

  /// The operator that `info` describes.
  package init(_ info: OperatorInfo, _ function: Function) {
    self.info = info
    self.function = function
  }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (x, pool) = (inputs[0], call.context.pool)
    if x.dtype.isFloatingPoint { return function.map(x, pool: pool) }
    switch function.integers {
    case .convert: return function.map(call.floating(x), pool: pool)
    case .refuse: return function.map(try call.checkedFloating(x), pool: pool)
    case .map(let takesBools, let map):
      guard takesBools || x.dtype != .bool else {
        throw call.typeError(inputs, expected: localized("a tensor of numbers"))
      }
      return Unary.mapped(Kernels.convert(x, to: .int64, pool: pool).packed(pool: pool), map, pool)
    }
  }

  private static func mapped(_ x: Tensor, _ map: (Int64) -> Int64, _ pool: StoragePool?) -> Tensor {
    let result = Tensor.empty(x.shape, .int64, pool: pool)
    let (source, target) = (x.pointer(Int64.self), result.pointer(Int64.self))
    withExtendedLifetime((x, result)) {
      for index in 0..<x.elementCount { target[index] = map(source[index]) }
    }
    return result
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    // Where the derivative does not read y, it has not been saved.
    let y = function.saved.contains(.output) ? try node.savedOutput() : node.inputs[0]
    return [function.mapGradient(upstream: upstream, x: node.inputs[0], y: y, pool: call.context.pool)]
  }
}

extension Unary: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let function = function
    let written = CellFunction(function.formula ?? "\(info.name)(%1)") { function.value($0[0]) }
    return .call(written, [.cell(.input(0, cell))])
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    let function = function
    return .slope(
      function.slope ?? "\(info.name)′(%1)", upstream: cell, [.input(0, cell)],
      blocks: function.gradient(.infinity, call.inputs[0].number(at: cell), 0.5) == 0
    ) { function.derivative($0[0], function.value($0[0])) }
  }
}

extension CellExpression {
  /// An option of an operator, `2` rather than `2.0`.
  static func plain(_ value: Double) -> String {
    let text = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    return text.replacing("-", with: "−")
  }

  /// The gradient of an output's cell times a derivative of `cells`, which where it is 0 may block even an infinite one.
  static func slope(
    _ words: String, upstream: Int, _ cells: [CellPlace], blocks: Bool = false,
    _ value: @escaping ([Double]) -> Double
  ) -> CellExpression {
    let incoming = CellExpression.cell(.upstream(upstream))
    if words == "1" { return incoming }
    if words == "−1" { return .call(CellFunction("−%1") { -$0[0] }, [incoming]) }
    let derivative = CellExpression.call(.result(words, value), cells.map { .cell($0) })
    let product = CellFunction("%1·%2") { blocks && $0[1] == 0 ? 0 : $0[0] * $0[1] }
    return .call(product, [incoming, derivative])
  }
}
