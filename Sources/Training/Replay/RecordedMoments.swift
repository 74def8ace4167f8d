import Localization
import Trace

/// Makes the moments of steps from what was recorded of them, without computing anything again.
struct RecordedMoments {
  private let archive: any RunArchive
  private let focus: Focus

  /// Moments of a recording, with the tensor that is looked at where a step was recorded whole.
  init(_ archive: any RunArchive, focus: Focus = Focus()) {
    self.archive = archive
    self.focus = focus
  }

  /// The moment at a position of a step that was recorded whole, or else at its end; `reason` says why it was not
  /// computed again.
  func moment(of step: Int, at position: Position? = nil, head: Position, reason: String) -> Moment {
    do {
      if let whole = try archive.wholeStep(step) {
        return try moment(of: whole, at: position, head: head)
      }
      return try read(step, head: head, reason: reason)
    } catch {
      var moment = Moment(position: .end(of: step), head: head)
      moment.limitation = "\(error)"
      return moment
    }
  }

  /// The moment of an inspection in a step that was recorded whole; nil where it was not.
  ///
  /// - Throws: ``InspectionError`` if there is no such moment, or an error of the archive.
  func moment(_ target: Inspection.Target) throws -> Moment? {
    guard let whole = try archive.wholeStep(target.step) else { return nil }
    let names = whole.nodes.map(\.name)
    if let node = target.node, !names.contains(node) {
      throw InspectionError.unknownNode(node, known: names)
    }
    let visits = whole.visits.indices.filter { whole.visits[$0].phase == target.phase }
    let ofNode = visits.last { place in
      let node = whole.visits[place].node
      return names.indices.contains(node) && names[node] == target.node
    }
    guard let visit = ofNode ?? visits.last else { throw InspectionError.emptyPhase(target.phase) }
    let focus = Focus(node: target.node, view: target.view)
    return try RecordedMoments(archive, focus: focus)
      .moment(of: whole, at: whole.position(of: visit), head: whole.position(of: visit))
  }

  /// A moment of a step that was recorded whole, with its numbers.
  private func moment(of step: WatchedStep, at position: Position?, head: Position) throws -> Moment {
    let last = max(0, step.visits.count - 1)
    let visit = position.flatMap(step.visit) ?? last
    var moment = step.moment(after: visit, head: head)
    // A script may run its phases in another order.
    moment.head = max(head, moment.position)
    let (node, view) = focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: false)
    guard let node else { return moment }
    let explained = try RecordedExplanation(archive: archive, step: step)
      .explanation(of: node, view, in: moment, after: visit, focus)
    (moment.explanation, moment.cell, moment.followed) = (explained.0, explained.cell, focus.followed)
    let tensors = try archive.tensors(of: node.name, at: step.step)
    moment.focus = tensors.snapshot(of: node.name, view, part: focus.part, after: visit)
    if tensors.isEmpty {
      moment.limitation = localized(
        "The numbers of \(node.name) were not recorded: there was no room for them.")
    }
    return moment
  }

  private func read(_ step: Int, head: Position, reason: String) throws -> Moment {
    let graph = try archive.graph(at: step) ?? ComputationGraph()
    let numbers = try archive.scalars(in: step...step, limit: 1).first
    let names = archive.origin.description.parameterNames
    var norms: [String: Float] = [:]
    for (name, norm) in zip(names, numbers?.gradientNorms ?? []) where !norm.isNaN { norms[name] = norm }
    var moment = Moment(
      position: .end(of: step), head: head, graph: graph,
      states: graph.nodes.map { node in
        NodeState(progress: progress(node), gradientNorm: norms[node.name])
      },
      parameters: names.map { name in
        ParameterSnapshot(name: name, weightNorm: 0, gradientNorm: norms[name], updateRatio: nil)
      }, loss: numbers?.loss)
    moment.limitation = reason
    let whole = archive.wholeSteps
    if let near = whole.min(by: { abs($0 - step) < abs($1 - step) }) {
      moment.limitation = reason + " " + localized("The nearest step that was recorded whole: \(near).")
    }
    moment.thumbnails = try archive.thumbnails(atOrBefore: step)
    return moment
  }

  private func progress(_ node: ComputationGraph.Node) -> NodeState.Progress {
    switch node.kind {
    case .input: .forward
    case .parameter: .updated
    case .operation: .backward
    }
  }
}
