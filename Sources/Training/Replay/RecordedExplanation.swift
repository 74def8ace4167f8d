import Localization
import Trace

/// Explains the nodes of a script's step that was recorded whole, with the arithmetic of a cell, from what was recorded.
struct RecordedExplanation {
  /// How often an explanation may ask for more: for calls, for labels, and for the numbers.
  private static let mostRounds = 4

  let archive: any RunArchive
  let step: WatchedStep

  /// What explains a node, and the cell that it is about; `view` is what is shown of it.
  ///
  /// - Throws: an error of the archive.
  func explanation(
    of node: ComputationGraph.Node, _ view: TensorView, in moment: Moment, after visit: Int, _ focus: Focus
  ) throws -> (Explanation, cell: Int?) {
    let plain = Explanation(callOf: node, in: moment.graph)
    guard let calls = step.calls else { return (plain, nil) }
    var question = ExplanationQuestion(
      moment.graph, moment.states, at: moment.position, node: node.id, view, focus)
    for node in moment.graph.nodes { question.calls[node.id] = .some(nil) }
    for call in calls { question.calls[call.node] = call }
    question.wantsWork = moment.states[node.id].progress != .waiting
    let shown = StepTensor(node.id, view)
    question.known[shown] = try known(WantedCells(shown), after: visit)
    for _ in 0..<Self.mostRounds {
      switch ScriptExplainer().answer(question) {
      case .explained(var explanation, let cell):
        explanation.notes.insert(contentsOf: plain.notes, at: 0)
        return (explanation, cell)
      case .needs(_, let cells):
        for wanted in cells { question.known[wanted.tensor] = try known(wanted, after: visit) }
      }
    }
    return (plain, nil)
  }

  /// The numbers of a tensor: of a value as forward read it, of a gradient as it was after a visit.
  private func known(_ wanted: WantedCells, after visit: Int) throws -> KnownCells {
    let (tensor, graph) = (wanted.tensor, step.nodes)
    guard graph.indices.contains(tensor.node) else { return .missing("") }
    let name = graph[tensor.node].name
    let part = tensor.output > 0 ? "output \(tensor.output + 1)" : nil
    let all = try archive.tensors(of: name, at: step.step)
      .filter { $0.view == tensor.view && $0.part == part && (tensor.view == .value || $0.visit <= visit) }
      .sorted { $0.visit < $1.visit }
    guard let kept = tensor.view == .value ? all.first : all.last else {
      return .missing(localized("the \(tensor.view.word) of \(name) was not recorded"))
    }
    let dtype = kept.remark?.split(separator: ",").first.map(String.init) ?? "float32"
    guard !dtype.hasPrefix("complex") else { return .missing(localized("\(name) is \(dtype)")) }
    var values = kept.array.doubles()
    if let cells = wanted.cells {
      values = cells.map { values.indices.contains($0) ? values[$0] : .nan }
    }
    var known = KnownCells(shape: kept.array.shape, dtype: dtype, cells: wanted.cells, values: values)
    known.count = max(1, all.count)
    return known
  }
}

extension KnownCells {
  fileprivate static func missing(_ obstacle: String) -> KnownCells {
    KnownCells(shape: [], dtype: "float32", values: [], obstacle: obstacle)
  }
}
