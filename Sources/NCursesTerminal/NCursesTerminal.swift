import CNCurses
import CTerminalGuard
import Localization
import SystemCalls
import TerminalUI

/// The user's terminal, through ncurses.
///
/// Owned by one thread: it must be opened, used and closed there. While it is open, what the program
/// writes to standard output and error is held back; it appears when the terminal is closed.
package final class NCursesTerminal: Terminal {
  /// The size of the screen now.
  package private(set) var size: Size
  /// How many colours the screen shows.
  package var colorSupport: ColorSupport { screen.colorSupport }
  /// Whether the screen shows more than ASCII.
  package var isUnicode: Bool { screen.isUnicode }
  /// Whether the screen is dark, as the terminal or its environment says; nil where neither does.
  package var isDark: Bool? { probe.isDark ?? assumedDark }
  /// What the terminal cannot show, and why: sentences for the user.
  package var remarks: [String] { screen.remarks }
  /// What the training side wakes this terminal with.
  package let waker: Waker

  private let screen: CursesScreen
  private let clipboard: ClipboardSequence
  private let signals: Int32
  private var painter: FramePainter
  private var splitter: InputSplitter
  private var probe: TerminalProbe
  private let assumedDark: Bool?
  private var decoder = KeyDecoder()
  private var unmarked = UnmarkedPaste()
  private var lastInput: ContinuousClock.Instant
  /// When a control string began that has not ended; nil outside of one.
  private var stringBegan: ContinuousClock.Instant?
  private var pending: ArraySlice<TerminalEvent> = []
  private var lastFrame: Buffer?
  private var pacing: FramePacing
  /// Whether the last frame has not been drawn, because the terminal has not taken or not shown those before.
  private var isFrameOwed = false
  private let clock = ContinuousClock()

  /// How long answers are waited for on the way out.
  private static let patience = Duration.milliseconds(500)

  /// How long the end of a control string is waited for: what is typed meanwhile is taken for a part of it.
  private static let stringPatience = Duration.seconds(2)

  /// So many events wait at most, but for those that were read with the last of them.
  private static let mostPending = 1 << 18

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
  /// - Throws: `TerminalError` if there is no terminal, or if it cannot move its cursor.
  package init(_ options: Options) throws(TerminalError) {
    guard let waker = Waker() else { throw .system(localized("no descriptor is left")) }
    self.waker = waker
    clipboard = ClipboardSequence(environment: options.environment)
    lastInput = clock.now
    assumedDark = ColorChoice.isDark(options.environment)
    screen = try CursesScreen(options)
    probe = screen.probe
    splitter = probe.splitter
    // What answers for a terminal over a network, as tmux does, is near.
    let isRemote = options.environment["SSH_CONNECTION"] != nil && options.environment["TMUX"] == nil
    pacing = FramePacing(asks: isRemote && probe.hasAnswered)
    painter = FramePainter(pairs: screen.pairs)
    signals = terminal_guard_open_signals()
    screen.adoptSize()
    size = screen.size
    screen.refresh()
    screen.begin()
    probe.typed.forEach(take)
  }

  deinit { close() }

  /// Leaves the terminal as it was found, and shows what was held back.
  ///
  /// A second call has no effect.
  package func close() {
    awaitAnswers()
    screen.close()
  }

  package var frameTime: Duration { pacing.frameTime }

  /// Waits for the terminal's answers, but not long: the shell is not to read them as a command.
  private func awaitAnswers() {
    guard screen.isOpen else { return }
    let deadline = clock.now + Self.patience
    while pacing.isAsking, clock.now < deadline {
      var state = pollfd(fd: screen.input, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, milliseconds(until: deadline)) > 0, takeTyped() else { break }
    }
    if splitter.awaitsReplies { screen.forgetInput() }
  }

  /// Gives a text to the clipboard of the terminal, through tmux or screen where these are between.
  package func copy(_ text: String) { screen.send(sequence: clipboard.copying(text)) }

  /// Has the terminal report the mouse; otherwise the terminal's own selection of text works.
  package func reportMouse(_ isOn: Bool) { screen.reportMouse(isOn) }

  /// Shows the buffer; only rows that differ from the last frame are sent.
  ///
  /// A terminal that has not taken the last frame yet is given only the newest one after it.
  package func present(_ buffer: Buffer) {
    lastFrame = buffer
    drawLastFrame()
  }

  private func drawLastFrame() {
    isFrameOwed = screen.isBehind || !pacing.isOpen(at: clock.now)
    guard !isFrameOwed, let lastFrame, painter.paint(lastFrame, size: size) > 0 else { return }
    pacing.send(at: clock.now)
    screen.refresh(asks: pacing.asks)
    if !screen.isBehind { pacing.taken(at: clock.now) }
  }

  /// Waits for the next event, until `deadline` at the latest; without one, for ever.
  ///
  /// With `takesWake` false a wake stays pending.
  package func nextEvent(
    until deadline: ContinuousClock.Instant?, takesWake: Bool = true
  ) -> TerminalEvent {
    while true {
      if !pending.isEmpty {
        // Control-C does not wait behind what was typed, and makes it void. The terminal hands it on only once it has
        // room for it.
        if pending.count < Self.mostPending { takeTyped() }
        takeSignals()
        if let event = pending.popFirst() { return event }
      }
      let inputDeadline = [
        splitter.patience.map { lastInput + $0 }, stringBegan.map { $0 + Self.stringPatience },
      ].compactMap(\.self).min()
      let frameDeadline = isFrameOwed && !screen.isBehind ? pacing.deadline : nil
      let next = [deadline, inputDeadline, frameDeadline].compactMap(\.self).min()
      // A negative number is no descriptor.
      var descriptors = [
        pollfd(fd: screen.input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: screen.isBehind ? screen.output : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: takesWake ? waker.number : -1, events: Int16(POLLIN), revents: 0),
      ]
      poll(&descriptors, nfds_t(descriptors.count), milliseconds(until: next))
      if descriptors[1].revents != 0 { takeSignals() }
      if descriptors[0].revents != 0 {
        takeInput(isOver: descriptors[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0)
      } else if let inputDeadline, clock.now >= inputDeadline {
        takeRest()
      }
      if descriptors[2].revents != 0 {
        screen.send()
        if !screen.isBehind { pacing.taken(at: clock.now) }
      }
      if isFrameOwed, !screen.isBehind { drawLastFrame() }
      guard pending.isEmpty else { continue }
      if descriptors[3].revents != 0 {
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

  /// Takes what was typed; `isOver` says that the other side is gone.
  private func takeInput(isOver: Bool) {
    guard !takeTyped(), isOver else { return }
    takeRest()
    pending.append(.endOfInput)
  }

  /// Takes what was typed; returns whether anything was.
  @discardableResult
  private func takeTyped() -> Bool {
    let bytes = screen.readBytes()
    guard !bytes.isEmpty else { return false }
    lastInput = clock.now
    if let stringBegan, lastInput >= stringBegan + Self.stringPatience { takeRest() }
    for part in splitter.parts(bytes) {
      if case .keys(let keys) = part { take(unmarked.part(keys, at: lastInput)) } else { take(part) }
    }
    stringBegan = splitter.isInString ? stringBegan ?? lastInput : nil
    return true
  }

  /// Takes what has begun as it is: its end is not waited for any longer.
  private func takeRest() {
    take(splitter.rest())
    stringBegan = nil
  }

  private func take(_ part: InputSplitter.Part?) {
    switch part {
    case .keys(let bytes): pending += decoder.events(screen.keys(bytes)) { screen.name($0) }
    case .paste(let text): pending.append(.paste(text))
    case .reply(let bytes) where pacing.asks && TerminalReply.isLast(bytes[...]):
      pacing.answer(at: clock.now)
    case .reply(let bytes):
      let before = probe.isDark
      probe.take(reply: bytes)
      // A late answer may change the colours.
      if probe.isDark != before, pending.last != .resize(size) { pending.append(.resize(size)) }
    case nil: break
    }
  }

  private func takeSignals() {
    var isResized = false
    while true {
      switch terminal_guard_next_signal(signals) {
      case 0:
        if isResized { takeSize() }
        return
      case SIGWINCH: isResized = true
      case SIGTSTP:
        forgetInput()
        awaitAnswers()
        screen.suspend()
        restoreFrame()
      case SIGCONT:
        screen.resume()
        restoreFrame()
      case let number:
        if number == SIGINT || number == SIGQUIT { forgetInput() }
        pending.insert(.signal(TerminalEvent.Signal(number: number)), at: pending.startIndex)
      }
    }
  }

  /// Forgets what was typed before the key that the terminal turned into a signal, as the terminal does itself.
  private func forgetInput() {
    splitter.cut()
    stringBegan = nil
    pending.removeAll {
      switch $0 {
      case .key, .mouse, .paste: true
      default: false
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
    drawLastFrame()
  }
}
