import Localization
import Trace

/// What a node does, with the numbers of one of its cells.
extension ScriptSession {
  /// A tensor that is shown, with the moment it belongs to.
  struct ShownTensor: Sendable {
    var place: Place?
    var position: Position
    var node: String
    var view: TensorView
    var part: String?
    var message: TensorMessage
  }

  /// What an explanation has asked for.
  struct Asked: Sendable {
    var cells: [WantedCells] = []
    var calls: [Int] = []
  }

  /// How often an explanation may ask for more: for calls, for labels, and for the numbers.
  private static let mostRounds = 4

  /// What a node is explained from, as far as it is known.
  func question(
    about node: ComputationGraph.Node, _ view: TensorView, in moment: Moment, isPlaying: Bool
  ) -> ExplanationQuestion {
    var question = ExplanationQuestion(
      moment.graph, moment.states, at: moment.position, node: node.id, view, focus)
    if calls.step == moment.position.step { question.calls = calls.known }
    question.wantsWork = !isPlaying
    return question
  }

  /// The explanation that takes no numbers.
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
    guard let waiting = pending, let question = waiting.question,
      let explainer = settings.explainer
    else {
      return publishPending(because: nil)
    }
    switch explainer.answer(question) {
    case .explained(let explanation, let cell):
      var shown = waiting
      shown.moment.explanation = explained(explanation, question)
      (shown.moment.cell, shown.moment.followed) = (cell, focus.followed)
      pending = shown
      shownCell = cell.map { FollowedCell(node: question.graph.nodes[question.node].name, cell: $0) }
      publishPending(because: nil)
    case .needs(let calls, let cells):
      guard waiting.rounds < ScriptSession.mostRounds, isConnected else {
        return publishPending(because: nil)
      }
      lastID += 1
      pending?.rounds += 1
      pending?.awaited = .cells(lastID)
      pending?.asked = Asked(cells: cells, calls: calls)
      say(.cells(lastID, cells, calls: calls, step: cursor?.step, visit: cursor?.visit))
    }
  }

  /// Takes what the explanation asked for.
  mutating func take(_ message: CellsMessage) {
    if let id = message.id, questions.remove(id) != nil { return effects.append(.answer(id, message)) }
    guard let waiting = pending, let id = message.id, waiting.awaited == .cells(id) else { return }
    for (wanted, tensor) in zip(waiting.asked.cells, message.tensors) {
      var known = tensor
      known.cells = wanted.cells
      pending?.question?.known[wanted.tensor] = known
    }
    let step = waiting.moment.position.step
    if calls.step != step { calls = (step, [:]) }
    for (node, call) in zip(waiting.asked.calls, message.calls) {
      calls.known[node] = .some(call)
      pending?.question?.calls[node] = .some(call)
    }
    explain()
  }

  /// Asks for cells and calls of a step that is kept, beside what is shown; nil where nobody answers.
  package mutating func ask(
    _ cells: [WantedCells], calls: [Int], step: Int, visit: Int?
  ) -> (id: Int, effects: [SessionEffect])? {
    guard isConnected else { return nil }
    lastID += 1
    questions.insert(lastID)
    return (
      lastID, [.send(.cells(lastID, cells, calls: calls, step: step, visit: visit))]
    )
  }

  /// Gives up what was asked beside what is shown.
  mutating func dropQuestions() {
    for id in questions { effects.append(.answer(id, nil)) }
    questions = []
  }

  private func explained(_ explanation: Explanation, _ question: ExplanationQuestion) -> Explanation {
    var explanation = explanation
    let place = question.graph.nodes[question.node].location.map(ScriptSession.shortPlace)
    explanation.notes.insert(contentsOf: [place].compactMap { $0 }, at: 0)
    return explanation
  }
}
