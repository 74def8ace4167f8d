import Trace

/// Runs an experiment to one moment without a screen, and makes that moment's Trace value.
///
/// The steps before the wanted one run unwatched, as fast as possible.
package struct Inspection {
  /// Which moment, and what of it.
  package struct Target: Sendable, Equatable {
    /// The step, from 1.
    package let step: Int
    /// The phase; its end is shown unless the node runs in it.
    package let phase: Phase
    /// The node to look at; nil for what the moment is about.
    package let node: String?
    /// The tensor of the node; nil for the one that the phase is about.
    package let view: TensorView?
    /// The index of the cell to explain; nil for that of the largest gradient.
    package let cell: [Int]?
    /// Whether all terms of its arithmetic are wanted.
    package let allTerms: Bool

    /// A moment.
    package init(
      step: Int, phase: Phase, node: String? = nil, view: TensorView? = nil, cell: [Int]? = nil,
      allTerms: Bool = false
    ) {
      self.step = step
      self.phase = phase
      self.node = node
      self.view = view
      self.cell = cell
      self.allTerms = allTerms
    }
  }

  /// The nodes of a phase at each of which a moment is made, since any may be the last one; after more of them only the
  /// wanted node's is, and the last one's by a second walk.
  private static let shownNodes = 64

  private let timeline: Timeline?
  private let last: Int
  /// The recording that is inspected; nil for an experiment that is trained.
  private let recorded: RecordedRun?

  /// Inspections of an experiment, which is trained for them.
  package init(_ experiment: Experiment) {
    timeline = Timeline(experiment, limits: HistoryLimits(byteBudget: 0))
    last = experiment.epochs * experiment.trainData.stepsPerEpoch
    recorded = nil
  }

  /// Inspections of a recorded run, which is computed again from the keyframe before the moment.
  package init(_ run: RecordedRun) {
    timeline = run.timeline
    last = run.archive.lastStep
    recorded = run
  }

  /// The moment after the node ran in the phase; for a node that does not run in it, the phase's last.
  ///
  /// - Throws: ``InspectionError`` if there is no such moment, or the error of the operator that failed.
  package func moment(_ target: Target) throws -> Moment {
    let first = timeline?.first.step ?? 1
    guard target.step >= 1, target.step <= last else {
      throw InspectionError.stepOutside(target.step, first: 1, last: last)
    }
    guard target.step >= first else {
      throw InspectionError.stepOutside(target.step, first: first, last: last)
    }
    if let recorded, !recorded.canRecompute(target.step) {
      guard let moment = try RecordedMoments(recorded.archive).moment(target) else {
        throw recorded.obstacle(to: target.step)
      }
      return moment
    }
    guard let timeline else { throw InspectionError.emptyPhase(target.phase) }
    let builder =
      try recorded?.makeBuilder(timeline, at: target.step)
      ?? MomentBuilder(timeline.experiment, switches: timeline.switches)
    var focus = Focus(node: target.node, view: target.view)
    focus.wantsAllTerms = target.allTerms
    var found: Moment?
    var names: [String] = []
    let start = Position(step: target.step, phase: target.phase, node: 0)
    let figures = FigureLog(timeline) { true }
    func makeMoment(_ position: Position, _ tape: Tape) -> Moment {
      var moment =
        recorded?.moment(position, tape, builder, focus: focus)
        ?? builder.moment(of: tape, at: position, focus: focus, isPlaying: false)
      let needs = ScreenNeeds(figures: .init(part: .batch))
      moment.addFigures(needs, of: tape, from: figures, isPlaying: false)
      return moment
    }
    var (visited, skipped): (Int, Position?) = (0, nil)
    func visit(_ visit: Walk.Visit, isFinal: Bool) -> Walk.Next {
      let position = visit.position
      guard position.step == target.step, position.phase <= target.phase else { return .leave }
      visited += 1
      if let node = target.node, !isFinal, visited > Inspection.shownNodes,
        MomentBuilder.nodeName(of: visit.tape, at: position, timeline.names) != node
      {
        skipped = position
        return .stop(.nextNode)
      }
      skipped = nil
      var moment = makeMoment(position, visit.tape)
      if let shown = moment.focus, let place = target.place(in: shown), place != moment.cell {
        focus.followed = [FollowedCell(node: shown.node, cell: place)]
        moment = makeMoment(position, visit.tape)
      }
      names = moment.graph.nodes.map(\.name)
      found = moment
      let current = moment.current.map { moment.graph.nodes[$0].name }
      return isFinal || target.node != nil && current == target.node ? .leave : .stop(.nextNode)
    }
    let walk = Walk(timeline, to: .at(start), keepsKeyframes: false) { visit($0, isFinal: false) }
    _ = try walk.run()
    if let skipped {
      let second = Walk(timeline, to: .at(skipped), keepsKeyframes: false) { visit($0, isFinal: true) }
      _ = try second.run()
    }
    guard let found else { throw InspectionError.emptyPhase(target.phase) }
    if let node = target.node, found.graph.node(named: node) == nil {
      throw InspectionError.unknownNode(node, known: names)
    }
    return found
  }
}

extension Inspection.Target {
  /// The place of the wanted cell in a tensor; nil where it has no such cell, or none is wanted.
  fileprivate func place(in tensor: TensorSnapshot) -> Int? {
    guard let cell, cell.count == tensor.shape.count, zip(cell, tensor.shape).allSatisfy({ $0 < $1 }) else {
      return nil
    }
    return zip(cell, tensor.shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
