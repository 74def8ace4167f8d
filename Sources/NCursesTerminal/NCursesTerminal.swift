import CNCurses
import CTerminalGuard
import Glibc
import Localization
import TerminalUI

/// The user's terminal, through ncurses.
///
/// Owned by one thread: it must be opened, used and closed there. While it is open, what the program
/// writes to standard output and error is held back; it appears when the terminal is closed.
package final class NCursesTerminal: Terminal {
  /// What the caller may decide.
  package struct Options: Sendable {
    /// The environment: `TERM`, `COLORTERM`, `NO_COLOR` and `TMPDIR` are read.
    package var environment: [String: String]
    /// Whether to draw with ASCII only, even where the locale has Unicode.
    package var isASCIIOnly: Bool
    /// Where keys come from.
    package var input: Int32
    /// Where the screen is drawn.
    package var output: Int32

    /// By default, the standard input and output.
    package init(
      environment: [String: String], isASCIIOnly: Bool = false, input: Int32 = STDIN_FILENO,
      output: Int32 = STDOUT_FILENO
    ) {
      self.environment = environment
      self.isASCIIOnly = isASCIIOnly
      self.input = input
      self.output = output
    }
  }

  /// The size of the screen now.
  package private(set) var size: Size
  /// How many colours the screen shows.
  package var colorSupport: ColorSupport { screen.colorSupport }
  /// Whether the screen shows more than ASCII.
  package let isUnicode: Bool
  /// What the training side wakes this terminal with.
  package let waker: Waker
  /// How long the last frame took that changed anything: a slow terminal should be given fewer.
  package private(set) var frameCost: Duration = .zero

  private let screen: CursesScreen
  private let signals: Int32
  private var painter: FramePainter
  private var decoder = KeyDecoder()
  private var pending: ArraySlice<TerminalEvent> = []
  private var lastFrame: Buffer?
  private let clock = ContinuousClock()

  /// Blocks the signals that the terminal reads as events.
  ///
  /// To be called first of all in the program, before any other thread exists: a thread inherits the mask of the one that starts it.
  package static func blockSignals() { terminal_guard_block_signals() }

  /// Lets the blocked signals through again in the calling thread, after the terminal is closed.
  package static func unblockSignals() { terminal_guard_unblock_signals() }

  /// Makes a stack overflow in the calling thread leave the terminal clean too.
  ///
  /// To be called in a thread that runs what the user wrote.
  package static func coverThread() { terminal_guard_cover_thread() }

  /// Opens the screen.
  ///
  /// - Throws: `TerminalError` if there is no terminal, or if it cannot show a screen.
  package init(_ options: Options) throws(TerminalError) {
    setlocale(LC_CTYPE, "")
    // The fonts of the Linux console have no braille and no round corners.
    let isConsole = options.environment["TERM"] == "linux"
    isUnicode =
      !options.isASCIIOnly && !isConsole && String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    guard let waker = Waker() else { throw .system(localized("no descriptor is left")) }
    self.waker = waker
    screen = try CursesScreen(options)
    painter = FramePainter(pairs: screen.pairs)
    signals = terminal_guard_open_signals()
    screen.adoptSize()
    size = screen.size
    screen.refresh()
    screen.begin()
  }

  deinit { close() }

  /// Leaves the terminal as it was found, and shows what was held back.
  ///
  /// A second call has no effect.
  package func close() { screen.close() }

  /// Shows the buffer; only rows that differ from the last frame are sent.
  package func present(_ buffer: Buffer) {
    let start = clock.now
    lastFrame = buffer
    guard painter.paint(buffer, size: size) > 0 else { return }
    screen.refresh()
    frameCost = clock.now - start
  }

  /// Waits for the next event, until `deadline` at the latest; without one, for ever.
  ///
  /// With `takesWake` false a wake stays pending.
  package func nextEvent(
    until deadline: ContinuousClock.Instant?, takesWake: Bool = true
  ) -> TerminalEvent {
    while true {
      if !pending.isEmpty {
        // A signal does not wait behind what was typed.
        takeSignals()
        return pending.removeFirst()
      }
      var descriptors = [screen.input, signals, waker.number].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      poll(&descriptors, takesWake ? 3 : 2, milliseconds(until: deadline))
      if descriptors[1].revents != 0 { takeSignals() }
      if descriptors[0].revents != 0 { takeInput() }
      guard pending.isEmpty else { continue }
      if descriptors[2].revents != 0 {
        waker.clear()
        return .wake
      }
      if let deadline, clock.now >= deadline { return .deadline }
    }
  }

  package var hasEvents: Bool { !pending.isEmpty }

  /// Rounded up, so that the wait is not over before the deadline.
  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = deadline - clock.now
    guard left > .zero else { return 0 }
    return Int32(clamping: Int((left / .milliseconds(1)).rounded(.up)))
  }

  private func takeInput() {
    // Readable with nothing to read: the other side is gone.
    let isOver = terminal_guard_readable(screen.input) <= 0
    let inputs = screen.read()
    pending += decoder.events(inputs) { screen.name($0) }
    if isOver, inputs.isEmpty { pending.append(.endOfInput) }
  }

  private func takeSignals() {
    var isResized = false
    while true {
      switch terminal_guard_next_signal(signals) {
      case SIGWINCH: isResized = true
      case SIGTSTP:
        screen.suspend()
        restoreFrame()
      case SIGCONT:
        screen.resume()
        restoreFrame()
      case SIGINT: pending.insert(.signal(.interrupt), at: pending.startIndex)
      case SIGTERM: pending.insert(.signal(.terminate), at: pending.startIndex)
      case SIGHUP: pending.insert(.signal(.hangup), at: pending.startIndex)
      case SIGQUIT: pending.insert(.signal(.quit), at: pending.startIndex)
      default:
        if isResized { takeSize() }
        return
      }
    }
  }

  private func takeSize() {
    guard screen.size != size else { return }
    screen.adoptSize()
    size = screen.size
    painter.forget()
    pending.append(.resize(size))
  }

  /// Draws what the shell has overwritten.
  private func restoreFrame() {
    painter.forget()
    takeSize()
    if let lastFrame { present(lastFrame) }
  }
}
