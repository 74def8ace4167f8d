import Autograd

/// Changes parameters from their gradients.
///
/// **Source**: <https://pytorch.org/docs/stable/optim.html>
public protocol Optimizer: AnyObject {
  /// A parameter under its name.
  typealias NamedParameter = (name: String, tensor: Tensor)

  /// What it changes.
  var parameters: [NamedParameter] { get }

  /// The size of a step; may be changed between steps.
  var learningRate: Double { get set }

  /// The name in PyTorch, `SGD`.
  var name: String { get }

  /// What it remembers from step to step, by name: momentum buffers and the like.
  var state: [NamedParameter] { get }

  /// Changes one parameter that has a gradient. Called by ``step()`` with nothing recorded.
  func update(_ index: Int, _ parameter: Tensor, gradient: Tensor)

  /// Called by ``step()`` before the first parameter.
  func willStep()
}

extension Optimizer {
  public func willStep() {}

  /// Changes every parameter that has a gradient, each one a node to the observer.
  public func step() throws {
    let context = ExecutionContext.current
    willStep()
    for (index, parameter) in parameters.enumerated() {
      guard let gradient = parameter.tensor.grad else { continue }
      try Autograd.update(parameter.tensor, in: context) {
        update(index, parameter.tensor, gradient: gradient.packed())
        parameter.tensor.didChangeInPlace()
      }
    }
  }

  /// Forgets every gradient; without it they accumulate from step to step.
  public func zeroGrad() { for parameter in parameters { parameter.tensor.zeroGrad() } }
}
