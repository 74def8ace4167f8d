import Trace

/// Runs an experiment to one moment without a screen, and makes that moment's Trace value.
///
/// The iterations before the wanted one run unwatched, as fast as can be.
public struct Inspection {
  /// Which moment, and what of it.
  public struct Target: Sendable, Equatable {
    /// The iteration, from 1.
    public var iteration: Int
    /// The phase; its end is shown unless the node runs in it.
    public var phase: Phase
    /// The node to look at; nil for what the moment is about.
    public var node: String?
    /// The tensor of the node; nil for the one that the phase is about.
    public var view: TensorView?

    /// A moment.
    public init(iteration: Int, phase: Phase, node: String? = nil, view: TensorView? = nil) {
      self.iteration = iteration
      self.phase = phase
      self.node = node
      self.view = view
    }
  }

  private let last: Int
  /// Makes the session that is stepped through.
  private let begin:
    (_ iteration: Int, Gate, _ post: @escaping (RunUpdate) -> Void) throws -> (Session, TrainingLoop)

  /// Inspections of an experiment, which is trained for them; `now` gives seconds from any fixed point.
  public init(_ experiment: Experiment, now: @escaping () -> Double) {
    last = experiment.epochs * experiment.trainData.iterationsPerEpoch
    begin = { _, gate, post in
      let session = Session(
        experiment, gate: gate, isPaused: false, pace: nil, limits: HistoryLimits(byteBudget: 0), now: now,
        post: post)
      return (session, TrainingLoop(experiment, hooks: session, now: now))
    }
  }

  /// Inspections of a recorded run, which is met again from the keyframe before the moment.
  public init(_ run: RecordedRun) {
    last = run.archive.lastIteration
    begin = { iteration, gate, post in
      let (session, loop, _) = try run.session(at: iteration, gate: gate, post: post)
      guard iteration >= session.first.iteration else {
        throw InspectionError.iterationOutside(
          iteration, first: session.first.iteration, last: run.archive.lastIteration)
      }
      return (session, loop)
    }
  }

  /// The moment after the node ran in the phase; for a node that does not run in it, the phase's last.
  ///
  /// - Throws: ``InspectionError`` if there is no such moment, or the error of the operator that failed.
  public func moment(_ target: Target) throws -> Moment {
    guard target.iteration >= 1, target.iteration <= last else {
      throw InspectionError.iterationOutside(target.iteration, first: 1, last: last)
    }
    let search = MomentSearch(target)
    let gate = Gate()
    let (session, loop) = try begin(target.iteration, gate) { search.take($0, gate) }
    session.approach(target)
    do {
      try session.drive(loop) { _ in }
    } catch is Session.RunEnded {
      if let closure = session.closure(of: target.iteration) { throw closure }
      return try search.result()
    }
  }
}

extension Session {
  /// Sets out for the start of a phase; what is before its iteration runs unseen.
  func approach(_ target: Inspection.Target) {
    focus = Focus(node: target.node, view: target.view)
    watchedFrom = target.iteration
    transport.go(to: .at(Position(iteration: target.iteration, phase: target.phase, node: 0)))
  }
}

/// Steps through a phase until the wanted node has run or the phase is over.
///
/// Owner: the queue that the session runs on.
private final class MomentSearch {
  private let target: Inspection.Target
  private var last: Moment?
  private var names: [String] = []

  init(_ target: Inspection.Target) { self.target = target }

  /// Looks at where the run stands, and asks for the next node or for the end.
  func take(_ update: RunUpdate, _ gate: Gate) {
    guard update.status == .paused || update.status == .finished, let moment = update.moment else { return }
    names = moment.graph.nodes.map(\.name)
    let position = moment.position
    let isPast = position.iteration > target.iteration || position.phase > target.phase
    if !isPast { last = moment }
    let current = moment.current.map { moment.graph.nodes[$0].name }
    let isFound = !isPast && target.node != nil && current == target.node
    let command: Command = isFound || isPast || update.status == .finished ? .quit : .stepNode
    gate.ask { $0.commands.append(command) }
  }

  /// The moment that was found.
  func result() throws(InspectionError) -> Moment {
    guard let last else { throw .emptyPhase(target.phase) }
    if let node = target.node, last.graph.node(named: node) == nil {
      throw .unknownNode(node, known: names)
    }
    return last
  }
}

/// Why a moment cannot be shown.
public enum InspectionError: Error, Equatable, CustomStringConvertible {
  case iterationOutside(Int, first: Int, last: Int)
  /// An iteration of a recording that cannot be run again here.
  case closed(Int, reason: String, keyframes: [Int])
  case emptyPhase(Phase)
  case unknownNode(String, known: [String])

  public var description: String {
    switch self {
    case .iterationOutside(let iteration, let first, let last) where last < first:
      "--step expects an iteration of the run, but got \(iteration), and the run has no step yet."
    case .iterationOutside(let iteration, let first, let last):
      "--step expects an iteration of the run, from \(first) to \(last), but got \(iteration)."
    case .closed(let iteration, let reason, let keyframes):
      "Step \(iteration) cannot be computed again here: \(reason)" + Self.nearest(keyframes, iteration)
    case .emptyPhase(let phase): "No node runs in the phase \(phase.name) of this experiment."
    case .unknownNode(let name, let known):
      "There is no node \(name) in this iteration's graph up to there; it has \(known.joined(separator: ", "))."
    }
  }

  /// Which steps near an iteration have keyframes.
  private static func nearest(_ keyframes: [Int], _ iteration: Int) -> String {
    let near = [keyframes.last { $0 < iteration }, keyframes.first { $0 > iteration }].compactMap { $0 }
    return near.isEmpty
      ? "" : " The nearest with a keyframe: \(near.map(String.init).joined(separator: " and "))."
  }
}
