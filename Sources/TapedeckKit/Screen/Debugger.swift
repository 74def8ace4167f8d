import DebuggerUI
import Recording
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
  private var history: CommandHistory
  private var sampler = SystemSampler()
  private var sources = SourceFiles()
  private(set) var state: DebuggerState
  /// What the run was last told to work out for the panes.
  private var needs: ScreenNeeds?

  /// A debugger for a run that has not been started.
  package init(
    terminal: any Terminal, runner: any RunConnection, pace: Double?, breakpoints: [Breakpoint] = [],
    teaching: Teaching = Teaching(), screen: ScreenPreferences = ScreenPreferences(), opened: String? = nil
  ) {
    self.terminal = terminal
    self.runner = runner
    start = clock.now
    state = DebuggerState(size: terminal.size, pace: pace, breakpoints: breakpoints)
    state.capabilities = runner.capabilities
    state.report(terminal.remarks)
    state.openedFile = opened
    memory = screen.memory ?? teaching.memory
    history = CommandHistory(screen.memory)
    leastInterval = screen.frameInterval
    teaching.begin(&state)
    screen.begin(&state)
  }

  /// The least time from one frame to the next while training runs; keys are answered at once.
  private let leastInterval: Duration

  /// The share of a processor core that frames may take: the rest is for training.
  private static let frameShare = 0.02
  /// However much a frame costs, the next one comes after this time.
  private static let longestInterval = Duration.milliseconds(125)
  /// The processor time of this thread that a frame has taken of late, with the updates before it.
  private var frameCost = 0.0
  /// The processor time of this thread at the end of the last frame.
  private var worked = threadSeconds()

  /// The least time from one frame to the next on this machine and terminal: on a slow line half of it is left for keys.
  private var frameInterval: Duration {
    max(
      leastInterval, terminal.frameTime * 2,
      min(.seconds(frameCost / Debugger.frameShare), Debugger.longestInterval))
  }

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
      let event = terminal.nextEvent(
        until: [due, sampler.due(state)].compactMap(\.self).min(), takesWake: due == nil)
      switch event {
      case .wake:
        let update = runner.takeUpdate()
        if !update.findings.isEmpty { readSources(of: update.findings) }
        if perform(state.update(update, seconds: seconds)) { return .quit }
        let isAnswer = lastQuestion.map { clock.now - $0 < Debugger.answerWindow } ?? false
        due = state.isRunning && !isAnswer ? lastFrame + frameInterval : clock.now
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
      if terminal.hasEvents, clock.now < lastFrame + frameInterval { continue }
      draw()
      askForNeeds()
      (lastFrame, due) = (clock.now, nil)
      if state.isRunning { runner.requestMoment() }
    }
  }

  /// Carries out what the state requests; returns true if that ends the program.
  private mutating func perform(_ effects: [DebuggerEffect]) -> Bool {
    history.keep(state.consoleHistory)
    for effect in effects {
      switch effect {
      case .quit: return true
      case .command(let command): runner.send(command)
      case .interrupt: runner.interrupt()
      case .readGhost(let path): state.takeGhost(Result { try LossPaneState.Ghost(recording: path) })
      case .remember(let name, let text): memory?.write(text, name)
      case .copy(let text): terminal.copy(text)
      case .mouse(let isOn): terminal.reportMouse(isOn)
      case .save(let picture): PictureFile.save(picture, of: &state)
      }
    }
    return false
  }

  /// Reads the user's files at findings.
  private mutating func readSources(of findings: [Finding]) {
    for finding in findings {
      state.diagnosis.keep(sources.excerpt(of: finding), isMuted: sources.isMuted(finding), of: finding)
    }
  }

  /// Tells the run what the panes show now, where that has changed.
  private mutating func askForNeeds() {
    let wanted = state.needs
    guard wanted != needs else { return }
    needs = wanted
    runner.send(.show(wanted))
  }

  private mutating func draw() {
    sampler.sample(into: &state, runner)
    // The terminal may have said late that it is light.
    state.themeChoice.usual = terminal.usualTheme
    var buffer = terminal.makeBuffer(state.themeChoice.theme)
    state.draw(into: &buffer)
    terminal.present(buffer)
    let seconds = threadSeconds()
    frameCost = (frameCost * 3 + seconds - worked) / 4
    worked = seconds
  }

  private var seconds: Double { (clock.now - start) / .seconds(1) }
}
