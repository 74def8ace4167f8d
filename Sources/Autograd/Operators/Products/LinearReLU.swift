/// max(0, x · weightᵀ + bias), computed in the memory of the sum.
///
/// For networks that nobody watches: a watched one runs `linear` and `relu`, which give the same numbers to the bit.
struct LinearReLUOperation: Operation {
  private let linear = LinearOperation()
  var name: String { linear.name }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try linear.forward(inputs, in: call) { result, range in
      ReLUFunction.write(result, into: result, range)
    }
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let y = try node.savedOutput()
    let slope = ReLUFunction().mapGradient(upstream: upstream, x: y, y: y, pool: call.context.pool)
    return try linear.backward(slope, of: node, in: call)
  }
}
