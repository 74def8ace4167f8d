import DebuggerUI
import TerminalUI
import Trace

/// Findings as rules make them, by hand, about the nodes of the digits network.
enum Findings {
  static let dead = Finding(
    rule: "dead-relu", subject: "fc1.relu", severity: .warning, what: "96 of 128 units of fc1.relu are dead",
    evidence: ["for 2048 samples they were active less than one time in twenty"],
    cause: "A unit that is 0 passes no gradient, so its weights never change again.",
    remedy: ["Lower the learning rate.", "Use LeakyReLU."], location: "Network.swift:12",
    position: .end(of: 120), view: .value, cell: 130)

  static let twice = Finding(
    rule: "softmax-twice", subject: "fc2.linear", severity: .error,
    what: "cross_entropy applies softmax itself, but is given fc2.softmax",
    evidence: ["fc2.softmax is computed by softmax"], cause: "Gradients become small.",
    remedy: ["Give the loss the logits."], location: "train.py:40", position: .end(of: 1), view: .gradient)

  static let remark = Finding(
    rule: "inputs-not-standardised", severity: .note, what: "the inputs have a mean of 0.42", cause: "Slow.",
    remedy: ["Standardize them."], position: .end(of: 3))

  static let flat = Finding(
    rule: "loss-not-falling", severity: .warning, what: "the loss has not fallen in 90 steps",
    cause: "It rests.", remedy: ["Try another learning rate."], position: .end(of: 90))

  /// The news of findings.
  static func news(_ findings: Finding...) -> RunUpdate {
    var update = RunUpdate()
    update.findings = findings
    return update
  }
}

extension DebuggerState {
  /// The state after findings.
  func finding(_ findings: Finding...) -> DebuggerState {
    var update = RunUpdate()
    update.findings = findings
    return on(update, seconds: 11).state
  }

  /// The screen as one text.
  var text: String { lines.joined(separator: "\n") }
}
