import Autograd
import Datasets
import Dispatch
import NN
import TapedeckKit
import Testing
import Trace
import Training

/// A run with a mistake in it, followed as a user follows one, and what the debugger says of it.
final class FaultyRun {
  private let arrival: DispatchSemaphore
  private let runner: Runner
  /// All news of the run so far, the newest in place of the older.
  private(set) var news = RunUpdate()

  /// Starts a run, paused at its first moment.
  init(_ make: @escaping @Sendable () throws -> Experiment) throws {
    let arrival = DispatchSemaphore(value: 0)
    self.arrival = arrival
    runner = Runner(make: make, now: { 0 }, limits: HistoryLimits(), onUpdate: { arrival.signal() })
    runner.start(isPaused: true, pace: nil)
    _ = try pause()
  }

  deinit {
    runner.send(.quit)
    _ = runner.waitForEnd(seconds: 10)
  }

  /// Waits for news that satisfy a condition.
  @discardableResult
  func wait(for isWanted: (RunUpdate) -> Bool) throws -> RunUpdate {
    repeat {
      let update = runner.takeUpdate()
      news.append(update)
      if !update.isEmpty, isWanted(update) { return update }
    } while arrival.wait(timeout: .now() + 10) == .success
    throw Silence(warnings: news.warnings, status: news.status)
  }

  /// Nothing of the kind was heard of the run in ten seconds.
  struct Silence: Error {
    let warnings: [String]
    let status: RunUpdate.Status?
  }

  private func pause() throws -> Moment {
    try #require(
      try wait { $0.status == .paused || $0.status == .finished || $0.status.map(Self.isFailure) == true }
        .moment)
  }

  private static func isFailure(_ status: RunUpdate.Status) -> Bool {
    switch status {
    case .failed, .halted: true
    case .preparing, .running, .paused, .finished: false
    }
  }

  /// Carries out commands, each of which pauses the run again, and returns the last moment.
  @discardableResult
  func after(_ commands: Command...) throws -> Moment {
    var moment: Moment?
    for command in commands {
      runner.send(command)
      moment = try pause()
    }
    return try #require(moment)
  }

  /// Runs until a breakpoint is hit, `nan`.
  @discardableResult
  func run(to breakpoint: String) throws -> Moment {
    runner.send(.breakpoints([try Breakpoint(id: 1, parsing: breakpoint)]))
    return try after(.run)
  }

  /// Goes to the end of a phase's first node in a step.
  @discardableResult
  func go(to phase: Phase, node: Int = 0, of step: Int) throws -> Moment {
    try after(.goTo(Position(step: step, phase: phase, node: node)))
  }

  /// The moment with a node chosen, a view of it, and a cell.
  func looking(at node: String, _ view: TensorView? = nil, cell: Int = 0) throws -> Moment {
    runner.send(.focus(Focus(node: node, view: view, followed: [FollowedCell(node: node, cell: cell)])))
    return try #require(try wait { $0.moment?.focus?.node == node }.moment)
  }

  /// What the bridge pane says of a node and a cell of it.
  func bridge(of node: String, cell: Int = 0) throws -> Explanation {
    try #require(try looking(at: node, cell: cell).explanation)
  }

  /// The answer to `w`.
  func why(_ node: String, _ view: TensorView, cell: Int? = nil) throws -> Cause {
    runner.send(.findCause(node: node, view: view, cell: cell))
    let answer = try wait { $0.cause != nil || !$0.warnings.isEmpty }
    return try #require(answer.cause, "\(answer.warnings)")
  }

  /// The sentence in place of an answer to `w` or `G`.
  func refusal(of command: Command) throws -> String {
    runner.send(command)
    let answer = try wait { $0.cause != nil || $0.gradientCheck != nil || !$0.warnings.isEmpty }
    return try #require(answer.warnings.last)
  }

  /// The answer to `G`.
  func check(_ parameter: String, cell: Int = 0) throws -> GradientCheck {
    runner.send(.checkGradient(parameter: parameter, cell: cell))
    let answer = try wait { $0.gradientCheck != nil || !$0.warnings.isEmpty }
    return try #require(answer.gradientCheck, "\(answer.warnings)")
  }
}

/// A network that a test writes in place: modules by name, and what is computed with them.
final class Network: Module {
  let children: [Child]
  private let body: (Tensor) throws -> Tensor

  init(_ children: [Child] = [], _ body: @escaping (Tensor) throws -> Tensor) {
    self.children = children
    self.body = body
  }

  var description: String { "Network" }
  func forward(_ input: Tensor) throws -> Tensor { try body(input) }
}

/// Rows of numbers with a number each to learn.
func rows(_ features: [[Float]], targets: [Float]) throws -> DataLoader {
  let table = try TableDataset(
    name: "rows", featureNames: (0..<(features.first?.count ?? 0)).map { "f\($0)" },
    features: features.flatMap { $0 }, targets: .values(targets))
  return try DataLoader(table, batchSize: features.count, shuffle: false, seed: 0)
}

/// A layer with weights of a test's own.
func linear(_ weight: [[Float]], bias: [Float]? = nil) throws -> Linear {
  var generator = Generator(seed: 1, purpose: .initialization)
  let layer = Linear(weight[0].count, weight.count, bias: bias != nil, generator: &generator)
  try noGrad {
    try layer.weight.copy(from: Tensor(weight.flatMap { $0 }, shape: [weight.count, weight[0].count]))
    if let bias { try layer.bias?.copy(from: Tensor(bias)) }
  }
  return layer
}
