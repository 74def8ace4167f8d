import DebuggerUI
import TerminalUI

/// The list of recordings on a terminal: events in, state, screen out. Files are read elsewhere.
struct RunsLoop {
  /// Why the list was left.
  enum End: Equatable {
    case quit
    case signal(TerminalEvent.Signal)
    case open(path: String, isBeingWritten: Bool)
  }

  /// The least time from one frame to the next while files are read; keys are answered at once.
  private static let frameInterval = Duration.milliseconds(33)

  let terminal: any Terminal
  let watch: FolderWatch
  let comparing: RunComparing
  /// The name of the theme; nil for the one that fits the terminal.
  var theme: String?
  private let clock = ContinuousClock()

  init(terminal: any Terminal, watch: FolderWatch, comparing: RunComparing, theme: String? = nil) {
    (self.terminal, self.watch, self.comparing, self.theme) = (terminal, watch, comparing, theme)
  }

  /// Shows the list until the user leaves it.
  func run(_ state: inout RunListState) -> End {
    state.size = terminal.size
    state.take(watch.takeNews())
    var comparison: ComparisonState?
    var wanted: [String]?
    draw(state, comparison)
    var (lastFrame, due) = (clock.now, ContinuousClock.Instant?.none)
    while true {
      let event = terminal.nextEvent(until: due, takesWake: due == nil)
      switch event {
      case .signal(let signal): return .signal(signal)
      case .endOfInput: return .signal(.hangup)
      case .wake:
        takeNews(&state, &comparison)
        due = max(clock.now, lastFrame + RunsLoop.frameInterval)
      case .key, .mouse, .paste, .resize, .deadline:
        if comparison != nil, event != .deadline {
          if case .resize(let size) = event { state.size = size }
          if comparison?.update(event) == true { comparison = nil }
        } else if let end = perform(state.update(event)) {
          return end
        }
        due = clock.now
      }
      if state.wanted != wanted {
        wanted = state.wanted
        watch.want(state.wanted)
      }
      guard let time = due, time <= clock.now else { continue }
      // Keys that come faster than frames share one.
      if terminal.hasEvents, clock.now < lastFrame + RunsLoop.frameInterval { continue }
      draw(state, comparison)
      (lastFrame, due) = (clock.now, nil)
    }
  }

  private func takeNews(_ state: inout RunListState, _ comparison: inout ComparisonState?) {
    state.take(watch.takeNews())
    switch comparing.take() {
    case .compared(var compared)?:
      compared.size = terminal.size
      (comparison, state.isComparing) = (compared, false)
    case .failed(let sentence)?:
      state.isComparing = false
      state.report(sentence)
    case nil: break
    }
  }

  /// Carries out what the list asks for; returns why it is left, if it is.
  private func perform(_ effects: [RunListEffect]) -> End? {
    for effect in effects {
      switch effect {
      case .quit: return .quit
      case .open(let path, let isBeingWritten):
        comparing.cancel()
        return .open(path: path, isBeingWritten: isBeingWritten)
      case .compare(let left, let right): comparing.compare(left, right)
      case .cancelComparison: comparing.cancel()
      }
    }
    return nil
  }

  private func draw(_ state: RunListState, _ comparison: ComparisonState?) {
    var buffer = terminal.makeBuffer(themeNamed: theme)
    if let comparison { comparison.draw(into: &buffer) } else { state.draw(into: &buffer) }
    terminal.present(buffer)
  }
}
