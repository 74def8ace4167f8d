/// Watches the engine: it is called before and after every node of forward, backward and update.
///
/// Calls are made on the thread that runs the tensors, and that thread waits for each to return: an observer that
/// blocks in a `will…` method pauses the run just before that node. An observer that throws ends the run.
public protocol Observer: AnyObject {
  /// An operator is about to compute its output.
  func willRunForward(_ step: ForwardStep) throws
  /// An operator has computed `output`.
  func didRunForward(_ step: ForwardStep, output: Tensor) throws
  /// An operator does not take these inputs; the error that says so comes next.
  func willRefuse(_ inputs: [Tensor], _ operation: OperatorInfo, at location: SourceLocation)
  /// A node is about to compute its inputs' gradients from `upstream`, the gradient of its output.
  func willRunBackward(_ node: Node, upstream: Tensor) throws
  /// A node has computed its inputs' gradients, nil for inputs that need none.
  func didRunBackward(_ node: Node, upstream: Tensor, contributions: [Tensor?]) throws
  /// An optimizer is about to change `parameter`.
  func willUpdate(_ parameter: Tensor) throws
  /// An optimizer has changed `parameter`.
  func didUpdate(_ parameter: Tensor) throws
  /// `module` starts its part of the computation, up to the matching ``didLeave(_:)``.
  func willEnter(_ module: AnyObject)
  /// `module` has finished its part of the computation.
  func didLeave(_ module: AnyObject)
}

extension Observer {
  /// Does nothing.
  public func willRefuse(_ inputs: [Tensor], _ operation: OperatorInfo, at location: SourceLocation) {}
}

/// An operator in forward, as an ``Observer`` sees it.
public struct ForwardStep {
  /// The operator and its options.
  public let operation: any Operator
  /// What it is given.
  public let inputs: [Tensor]
  /// Where the user called it.
  public let location: SourceLocation
}

/// Runs `body`, which updates `parameter`, and calls the observer before and after.
package func update(_ parameter: Tensor, in context: ExecutionContext, _ body: () throws -> Void) throws {
  guard let observer = context.observer else { return try body() }
  try observer.willUpdate(parameter)
  try body()
  try observer.didUpdate(parameter)
}
