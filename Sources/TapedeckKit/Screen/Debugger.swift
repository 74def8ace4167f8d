import DebuggerUI
import TerminalUI
import Trace

/// Shows a run on a terminal until the user quits: events in, state, screen out, commands to the run.
///
/// Everything here happens on one thread, which sleeps while there is nothing to show.
package struct Debugger {
  /// Why the screen was left.
  package enum End: Equatable {
    case quit
    case signal(TerminalEvent.Signal)
  }

  private let terminal: any Terminal
  private let runner: any RunConnection
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let memory: StateFolder?
  private(set) var state: DebuggerState

  /// A debugger for a run that has not been started.
  package init(
    terminal: any Terminal, runner: any RunConnection, pace: Double?, breakpoints: [Breakpoint] = [],
    teaching: Teaching = Teaching()
  ) {
    self.terminal = terminal
    self.runner = runner
    start = clock.now
    state = DebuggerState(size: terminal.size, pace: pace, breakpoints: breakpoints)
    state.capabilities = runner.capabilities
    memory = teaching.memory
    teaching.begin(&state)
  }

  /// The least time from one frame to the next while training runs; keys are answered at once.
  private static let frameInterval = Duration.milliseconds(33)

  /// How long after a key with a request to the run its answers are shown at once.
  private static let answerWindow = Duration.milliseconds(100)

  /// Starts the run and shows it until the user quits.
  package mutating func run(isPaused: Bool) -> End {
    state.startsPaused = isPaused
    draw()
    if !state.breakpoints.isEmpty { runner.send(.breakpoints(state.breakpoints)) }
    runner.start(isPaused: isPaused, pace: state.pace)
    var due: ContinuousClock.Instant?
    var lastFrame = clock.now
    var lastQuestion: ContinuousClock.Instant?
    while true {
      let event = terminal.nextEvent(until: due, takesWake: due == nil)
      switch event {
      case .wake:
        if perform(state.update(runner.takeUpdate(), seconds: seconds)) { return .quit }
        let isAnswer = lastQuestion.map { clock.now - $0 < Debugger.answerWindow } ?? false
        due = state.isRunning && !isAnswer ? lastFrame + Debugger.frameInterval : clock.now
      case .signal(.interrupt) where state.asksToInterrupt:
        state.overlay = InterruptQuestion()
        due = clock.now
      case .signal(let signal): return .signal(signal)
      case .endOfInput: return .signal(.hangup)
      case .deadline: due = clock.now
      case .key, .mouse, .resize, .paste:
        if perform(state.update(event)) { return .quit }
        due = clock.now
        lastQuestion = clock.now
      }
      guard let time = due, time <= clock.now else { continue }
      // Keys that come faster than frames share one.
      if terminal.hasEvents, clock.now < lastFrame + Debugger.frameInterval { continue }
      draw()
      (lastFrame, due) = (clock.now, nil)
      if state.isRunning { runner.requestMoment() }
    }
  }

  /// Carries out what the state requests; returns true if that ends the program.
  private mutating func perform(_ effects: [DebuggerEffect]) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return true
      case .command(let command): runner.send(command)
      case .interrupt: runner.interrupt()
      case .readGhost(let path): state.takeGhost(Result { try LossPaneState.Ghost(recording: path) })
      case .remember(let name, let text): memory?.write(text, name)
      }
    }
    return false
  }

  private func draw() {
    var buffer = terminal.makeBuffer()
    state.draw(into: &buffer)
    terminal.present(buffer)
  }

  private var seconds: Double { (clock.now - start) / .seconds(1) }
}
