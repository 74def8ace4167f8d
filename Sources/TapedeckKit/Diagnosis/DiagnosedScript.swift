import Diagnosis
import Dispatch
import Foundation
import Localization
import PyTorch
import Trace
import Training

/// A script that runs for its diagnosis: what it writes goes to standard error.
struct DiagnosedScript {
  /// **Units**: seconds. How long a script that was stopped may take to end.
  private static let patience = 5.0

  /// The script, or `-m` and a module, and its arguments.
  let script: [String]
  /// The Python to run it with; nil to find one.
  let python: String?
  /// How many steps to look at; nil for no limit.
  let steps: Int?
  /// How many epochs to look at; nil for as many as are enough.
  let epochs: Int?

  /// Runs it to its end, or as far as is wanted, and tells what is found, and how much was looked at.
  ///
  /// - Throws: an error of finding Python, or what ended the script.
  func run(
    _ settings: Diagnosis.Settings, _ looked: inout LookedAt, _ find: ([Finding]) -> Void
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    var launch = PyTorchRun.Launch(
      try Interpreter(chosen: python, environment: environment), try ProbeFolder(environment: environment),
      script: script, environment: environment)
    launch.streams = .shown
    var options = ScriptSettings(name: name)
    options.holdsAtEnd = false
    (options.diagnosis, options.diagnosesThoroughly) = (settings, true)
    let arrival = DispatchSemaphore(value: 0)
    let run = PyTorchRun(options, launch) { arrival.signal() }
    let signals = ForwardedSignals(to: run)
    defer { signals.end() }
    run.start(isPaused: false, pace: nil)
    var output = ForwardedLines()
    defer { output.end() }
    var hasTrained = false
    while true {
      arrival.wait()
      let update = run.takeUpdate()
      hasTrained = hasTrained || !update.losses.isEmpty || (update.moment?.position.step ?? 0) > 0
      looked.steps = update.losses.last?.step ?? looked.steps
      looked.end(update.epochs)
      output.add(update.output)
      for warning in update.warnings { _ = try Tapedeck.complain(warning, code: 0) }
      find(update.findings)
      switch update.status {
      case .failed(let sentence)?, .halted(let sentence)?: throw ScriptFailure(description: sentence)
      case .finished?:
        guard hasTrained else { throw NothingTrained(script: name) }
        return
      case .paused?: run.send(.run)
      case .running?, .preparing?, nil: break
      }
      guard !hasSeenEnough(update, looked) else {
        // The script may be some steps further by now.
        looked.steps = steps ?? update.epochs.last?.step ?? looked.steps
        looked.isCutShort = steps == nil && epochs == nil
        leave(run)
        // What was found in the last step may come after its numbers.
        return find(run.takeUpdate().findings)
      }
    }
  }

  private func hasSeenEnough(_ update: RunUpdate, _ looked: LookedAt) -> Bool {
    if let steps { return looked.steps >= steps }
    return update.epochs.isEmpty ? false : epochs.map { looked.epochs >= $0 } ?? looked.isEnough
  }

  private func leave(_ run: PyTorchRun) {
    run.send(.quit)
    if run.waitForEnd(seconds: DiagnosedScript.patience) { return }
    run.send(signal: SIGKILL)
    _ = run.waitForEnd(seconds: DiagnosedScript.patience)
  }

  private var name: String {
    guard let first = script.first else { return "" }
    return first == "-m" && script.count > 1 ? script[1] : URL(filePath: first).lastPathComponent
  }
}

/// A script without a step of training: that nothing was found in it says nothing.
private struct NothingTrained: Error, CustomStringConvertible {
  let script: String

  var description: String {
    localized(
      "\(script) ended without a step of training, so there was nothing to look at: expected a backward pass and optimizer.step()."
    )
  }
}

/// What ended a script, as a sentence.
struct ScriptFailure: Error, CustomStringConvertible {
  let description: String
}
