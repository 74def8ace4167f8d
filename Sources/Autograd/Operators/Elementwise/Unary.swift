/// An elementwise operator made from a function of one number.
///
/// Integers and booleans are computed as float32, as in PyTorch.
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
    function.map(call.floating(inputs[0]), pool: call.context.pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    // Where the derivative does not read y, it has not been saved.
    let y = function.saved.contains(.output) ? try node.savedOutput() : node.inputs[0]
    return [function.mapGradient(upstream: upstream, x: node.inputs[0], y: y, pool: call.context.pool)]
  }
}
