/// Runs an operator: computes its output and, where a gradient may flow, records a node for backward.
///
/// - Throws: what the operator throws for inputs it cannot take, or what the observer throws to end the run.
public func apply(
  _ operation: some Operator, to inputs: [Tensor], at location: SourceLocation
) throws -> Tensor {
  let context = ExecutionContext.current
  let call = Call(operation.info, at: location, in: context)
  guard let observer = context.observer else {
    return try compute(operation, inputs, call)
  }
  let step = ForwardStep(operation: operation, inputs: inputs, location: location)
  try observer.willRunForward(step)
  let output = try compute(operation, inputs, call)
  try observer.didRunForward(step, output: output)
  return output
}

private func compute(_ operation: some Operator, _ inputs: [Tensor], _ call: Call) throws -> Tensor {
  var operation = operation
  var output = try operation.forward(inputs, in: call)
  guard call.context.isGradEnabled, output.dtype.isFloatingPoint, inputs.contains(where: { $0.requiresGrad })
  else { return output }
  // A tensor that somebody else holds, the operation itself perhaps, must not become the owner of the node.
  let made = output.node == nil && isKnownUniquelyReferenced(&output) ? output : output.detach()
  var latest = 0
  for input in inputs { if let node = input.node { latest = max(latest, node.sequence) } }
  made.node = Node(
    operation: operation, inputs: inputs, output: made, location: call.location,
    sequence: max(call.context.nextSequence(), latest + 1))
  made.requiresGrad = true
  return made
}
