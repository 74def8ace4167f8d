import Autograd
import Datasets
import NN
import Trace

/// All that one step did, in the order in which it did it, with the tensors themselves.
///
/// While training runs freely this is only appended to: names and numbers are worked out when a moment is requested.
struct Tape {
  /// An operator that ran in forward.
  struct Forward {
    let operation: any Operator
    let inputs: [Tensor]
    let output: Tensor
    let module: ObjectIdentifier?
    let phase: Phase
    let location: SourceLocation
  }

  /// A node that ran in backward.
  struct Backward {
    let node: Autograd.Node
    let upstream: Tensor
    let contributions: [Tensor?]
  }

  /// A parameter that the optimizer changed, with a copy of its old value if one was taken.
  struct Update {
    let parameter: Tensor
    let before: Tensor?
    /// The optimizer's state for it, by name; nil where it was not copied.
    let memory: [Optimizer.NamedParameter]?
    /// The cells that the user has set since, with the numbers that the update left in them.
    var setByHand: [(cell: Int, number: Double)] = []
  }

  /// What was about to run when an error ended the step.
  enum Attempt {
    /// An operator, by its name, with what it was given.
    case forward(
      String, inputs: [Tensor], module: ObjectIdentifier?, phase: Phase, location: SourceLocation)
    case backward(Autograd.Node, upstream: Tensor)
    case update(Tensor)
  }

  /// A gradient that a parameter had when backward began: this step adds to it.
  struct Kept {
    let parameter: Tensor
    let gradient: Tensor
  }

  private(set) var step = 0
  private(set) var batch: Batch?
  private(set) var forward: [Forward] = []
  private(set) var backward: [Backward] = []
  private(set) var updates: [Update] = []
  /// The node that failed; nil where none did.
  private(set) var failed: Attempt?
  private(set) var kept: [Kept] = []
  /// The gradients that the parameters had when the step began.
  private(set) var old: [Kept] = []
  /// Whether the step has reached the place where they are set to zero.
  private(set) var hasZeroed = false
  /// The optimizer's settings when it began to change parameters; empty where they were not copied.
  private(set) var settings: [Hyperparameter] = []

  /// Begins a new step in the same memory.
  mutating func begin(_ step: Int) {
    self.step = step
    batch = nil
    forward.removeAll(keepingCapacity: true)
    backward.removeAll(keepingCapacity: true)
    updates.removeAll(keepingCapacity: true)
    failed = nil
    kept.removeAll(keepingCapacity: true)
    old.removeAll(keepingCapacity: true)
    hasZeroed = false
    settings.removeAll(keepingCapacity: true)
  }

  /// Notes the gradients that the parameters have as the step begins.
  mutating func noteOldGradients(_ gradients: [Kept]) { old = gradients }

  /// Notes that the step has reached the place where gradients are set to zero.
  mutating func noteZeroGrad() { hasZeroed = true }

  /// Notes the step's batch.
  mutating func load(_ batch: Batch) { self.batch = batch }

  /// Notes the gradients to which backward, which is about to begin, will add.
  mutating func noteKeptGradients() {
    for entry in forward {
      for input in entry.inputs where input.isLeaf && input.requiresGrad {
        guard let gradient = input.grad, kept(by: input) == nil else { continue }
        kept.append(Kept(parameter: input, gradient: gradient))
      }
    }
  }

  /// The gradient that a parameter had when backward began; nil where it had none.
  func kept(by parameter: Tensor) -> Tensor? { kept.first { $0.parameter === parameter }?.gradient }

  /// What backward has sent to a tensor in this step, piece by piece.
  func contributions(to tensor: Tensor) -> [Tensor] {
    let places = placesOfNodes
    return backward.flatMap { entry -> [Tensor] in
      guard let place = places[ObjectIdentifier(entry.node)] else { return [] }
      return zip(forward[place].inputs, entry.contributions).compactMap { $0 === tensor ? $1 : nil }
    }
  }

  /// Notes an operator that has run in a phase, under the module that called it.
  mutating func add(_ step: ForwardStep, output: Tensor, module: ObjectIdentifier?, phase: Phase) {
    forward.append(
      Forward(
        operation: step.operation, inputs: step.inputs, output: output, module: module, phase: phase,
        location: step.location))
  }

  /// Adds an operator that has run in forward.
  mutating func add(_ entry: Forward) { forward.append(entry) }

  /// Adds a node that has run in backward.
  mutating func add(_ entry: Backward) { backward.append(entry) }

  /// Adds a parameter that is about to be changed.
  mutating func add(_ update: Update) { updates.append(update) }

  /// Notes the settings with which the optimizer changes parameters.
  mutating func note(_ settings: [Hyperparameter]) { self.settings = settings }

  /// Notes what was about to run when an error ended the step; nil for nothing.
  mutating func fail(at attempt: Attempt?) {
    failed = attempt
    if case .update? = attempt { updates.removeLast() }
  }

  /// Where in ``forward`` each node of the graph was made.
  var placesOfNodes: [ObjectIdentifier: Int] {
    var places: [ObjectIdentifier: Int] = [:]
    for (place, entry) in forward.enumerated() {
      if let node = entry.output.node { places[ObjectIdentifier(node)] = place }
    }
    return places
  }

  /// The user is about to set a cell: an update that has run did not do it.
  mutating func willSet(_ cell: Int, of parameter: Tensor) {
    guard let place = updates.firstIndex(where: { $0.parameter === parameter && $0.before != nil }),
      !updates[place].setByHand.contains(where: { $0.cell == cell })
    else { return }
    updates[place].setByHand.append((cell, parameter.number(at: cell)))
  }

  /// How many nodes a phase has so far.
  func count(in phase: Phase) -> Int {
    switch phase {
    case .batch: batch == nil ? 0 : 1
    case .zeroGrad: hasZeroed ? 1 : 0
    case .forward, .loss: forward.reduce(0) { $1.phase == phase ? $0 + 1 : $0 }
    case .backward: backward.count
    case .update: updates.count
    }
  }
}
