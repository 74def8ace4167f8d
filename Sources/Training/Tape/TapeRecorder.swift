import Autograd
import Datasets
import NN
import Trace

/// How much a tape keeps of a parameter's update.
enum UpdateDetail {
  /// Only that it happened.
  case event
  /// Also the parameter before it.
  case values
  /// Also the optimizer's state for the parameter.
  case memory
}

/// What a ``TapeRecorder`` calls as it records.
protocol TapeFollower: AnyObject {
  /// A step begins; false to run it unwatched, as fast as possible.
  func willBegin(_ start: StepStart) throws -> Bool
  /// A phase of a watched step begins.
  func willBegin(_ phase: Phase) throws
  /// A node has run, and is the last on the tape.
  func didRecord(_ position: Position) throws
  /// Backward is done, in an unwatched step too; the gradients have not been clipped.
  func didComputeGradients(of step: Int)
  /// A watched step is done.
  func didFinish(_ step: Int, loss: Double) throws
  /// An unwatched step is done.
  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor)
  /// What to keep of a parameter that is about to be updated.
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail
  /// The hash of the state at the start of a step, where it is known already.
  func knownHash(at step: Int) -> UInt64?
  /// Called between batches of an evaluation; throws if the run is to end.
  func checkForQuit() throws
}

extension TapeFollower {
  func willBegin(_ phase: Phase) throws {}
  func didComputeGradients(of step: Int) {}
  func didFinish(_ step: Int, loss: Double) throws {}
  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor) {}
  func detail(ofUpdateOf parameter: Tensor) -> UpdateDetail { .memory }
  func knownHash(at step: Int) -> UInt64? { nil }
  func checkForQuit() throws {}
}

/// Records what each watched step does, as the observer of a training loop.
///
/// Owner: the thread of its training loop.
final class TapeRecorder: TrainingHooks {
  /// Called for every node. It is held until another takes its place: at the end of a run, nobody does.
  private(set) var follower: (any TapeFollower)?
  private(set) var tape = Tape()

  private let state: ModelState
  private var phase = Phase.batch
  /// How many nodes of the phase have run.
  private var count = 0
  private var modules: [ObjectIdentifier] = []
  /// The module that called the operator that runs now.
  private var moduleOfRunning: ObjectIdentifier?
  /// The optimizer's state for each parameter, in a step whose updates keep it.
  private var memories: [String: [Optimizer.NamedParameter]] = [:]
  /// What runs now, or does not take its inputs; nil between nodes.
  private var running = Running.nothing

  private enum Running {
    case nothing
    case forward(ForwardStep)
    case refusal([Tensor], String, SourceLocation)
    case backward(Autograd.Node, Tensor)
    case update(Tensor)
  }

  /// A recorder of the runs of a model with this state.
  init(_ state: ModelState) { self.state = state }

  /// Calls a follower for every node from now on, and no other.
  func setFollower(_ follower: (any TapeFollower)?) { self.follower = follower }

  // MARK: Steps

  func willBegin(_ start: StepStart) throws -> Bool {
    modules.removeAll(keepingCapacity: true)
    guard try follower?.willBegin(start) ?? false else { return false }
    tape.begin(start.step)
    begin(.batch)
    return true
  }

  func willZeroGradients() { tape.noteOldGradients(state.gradients) }

  func didZeroGradients() throws {
    tape.noteZeroGrad()
    try didRun()
  }

  func didLoad(_ batch: Batch) throws {
    tape.load(batch)
    try didRun()
  }

  func willBegin(_ phase: Phase) throws {
    try follower?.willBegin(phase)
    if phase == .backward { tape.noteKeptGradients() }
    begin(phase)
  }

  func didComputeGradients(of step: Int) { follower?.didComputeGradients(of: step) }

  func didFinishStep(loss: Double) throws { try follower?.didFinish(tape.step, loss: loss) }

  func didPass(_ step: Int, loss: Double, output: Tensor, targets: Tensor) {
    follower?.didPass(step, loss: loss, output: output, targets: targets)
  }

  func knownHash(at step: Int) -> UInt64? { follower?.knownHash(at: step) }

  func checkForQuit() throws { try follower?.checkForQuit() }

  /// An error ended the step: the tape keeps the node that was running.
  func noteFailure() {
    let attempt: Tape.Attempt? =
      switch running {
      case .nothing: nil
      case .forward(let step):
        .forward(
          step.operation.name, inputs: step.inputs, module: moduleOfRunning, phase: phase,
          location: step.location)
      case .refusal(let inputs, let operation, let location):
        .forward(
          operation, inputs: inputs, module: moduleOfRunning, phase: phase, location: location)
      case .backward(let node, let upstream): .backward(node, upstream: upstream)
      case .update(let parameter): .update(parameter)
      }
    tape.fail(at: attempt)
    running = .nothing
  }

  /// The user is about to set a cell of a parameter.
  func willSet(_ cell: Int, of parameter: Tensor) { tape.willSet(cell, of: parameter) }

  // MARK: Nodes

  func willRunForward(_ step: ForwardStep) { (running, moduleOfRunning) = (.forward(step), modules.last) }

  func willRefuse(_ inputs: [Tensor], _ operation: OperatorInfo, at location: SourceLocation) {
    (running, moduleOfRunning) = (.refusal(inputs, operation.name, location), modules.last)
  }

  func didRunForward(_ step: ForwardStep, output: Tensor) throws {
    tape.add(step, output: output, module: modules.last, phase: phase)
    try didRun()
  }

  func willRunBackward(_ node: Autograd.Node, upstream: Tensor) { running = .backward(node, upstream) }

  func didRunBackward(_ node: Autograd.Node, upstream: Tensor, contributions: [Tensor?]) throws {
    tape.add(Tape.Backward(node: node, upstream: upstream, contributions: contributions))
    try didRun()
  }

  func willUpdate(_ parameter: Tensor) {
    running = .update(parameter)
    let detail = follower?.detail(ofUpdateOf: parameter) ?? .event
    if detail != .event, tape.settings.isEmpty { tape.note(state.settings) }
    tape.add(
      Tape.Update(
        parameter: parameter, before: detail == .event ? nil : state.copy(parameter),
        memory: detail == .memory ? memory(of: parameter) : nil))
  }

  func didUpdate(_ parameter: Tensor) throws { try didRun() }

  func willEnter(_ module: AnyObject) { modules.append(ObjectIdentifier(module)) }

  func didLeave(_ module: AnyObject) { modules.removeLast() }

  private func begin(_ phase: Phase) {
    self.phase = phase
    count = 0
    running = .nothing
  }

  private func didRun() throws {
    running = .nothing
    let position = Position(step: tape.step, phase: phase, node: count)
    count += 1
    try follower?.didRecord(position)
  }

  /// A copy of the optimizer's state for a parameter.
  private func memory(of parameter: Tensor) -> [Optimizer.NamedParameter] {
    if tape.updates.isEmpty || memories.isEmpty { memories = state.memory }
    return state.optimizerName(of: parameter).flatMap { memories[$0] }?.map {
      ($0.name, state.copy($0.tensor))
    } ?? []
  }
}
