import Autograd
import Numbers

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

  /// The learning rate, and those of the parameter groups that have their own: what a schedule changes.
  var learningRates: [Double] { get set }

  /// The learning rates when the first schedule was made, nil before: PyTorch's `initial_lr`.
  ///
  /// Schedules set it and count from it. An optimizer of your own that has two of them at once keeps what is set; one
  /// that does not keep it starts each schedule from the rates of that moment.
  var initialLearningRates: [Double]? { get set }

  /// The name in PyTorch, `SGD`.
  var name: String { get }

  /// The settings that may be changed between steps, under PyTorch's names, `lr` first.
  var hyperparameters: [Hyperparameter] { get }

  /// Changes a setting by its name.
  ///
  /// - Throws: ``NNError`` if there is none of that name, or if the value is out of its range.
  func setHyperparameter(_ name: String, to value: Double) throws

  /// What it remembers from step to step, by name: momentum buffers and the like, and step counts in int64.
  var state: [NamedParameter] { get }

  /// Takes over the saved state of another optimizer of the same kind; what is missing from it starts anew.
  ///
  /// - Throws: ``NNError`` if a name is unknown or a shape differs; nothing is changed then.
  func loadState(_ state: [NamedParameter]) throws

  /// Changes one parameter that has a gradient. Called by ``step()`` with nothing recorded.
  func update(_ index: Int, _ parameter: Tensor, gradient: Tensor)

  /// The step's formula with the numbers of one cell, line by line; empty for an optimizer that has none to show.
  func formula(for cell: ParameterCell) -> [String]

  /// The name with the settings that matter most, as the debugger's header shows them: `SGD lr 0.1 momentum 0.9`.
  var summary: String { get }

  /// The step in NumPy for a parameter under the name `parameter`, line by line: `W1 -= lr * dW1`.
  func numpyLines(for parameter: String) -> [String]

  /// Called by ``step()`` before the first parameter.
  ///
  /// - Throws: an error where it cannot step with its settings.
  func willStep() throws
}

extension Optimizer {
  /// Does nothing.
  public func willStep() {}

  /// The learning rate alone.
  public var learningRates: [Double] {
    get { [learningRate] }
    set { learningRate = newValue.first ?? learningRate }
  }

  /// Nothing is kept.
  public var initialLearningRates: [Double]? {
    get { nil }
    set {}
  }

  /// No lines.
  public func formula(for cell: ParameterCell) -> [String] { [] }

  /// The name, the learning rate, and the momentum where there is one; for an optimizer that holds another and hands its
  /// work to that, what that one says of itself.
  public var summary: String {
    guard let held else { return ownSummary }
    return held.name == name ? held.summary : "\(name) \(held.summary)"
  }

  /// No lines.
  public func numpyLines(for parameter: String) -> [String] { [] }

  /// The learning rate alone.
  public var hyperparameters: [Hyperparameter] { [Hyperparameter(name: "lr", value: learningRate)] }

  /// Changes the learning rate; there is no other setting.
  ///
  /// - Throws: ``NNError`` for any other name.
  public func setHyperparameter(_ name: String, to value: Double) throws {
    guard name == "lr" else { throw NNError.unknownSetting(of: self.name, name: name, known: ["lr"]) }
    learningRate = value
  }

  /// Copies into the tensors of ``state`` that are there already; an optimizer that makes its own replaces it.
  public func loadState(_ state: [NamedParameter]) throws {
    let own = Dictionary(self.state.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
    let unexpected = state.map(\.name).filter { own[$0] == nil }
    guard unexpected.isEmpty else {
      throw NNError.stateNames(of: name, missing: [], unexpected: unexpected)
    }
    for (entry, tensor) in state {
      guard let target = own[entry], target.shape != tensor.shape else { continue }
      throw NNError.stateShape(of: name, name: entry, got: tensor.shape, expected: target.shape)
    }
    try noGrad { for (entry, tensor) in state { try own[entry]?.copy(from: tensor) } }
  }

  /// Changes every parameter that has a gradient; the observer is called for each.
  ///
  /// - Throws: ``NNError/emptyParameterList(of:unlisted:)`` if it has none; what ``willStep()`` throws; `AutogradError` if
  ///   a gradient has another shape or type than its parameter; or what the observer throws.
  public func step() throws {
    guard !parameters.isEmpty else { throw NNError.emptyParameterList(of: name, unlisted: []) }
    let context = ExecutionContext.current
    try willStep()
    for (index, parameter) in parameters.enumerated() {
      guard let gradient = try parameter.tensor.checkedGrad(for: name) else { continue }
      try Autograd.update(parameter.tensor, in: context) {
        let target = parameter.tensor.packed()
        update(index, target, gradient: gradient.packed())
        if target === parameter.tensor {
          parameter.tensor.didChangeInPlace()
        } else {
          try noGrad { try parameter.tensor.copy(from: target) }
        }
      }
    }
  }

  /// The name, the learning rate, and the momentum where there is one.
  var ownSummary: String {
    let momentum = hyperparameters.first { $0.name == "momentum" && $0.value != 0 }
    return "\(name) lr \(NumberText.setting(learningRate))"
      + (momentum.map { " momentum \(NumberText.setting($0.value))" } ?? "")
  }

  /// The optimizer among its stored properties; nil for one that works alone.
  private var held: (any Optimizer)? {
    sequence(first: Mirror(reflecting: self)) { $0.superclassMirror }.lazy.flatMap(\.children)
      .compactMap { $0.value as? any Optimizer }.first { $0 !== self }
  }

  /// Clears every gradient; otherwise they accumulate from step to step.
  public func zeroGrad() { for parameter in parameters { parameter.tensor.zeroGrad() } }
}
