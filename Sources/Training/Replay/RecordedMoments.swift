import Trace

/// Makes the moments of steps from what was recorded of them, without computing anything again.
struct RecordedMoments {
  private let archive: any RunArchive

  /// Moments of a recording.
  init(_ archive: any RunArchive) { self.archive = archive }

  /// The moment at the end of a step; `reason` says why it was not computed again.
  func moment(of step: Int, head: Position, reason: String) -> Moment {
    do {
      return try read(step, head: head, reason: reason)
    } catch {
      var moment = Moment(position: .end(of: step), head: head)
      moment.limitation = "\(error)"
      return moment
    }
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
