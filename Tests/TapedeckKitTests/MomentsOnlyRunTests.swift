import Synchronization
import TapedeckKit
import TerminalUI
import Testing
import Trace

/// The debugger on a run that no engine makes, and that can do nothing but show moments.
struct MomentsOnlyRunTests {
  @Test func itsMomentsAreShownAndWhatItCannotDoIsRefusedInASentence() {
    let run = MomentsOnlyRun()
    let terminal = ScriptedTerminal([
      .wake, .key(.character(".")), .wake, .key(.character(",")), .key(.character("w")),
      .key(.character("G")), .key(.character("R")), .key(.character("q")), .key(.character("y")),
    ])
    var debugger = Debugger(terminal: terminal, runner: run, pace: nil)
    #expect(debugger.run(isPaused: true) == .quit)

    #expect(run.commands.filter { $0 == .nextNode } == [.nextNode])
    #expect(!run.commands.contains { $0 == .previousNode })
    #expect(terminal.screens.contains { $0.contains { $0.contains("step 2") && $0.contains("forward") } })
    #expect(terminal.screens.contains { $0.contains { $0.contains("a.linear") } })
    let refusals = terminal.screens.filter { $0.contains { $0.contains(MomentsOnlyRun.reason) } }
    #expect(refusals.count >= 4)
  }
}

/// Three moments of a made-up step, one after another.
private final class MomentsOnlyRun: RunConnection {
  static let reason = "This program only tells what it does."

  private struct Contents {
    var commands: [Command] = []
    var node = -1
    var isNew = true
  }

  private let contents = Mutex(Contents())

  var commands: [Command] { contents.withLock(\.commands) }
  var capabilities: RunCapabilities { .none(because: Self.reason) }

  func start(isPaused: Bool, pace: Double?) {}
  func requestMoment() {}
  func waitForEnd(seconds: Double) -> Bool { true }

  func send(_ command: Command) {
    contents.withLock {
      $0.commands.append(command)
      guard command == .nextNode else { return }
      ($0.node, $0.isNew) = ($0.node + 1, true)
    }
  }

  func takeUpdate() -> RunUpdate {
    contents.withLock { contents in
      guard contents.isNew else { return RunUpdate() }
      contents.isNew = false
      var update = RunUpdate()
      update.status = .paused
      update.description = RunDescription(
        data: "numbers", network: "2→3", optimizer: "SGD lr 0.1", batchSize: 4, seed: 1, epochs: 1,
        stepsPerEpoch: 9)
      update.moment = Self.moment(contents.node)
      return update
    }
  }

  private static let graph = ComputationGraph(nodes: [
    .init(id: 0, name: "x", operation: "x", kind: .input, shape: [4, 2]),
    .init(id: 1, name: "a.weight", operation: "weight", kind: .parameter, group: "a", shape: [3, 2]),
    .init(
      id: 2, name: "a.linear", operation: "linear", kind: .operation, group: "a", shape: [4, 3],
      inputs: [0, 1]),
  ])

  private static func moment(_ node: Int) -> Moment {
    let position = Position(step: 2, phase: node < 0 ? .batch : .forward, node: max(0, node))
    return Moment(
      position: position, current: node < 0 ? nil : 2, graph: graph,
      states: graph.nodes.map { _ in NodeState() })
  }
}

/// A terminal whose input is a list of events, and which keeps what it showed.
private final class ScriptedTerminal: Terminal {
  let size = Size(width: 100, height: 30)
  let colorSupport = ColorSupport.trueColor
  let isUnicode = true
  private(set) var screens: [[String]] = []
  private var events: [TerminalEvent]

  init(_ events: [TerminalEvent]) { self.events = events.reversed() }

  func present(_ buffer: Buffer) { screens.append(buffer.lines) }

  func nextEvent(until deadline: ContinuousClock.Instant?, takesWake: Bool) -> TerminalEvent {
    deadline != nil && takesWake == false ? .deadline : events.popLast() ?? .endOfInput
  }
}
