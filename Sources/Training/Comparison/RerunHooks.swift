import Autograd
import Datasets
import Trace

/// Follows a loop that meets recorded iterations again: makes the changes that were made by hand, and keeps the tape
/// of one iteration.
///
/// Owner: the thread of its ``Rerun``.
final class RerunHooks: TrainingHooks {
  /// Called at the start of every iteration, with the digest of the one before if that was wanted.
  var begin: ((Int, IterationDigest?) throws -> Void)?
  /// The batch of an iteration that the data do not give.
  var batch: ((Int) throws -> Batch?)?

  private(set) var tape = Tape()
  private let digesting: Int?
  private var log: ChangeLog
  private let changes: ChangeMaker
  private let switches: TrainingSwitches
  private let makeDigest: (Tape) -> IterationDigest
  private var digest: IterationDigest?
  private var phase = Phase.batch
  private var modules: [ObjectIdentifier] = []

  /// Hooks that keep the digest of one iteration and make the changes of a log.
  init(
    digesting: Int?, log: ChangeLog, changes: ChangeMaker, switches: TrainingSwitches,
    makeDigest: @escaping (Tape) -> IterationDigest
  ) {
    self.digesting = digesting
    self.log = log
    self.changes = changes
    self.switches = switches
    self.makeDigest = makeDigest
  }

  func willBegin(_ start: IterationStart) throws -> Bool {
    modules.removeAll(keepingCapacity: true)
    try begin?(start.iteration, digest)
    digest = nil
    tape.begin(start.iteration)
    phase = .batch
    return start.iteration == digesting || log.next?.iteration == start.iteration
  }

  var zeroesGradients: Bool { switches.zeroGrad }

  func recordedBatch(of iteration: Int) throws -> Batch? { try batch?(iteration) }

  func didLoad(_ batch: Batch) throws {
    tape.batch = batch
    try arrive(.batch, 0)
  }

  func willBegin(_ phase: Phase) { self.phase = phase }

  func didFinishIteration(loss: Double) throws {
    if tape.iteration == digesting { digest = makeDigest(tape) }
  }

  func checkForQuit() throws {}

  func willRunForward(_ step: ForwardStep) {}

  func didRunForward(_ step: ForwardStep, output: Tensor) throws {
    tape.add(step, output: output, module: modules.last, phase: phase)
    try arrive(phase, tape.count(in: phase) - 1)
  }

  func willRunBackward(_ node: Autograd.Node, upstream: Tensor) {}

  func didRunBackward(_ node: Autograd.Node, upstream: Tensor, contributions: [Tensor?]) throws {
    tape.backward.append(Tape.Backward(node: node, upstream: upstream, contributions: contributions))
    try arrive(.backward, tape.backward.count - 1)
  }

  func willUpdate(_ parameter: Tensor) {
    tape.updates.append(Tape.Update(parameter: parameter, before: nil, memory: []))
  }

  func didUpdate(_ parameter: Tensor) throws { try arrive(.update, tape.updates.count - 1) }

  func willEnter(_ module: AnyObject) { modules.append(ObjectIdentifier(module)) }

  func didLeave(_ module: AnyObject) { modules.removeLast() }

  private func arrive(_ phase: Phase, _ node: Int) throws {
    let position = Position(iteration: tape.iteration, phase: phase, node: node)
    guard let next = log.next, position >= next else { return }
    for change in log.take(at: position) { try changes.make(change) }
  }
}
