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
        throw call.typeError(inputs, expected: "a tensor of numbers")
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
