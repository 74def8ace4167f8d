/// A broadcasting elementwise operator made from a function of two numbers.
package struct Binary<Function: BinaryFunction>: Operation {
  package let function: Function
  package var name: String { function.name }

  package init(_ function: Function) { self.function = function }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let (a, b) = (inputs[0], inputs[1])
    guard a.dtype.isFloatingPoint, a.dtype == b.dtype else {
      throw call.typeError(inputs, expected: "two floating-point tensors of one type: convert one with to(_:)")
    }
    guard let shape = Shape.broadcast(a.shape, b.shape) else {
      throw call.shapeError(inputs, expected: "sizes that agree or are 1, counted from the last dimension")
    }
    return Kernels.binary(function, a, b, shape: shape, pool: call.context.pool)
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let (a, b, shape, pool) = (node.inputs[0], node.inputs[1], upstream.shape, call.context.pool)
    func contribution(_ derivative: Tensor, _ input: Tensor) -> Tensor {
      let full = Kernels.binary(MultiplyFunction(), upstream, derivative, shape: shape, pool: pool)
      return Kernels.sum(full, to: input.shape, pool: pool)
    }
    return [
      node.needsGradient(0)
        ? contribution(Kernels.binaryDerivativeOfFirst(function, a, b, shape: shape, pool: pool), a) : nil,
      node.needsGradient(1)
        ? contribution(Kernels.binaryDerivativeOfSecond(function, a, b, shape: shape, pool: pool), b) : nil,
    ]
  }
}
