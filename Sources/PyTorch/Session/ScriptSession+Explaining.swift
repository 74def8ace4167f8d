import Localization
import Trace

/// What a node does, with the numbers of one of its cells.
extension ScriptSession {
  /// How often an explanation may ask for more: for calls, for labels, and for the numbers.
  private static let mostRounds = 4

  /// What a node is explained from, as far as it is known.
  func question(
    about node: ComputationGraph.Node, _ view: TensorView, in moment: Moment, isPlaying: Bool
  ) -> ExplanationQuestion {
    var question = ExplanationQuestion(
      moment.graph, moment.states, at: moment.position, node: node.id, view, shown.focus)
    if shown.calls.step == moment.position.step { question.calls = shown.calls.known }
    question.wantsWork = !isPlaying
    return question
  }

  /// The explanation that needs no numbers.
  func withoutNumbers(_ question: ExplanationQuestion) -> Explanation {
    var plain = question
    plain.wantsWork = false
    guard case .explained(let explanation, _)? = settings.explainer?.answer(plain) else {
      return explained(
        Explanation(pytorch: question.graph.call(of: question.graph.nodes[question.node])), question)
    }
    return explained(explanation, question)
  }

  /// Explains the shown node, or asks for what that takes.
  mutating func explain() {
    guard let waiting = shown.pending, let question = waiting.question,
      let explainer = settings.explainer
    else {
      return publishPending(because: nil)
    }
    switch explainer.answer(question) {
    case .explained(let explanation, let cell):
      var answered = waiting
      answered.moment.explanation = explained(explanation, question)
      (answered.moment.cell, answered.moment.followed) = (cell, shown.focus.followed)
      shown.pending = answered
      shown.cell = cell.map { FollowedCell(node: question.graph.nodes[question.node].name, cell: $0) }
      publishPending(because: nil)
    case .needs(let calls, let cells):
      guard waiting.rounds < ScriptSession.mostRounds, probe.isConnected else {
        return publishPending(because: nil)
      }
      let id = probe.newID()
      shown.pending?.rounds += 1
      shown.pending?.awaited = .cells(id)
      shown.pending?.asked = ShownMoment.Asked(cells: cells, calls: calls)
      say(.cells(id, cells, calls: calls, step: timeline.cursor?.step, visit: timeline.cursor?.visit))
    }
  }

  /// Takes what the explanation asked for.
  mutating func take(_ message: CellsMessage) {
    if let id = message.id, probe.asides.remove(id) != nil {
      return effects.append(.answer(id, message))
    }
    guard let waiting = shown.pending, let id = message.id, waiting.awaited == .cells(id) else { return }
    for (wanted, tensor) in zip(waiting.asked.cells, message.tensors) {
      var known = tensor
      known.cells = wanted.cells
      shown.pending?.question?.known[wanted.tensor] = known
    }
    let step = waiting.moment.position.step
    if shown.calls.step != step { shown.calls = (step, [:]) }
    for (node, call) in zip(waiting.asked.calls, message.calls) {
      shown.calls.known[node] = .some(call)
      shown.pending?.question?.calls[node] = .some(call)
    }
    explain()
  }

  /// Asks for cells and calls of a kept step, whatever is shown; nil without a connection.
  package mutating func ask(
    _ cells: [WantedCells], calls: [Int], step: Int, visit: Int?
  ) -> (id: Int, effects: [SessionEffect])? {
    guard probe.isConnected else { return nil }
    let id = probe.newID()
    probe.asides.insert(id)
    return (id, [.send(.cells(id, cells, calls: calls, step: step, visit: visit))])
  }

  /// Drops the questions about something other than the shown moment.
  mutating func dropQuestions() {
    for id in probe.asides { effects.append(.answer(id, nil)) }
    probe.asides = []
  }

  private func explained(_ explanation: Explanation, _ question: ExplanationQuestion) -> Explanation {
    var explanation = explanation
    let place = question.graph.nodes[question.node].location.map(ScriptSources.shortPlace)
    explanation.notes.insert(contentsOf: [place].compactMap { $0 }, at: 0)
    return explanation
  }
}
