/// Operators that ran outside the engine: what they would be here, without running them.
extension ForwardStep {
  /// The first operator that `body` calls; nil where it calls none. It does not run, so that tensors without numbers do.
  ///
  /// - Throws: what `body` throws before it comes to an operator.
  package static func first(in body: () throws -> Void) throws -> ForwardStep? {
    let capture = Capture()
    let context = ExecutionContext(observer: capture, pool: nil, isGradEnabled: true)
    do { try context.run(body) } catch is Capture.Stop {}
    return capture.step
  }

  /// Ties a tensor that was computed outside to this step, as if it had been computed here.
  package func tie(_ output: Tensor) {
    output.node = Node(operation: operation, inputs: inputs, output: output, location: location, sequence: 0)
    output.requiresGrad = true
  }

  /// The same step on other tensors of the same shapes.
  package func on(_ inputs: [Tensor]) -> ForwardStep {
    ForwardStep(operation: operation, inputs: inputs, location: location)
  }
}

extension Tensor {
  /// A tensor whose numbers are not known; it takes the memory of one.
  package static func unknown(_ shape: Shape, _ dtype: DType) -> Tensor {
    let one = Tensor.empty([], dtype).filled(with: 0)
    return Tensor(
      storage: one.storage, shape: shape, strides: Shape(Array(repeating: 0, count: shape.rank)))
  }
}

/// Notes the first operator, and stops there.
private final class Capture: Observer {
  struct Stop: Error {}

  var step: ForwardStep?

  func willRunForward(_ step: ForwardStep) throws {
    self.step = step
    throw Stop()
  }
  func didRunForward(_ step: ForwardStep, output: Tensor) {}
  func willRunBackward(_ node: Node, upstream: Tensor) {}
  func didRunBackward(_ node: Node, upstream: Tensor, contributions: [Tensor?]) {}
  func willUpdate(_ parameter: Tensor) {}
  func didUpdate(_ parameter: Tensor) {}
  func willEnter(_ module: AnyObject) {}
  func didLeave(_ module: AnyObject) {}
}
