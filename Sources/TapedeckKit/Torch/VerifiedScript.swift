import Dispatch
import Foundation
import Localization
import PyTorch
import Synchronization
import Trace
import Training

/// A script whose first step is run again by the engine. Standard output has the report; what the script writes goes to
/// standard error.
struct VerifiedScript {
  /// **Units**: seconds. How long a script that was stopped may take to end.
  private static let patience = 5.0
  /// All was compared, and agrees; a node differs; something could not be compared.
  private static let (agrees, differs, isUnknown): (Int32, Int32, Int32) = (0, 1, 2)

  private let script: PyTorchRun
  private let settings: ScriptSettings
  private let arrival: DispatchSemaphore

  /// A script that has not been started.
  init(_ settings: ScriptSettings, _ launch: PyTorchRun.Launch) {
    var settings = settings
    // It stops in its first step, and at its end where that comes first.
    (settings.isPaused, settings.holdsAtEnd) = (true, true)
    let arrival = DispatchSemaphore(value: 0)
    (self.settings, self.arrival) = (settings, arrival)
    script = PyTorchRun(settings, launch) { arrival.signal() }
  }

  /// Runs the script's first step and compares; returns the exit code.
  func run() throws -> Int32 {
    let signals = ForwardedSignals(to: script)
    defer { signals.end() }
    script.start(isPaused: true, pace: nil)
    var step = 0
    var output = ForwardedLines()
    defer { output.end() }
    while true {
      arrival.wait()
      let update = script.takeUpdate()
      output.add(update.output)
      for warning in update.warnings { _ = try Tapedeck.complain(warning, code: 0) }
      switch update.status {
      case .failed(let sentence)?: return try Tapedeck.complain(sentence, code: VerifiedScript.isUnknown)
      case .halted(let sentence)?:
        leave()
        return try Tapedeck.complain(sentence, code: VerifiedScript.isUnknown)
      case .paused? where step == 0 || step == 1 && !sawAll(update.moment):
        // A script without modules begins its first step unseen; the second is seen from its beginning.
        step += 1
        script.send(.goTo(Position(step: step, phase: .update, node: 1 << 30)))
      case .paused?, .finished?:
        guard let moment = update.moment, step > 0,
          moment.graph.nodes.contains(where: { $0.kind == .operation })
        else {
          leave()
          return try Tapedeck.complain(
            localized("The script has ended without a step: there is nothing to compare."),
            code: VerifiedScript.isUnknown)
        }
        defer { leave() }
        return try compare(moment, of: moment.position.step)
      case .running?, .preparing?, nil: continue
      }
    }
  }

  /// Whether every operator of a moment's step was seen.
  private func sawAll(_ moment: Moment?) -> Bool {
    guard let moment else { return true }
    return calls(of: moment.graph, in: moment.position.step).allSatisfy { $0 != nil }
  }

  private func calls(of graph: ComputationGraph, in step: Int) -> [OperatorCall?] {
    let operations = graph.nodes.filter { $0.kind == .operation }.map(\.id)
    return script.cells([], calls: operations, step: step)?.calls ?? []
  }

  private func compare(_ moment: Moment, of step: Int) throws -> Int32 {
    let graph = moment.graph
    let calls = calls(of: graph, in: step).compactMap(\.self)
    let visit = script.lastBackward(in: step)
    var verification = ScriptVerification(graph, moment.states, calls: calls) { [script] wanted in
      script.cells(wanted, step: step, visit: visit)?.tensors
    }
    let report = verification.run()
    try StandardOutput.printLine(
      ScriptVerificationText(report, script: settings.name, step: step).lines.joined(separator: "\n"))
    if report.difference != nil { return VerifiedScript.differs }
    return report.isComplete ? VerifiedScript.agrees : VerifiedScript.isUnknown
  }

  /// Ends the script: its first step is all that was wanted.
  private func leave() {
    script.send(.quit)
    if script.waitForEnd(seconds: VerifiedScript.patience) { return }
    script.send(signal: SIGKILL)
    _ = script.waitForEnd(seconds: VerifiedScript.patience)
  }
}

/// A script's lines on standard error: each when the next begins, since it may be written again until then.
struct ForwardedLines {
  private var open: [OutputLine.Stream: OutputLine] = [:]

  mutating func add(_ lines: [OutputLine]) {
    for line in lines {
      if !line.replacesLast, let last = open[line.stream] { write(last) }
      open[line.stream] = line
    }
  }

  mutating func end() {
    for line in open.values { write(line) }
    open = [:]
  }

  private func write(_ line: OutputLine) {
    FileHandle.standardError.write(Data("\(line.text)\n".utf8))
  }
}
