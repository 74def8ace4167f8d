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
    guard stage == .running || stage == .waiting, let hit = hits.first else { return }
    // The script has continued meanwhile: it stops at its next node, or at the end of its step.
    say(.pauseNow)
    add(RunEvent(.breakpoint, at: timeline.headPosition, hit.sentence))
  }

  /// The facts of a step, whose nodes are those that came last.
  mutating func take(_ message: StepFactsMessage) throws(ProbeError) {
    found(try diagnosis.take(message, nodes: seen.nodes))
  }

  /// What the script is made of.
  mutating func take(_ message: RunFactsMessage) { found(diagnosis.take(message)) }

  /// A pass outside training.
  mutating func take(_ message: EvaluationFactsMessage) { found(diagnosis.take(message)) }
}
