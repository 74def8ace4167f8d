import DebuggerUI
import TerminalUI
import Trace

/// Recordings for the tests of their list.
enum RunSamples {
  /// A run with its learning rate and last loss.
  static func run(
    _ name: String, lr: Double, loss: Double?, begun: Double = 1, state: RunSummary.State = .finished
  ) -> RunSummary {
    var run = RunSummary(path: "/runs/\(name).tapedeck", name: name, byteCount: 600_000)
    (run.state, run.data, run.network, run.optimizer) = (state, "digits", "64→128→10", "sgd")
    (run.learningRate, run.batchSize, run.seed) = (lr, 64, 42)
    (run.steps, run.epochs, run.loss, run.accuracy) = (480, 20, loss, 0.941)
    run.validationLoss = loss.map { $0 + 0.1 }
    (run.begun, run.date) = (begun, "2026-11-0\(Int(begun)) 10:00")
    run.settings = [
      .init("data", "digits"), .init("--lr", "\(lr)"), .init("batch", "64"), .init("seed", "42"),
    ]
    run.epochResults = (1...4).map { epoch in
      EpochResult(
        epoch: epoch, step: epoch * 24, loss: 1, validationLoss: lr / Double(epoch), trainAccuracy: 0.5,
        validationAccuracy: 0.9, seconds: 1)
    }
    return run
  }

  /// Four runs, one of them damaged.
  static var four: [RunSummary] {
    var damaged = RunSummary(path: "/runs/cut.tapedeck", name: "cut", byteCount: 9_000)
    (damaged.state, damaged.problem) = (.damaged, "its pages: expected a whole database, got one cut short.")
    return [
      run("run2", lr: 0.1, loss: 0.5, begun: 1), run("run10", lr: 0.01, loss: .nan, begun: 2),
      run("other", lr: 0.1, loss: 0.2, begun: 3, state: .beingWritten), damaged,
    ]
  }

  /// The list of these runs.
  static func list(_ runs: [RunSummary] = four, width: Int = 120, height: Int = 40) -> RunListState {
    var state = RunListState(size: Size(width: width, height: height), folder: "/runs")
    state.take([.listed(runs)] + runs.map { .read($0) })
    for run in runs where run.state != .damaged {
      let points = (1...50).map { RunDetail.Point(step: $0, loss: 2 / Float($0)) }
      state.take([.detail(path: run.path, RunDetail(points: points))])
    }
    return state
  }
}

extension RunListState {
  /// The names in view, from top to bottom.
  var names: [String] { shown.map(\.name) }

  /// Presses keys; what was asked for with the last of them.
  @discardableResult
  mutating func press(_ keys: Key...) -> [RunListEffect] {
    keys.map { update(.key($0)) }.last ?? []
  }

  /// The screen.
  func screen(_ support: ColorSupport = .trueColor, isUnicode: Bool = true) -> Buffer {
    var buffer = Buffer(
      size: size, capabilities: TerminalCapabilities(colorSupport: support, isUnicode: isUnicode))
    draw(into: &buffer)
    return buffer
  }
}
