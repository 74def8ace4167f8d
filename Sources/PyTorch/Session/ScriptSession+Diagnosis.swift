import Diagnosis
import Trace

/// What diagnosis finds in a script.
extension ScriptSession {
  /// Tells the screen of findings, and stops the script where a breakpoint wants that.
  mutating func found(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    var update = RunUpdate()
    update.findings = findings
    post(update)
    let hits = findings.compactMap { settings.breakpoints.hit(by: $0) }
    guard stage == .running || stage == .waiting, findingHit == nil, let hit = hits.first else { return }
    // Where the script has continued meanwhile, it stops at its next node, or at the end of its step.
    say(.pauseNow)
    findingHit = hit
  }

  /// Tells of the finding that was to stop the script, which has stopped now or has ended before.
  mutating func tellFindingHit(at position: Position) {
    guard let hit = findingHit else { return }
    findingHit = nil
    add(RunEvent(.breakpoint, at: position, hit.sentence))
  }

  /// The facts of a step, whose nodes are those that came last.
  mutating func take(_ message: StepFactsMessage) throws(ProbeError) {
    found(try diagnosis.take(message, nodes: seen.nodes))
    if message.isAwaited { say(.plain("judged")) }
  }

  /// What the script is made of.
  mutating func take(_ message: RunFactsMessage) { found(diagnosis.take(message)) }

  /// A pass outside training.
  mutating func take(_ message: EvaluationFactsMessage) { found(diagnosis.take(message)) }
}
