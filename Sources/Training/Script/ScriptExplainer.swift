import Autograd
import Localization
import Numbers
import Trace

/// Explains the nodes of a PyTorch script by the engine's operators.
package struct ScriptExplainer: StepExplainer {
  /// An explainer; all have the same operators.
  package init() {}

  /// The explanation, or what it needs.
  package func answer(_ question: ExplanationQuestion) -> ExplanationAnswer {
    guard question.graph.nodes.indices.contains(question.node),
      question.states.count == question.graph.nodes.count
    else { return .explained(Explanation(), cell: nil) }
    let node = question.graph.nodes[question.node]
    let calls = ScriptReading.neighbours(of: node, in: question).filter { question.calls[$0] == nil }
    guard calls.isEmpty || !question.wantsWork else { return .needs(calls: calls, cells: []) }
    let script = ScriptReading(question, node)
    var (cell, work, obstacle): (Int?, CellWork?, String?) = (nil, nil, nil)
    do {
      cell = try chosenCell(question, script)
      if let cell {
        let missing = try CellNeeds(script, question, cell: cell).missing()
        guard missing.isEmpty else { return .needs(calls: [], cells: missing) }
        work = WorkReading(script.tape, script.reading, allTerms: question.focus.wantsAllTerms).work(
          of: node.id, question.view, cell: cell)
        try check(work, question, script)
      }
    } catch let problem as CellNeeds.Obstacle {
      obstacle = problem.sentence
      if question.view == .gradient { work = nil }
    } catch {
      obstacle = "\(error)"
    }
    let explanation = explanation(of: node, question, script, cell: cell, work, obstacle)
    return .explained(explanation, cell: cell)
  }

  /// The cell to work out: the one that is followed, or the largest of what is shown.
  private func chosenCell(_ question: ExplanationQuestion, _ script: ScriptReading) throws -> Int? {
    guard question.wantsWork, question.view != .update else { return nil }
    guard let shown = question.known[StepTensor(question.node, question.view)] else { return nil }
    let thread = CellThread(script.tape, script.reading)
    guard let largest = shown.cells else {
      return thread.cell(of: question.node, following: question.focus.followed)
    }
    guard shown.shape.reduce(1, *) <= StepTensors.mostElements else {
      throw CellNeeds.Obstacle(sentence: localized("Of so large a tensor no cell is worked out."))
    }
    return thread.followed(question.focus.followed, to: question.node) ?? largest.first
  }

  /// Refuses a sum of gradients that is not what PyTorch has: parts of it came in another way.
  private func check(_ work: CellWork?, _ question: ExplanationQuestion, _ script: ScriptReading) throws {
    guard let work, question.view == .gradient, !work.agrees else { return }
    let types = script.users.compactMap { question.calls[$0] ?? nil }.flatMap { $0.tensors + $0.results }
    // Short numbers are rounded on their way.
    guard !types.contains(where: { ["float16", "bfloat16"].contains($0.dtype) }) else { return }
    throw CellNeeds.Obstacle(
      sentence: localized(
        """
        What these operators pass on is \(NumberText.cell(work.computed)), not \(NumberText.cell(work.result)): the rest \
        was there before, or came another way.
        """))
  }

  private func explanation(
    of node: ComputationGraph.Node, _ question: ExplanationQuestion, _ script: ScriptReading, cell: Int?,
    _ work: CellWork?, _ obstacle: String?
  ) -> Explanation {
    var explanation = ExplanationReading(
      script.tape, script.reading, optimizer: nil, norm: { script.norm(of: $0) }
    ).explanation(of: node, cell: cell ?? 0, in: question.position.phase)
    explanation.classFactor = nil
    if let call = question.calls[node.id] ?? nil {
      explanation.pytorch = CallText(call, in: question.graph).text
    } else if explanation.pytorch == nil {
      explanation.pytorch = question.graph.call(of: node)
    }
    explanation.work = work
    var notes = explanation.notes
    if let obstacle, !obstacle.isEmpty { notes.append(obstacle) }
    if let obstacle = script.obstacles[node.id], question.wantsWork {
      let sentence = CellNeeds.sentence(obstacle, node, shown: node)
      if !notes.contains(sentence) { notes.append(sentence) }
    }
    explanation.notes = notes
    return explanation
  }
}
