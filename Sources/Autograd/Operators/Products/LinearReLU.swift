/// max(0, x · weightᵀ + bias), computed in the memory of the sum.
///
/// For networks without an observer: an observed one runs `linear` and `relu`, which give the same numbers bit for bit.
struct LinearReLUOperator: Operator {
  private let linear = LinearOperator()
  var info: OperatorInfo { .linear }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try linear.forward(inputs, in: call) { result, range in
      ReLUFunction.write(result, into: result, range)
    }
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    let y = try node.savedOutput()
    let gradient = ReLUFunction().mapGradient(upstream: upstream, x: y, y: y, pool: call.context.pool)
    return try linear.backward(gradient, of: node, in: call)
  }
}
