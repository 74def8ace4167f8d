/// An elementwise operator made from a function of one number.
package struct Unary<Function: UnaryFunction>: Operation {
  package let function: Function
  package var name: String { function.name }

  package init(_ function: Function) { self.function = function }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    guard inputs[0].dtype.isFloatingPoint else {
      throw call.typeError(inputs, expected: "a floating-point tensor: convert it with to(.float32)")
    }
    return Kernels.unary(function, inputs[0], pool: call.context.pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let output = try node.savedOutput()
    return [
      Kernels.unaryGradient(
        function, upstream: upstream, x: node.inputs[0], y: output, pool: call.context.pool)
    ]
  }
}
