import CNCurses
import CTerminalGuard
import Localization
import SystemCalls
import TerminalUI

/// An open ncurses screen. Every call is made by the thread that opened it.
final class CursesScreen {
  let colorSupport: ColorSupport
  let pairs: ColorPairs
  /// Whether the screen shows more than ASCII.
  let isUnicode: Bool
  /// What the terminal cannot show, and why: sentences for the user.
  let remarks: [String]
  /// What the terminal has answered.
  let probe: TerminalProbe
  private let device: TerminalDevice
  private let streams: CursesStreams
  /// What the terminal has not taken yet.
  private var unsent: ArraySlice<UInt8> = []
  private let handle: UnsafeMutableRawPointer
  private let pad: UnsafeMutableRawPointer
  private let usesMouse: Bool
  /// Whether ncurses writes marks in place of colours.
  private let usesColorMarks: Bool
  private var reportsMouse = true
  private(set) var isOpen = true

  /// Opens the screen, and makes sure that a crash leaves the terminal as it is now.
  init(_ options: NCursesTerminal.Options) throws(TerminalError) {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
    let (name, description, remark) = try TerminalDescription.find(
      options.environment, descriptor: options.output)
    guard let device = TerminalDevice(input: options.input, output: options.output) else {
      throw .system(localized("the terminal cannot be opened a second time"))
    }
    guard let streams = CursesStreams(terminal: device.output) else {
      device.close()
      throw .system(localized("no descriptor is left"))
    }
    guard terminal_guard_arm(device.output) == 0 else {
      device.close()
      throw .system(localized("another screen is open, or the terminal has no modes"))
    }
    var probe = TerminalProbe()
    // The fonts of the Linux console have no braille and no round corners.
    let isConsole = name == "linux"
    if options.asksTerminal, !isConsole, description.isANSI { probe.ask(device, name: name) }
    let locale = TerminalLocale.choose(options.environment, isUTF8: probe.isUTF8)
    isUnicode = locale.isUTF8 && !options.isASCIIOnly && !isConsole
    remarks = [remark, options.isASCIIOnly || isConsole ? nil : locale.remark].compactMap(\.self)
    self.probe = probe
    var support = ColorChoice.support(colors: description.colors, environment: options.environment)
    let opened = Self.open(name, description, options.environment, streams, &support)
    guard let opened, let pad = shim_open_input() else {
      terminal_guard_disarm()
      device.close()
      throw .unknown(name)
    }
    terminal_guard_hold_output()
    if support != .none, start_color() != OK || use_default_colors() != OK { support = .none }
    shim_keep_palette()
    self.device = device
    self.streams = streams
    self.pad = pad
    handle = opened
    colorSupport = support
    usesMouse = TerminalDescription.sequence("kmous") != nil
    usesColorMarks = TerminalDescription.sequence("scp") == "\u{1b}" + ColorMarks.description
    pairs = ColorPairs(
      support: support, hasBright: shim_color_count() >= 16 && description.colors < ColorChoice.directColors,
      pairCount: Int(shim_pair_count()))
    prepareInput()
    prepareReset()
    shim_prepare_window()
    curs_set(0)
  }

  deinit { close() }

  /// The descriptor that is readable when there are keys.
  var input: Int32 { device.input }

  /// The descriptor that is writable when the terminal takes more.
  var output: Int32 { device.output }

  /// Whether the terminal has not taken everything yet; nothing more is drawn until then.
  var isBehind: Bool { !unsent.isEmpty }

  /// The size of the terminal, as it reports it, or else as ncurses believes it to be.
  var size: Size {
    var (columns, rows) = (shim_columns(), shim_lines())
    _ = terminal_guard_size(device.output, &columns, &rows)
    return Size(width: Int(columns), height: Int(rows))
  }

  /// Tells ncurses the size of the terminal.
  func adoptSize() {
    let size = size
    resizeterm(Int32(size.height), Int32(size.width))
  }

  /// Sends to the terminal what ncurses was given since the last time, and behind it a question that it answers once it
  /// has shown that.
  func refresh(asks: Bool = false) {
    if usesMouse { send(ControlSequences.updateBegins) }
    _ = shim_refresh()
    send(takeOutput())
    if usesMouse { send(ControlSequences.updateEnds) }
    if asks { send(ControlSequences.askKind) }
  }

  /// What ncurses has written since the last time, as the terminal gets it.
  private func takeOutput() -> [UInt8] {
    let bytes = streams.takeOutput()
    guard usesColorMarks else { return bytes }
    return ColorMarks.replaced(in: bytes) { pair in
      var (foreground, background): (Int32, Int32) = (-1, -1)
      extended_pair_content(pair, &foreground, &background)
      return (foreground, background)
    }
  }

  /// Sends as much as the terminal takes of what it has not taken yet.
  func send() { unsent = unsent.dropFirst(device.write(unsent)) }

  private func send(_ bytes: some Sequence<UInt8>) {
    unsent += bytes
    send()
  }

  private func send(_ text: String) { send(text.utf8) }

  /// Turns on what ncurses does not; after the first refresh, and after each return to the screen.
  func begin() {
    if usesMouse { send(reportsMouse ? ControlSequences.begin : ControlSequences.pasteBegins) }
  }

  /// Has the terminal report the mouse, or leaves the mouse to it.
  func reportMouse(_ isOn: Bool) {
    guard usesMouse, isOn != reportsMouse else { return }
    reportsMouse = isOn
    mousemask(isOn ? Self.mouseEvents : 0, nil)
    send(takeOutput())
    send(isOn ? ControlSequences.mouseBegins : ControlSequences.mouseEnds)
  }

  /// Sends what is not drawn, such as a text for the clipboard.
  func send(sequence: String) { send(sequence) }

  /// What has been typed since the last time, or the first part of it.
  func readBytes() -> [UInt8] { device.read() }

  /// Forgets what has been typed and not read yet.
  func forgetInput() { tcflush(device.input, TCIFLUSH) }

  /// The keys that send those bytes.
  func keys(_ bytes: [UInt8]) -> [KeyDecoder.Input] {
    if bytes.allSatisfy({ (0x20..<0x7f).contains($0) }) {
      return bytes.map { .character(Unicode.Scalar($0)) }
    }
    var inputs: [KeyDecoder.Input] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = streams.type(rest)
      rest = rest.dropFirst(count)
      inputs += readKeys()
      // Bytes that are no character end a reading early.
      while streams.hasKeys { inputs += readKeys() }
      guard count > 0 else { break }
    }
    return inputs
  }

  private func readKeys() -> [KeyDecoder.Input] {
    var inputs: [KeyDecoder.Input] = []
    var key: wint_t = 0
    while true {
      switch shim_read_key(pad, &key) {
      case OK:
        if let scalar = Unicode.Scalar(key) { inputs.append(.character(scalar)) }
      case KEY_CODE_YES where key == wint_t(KEY_MOUSE):
        var event = MEVENT()
        guard getmouse(&event) == OK else { continue }
        inputs.append(.mouse(event.bstate, x: Int(event.x), y: Int(event.y)))
      case KEY_CODE_YES where key != wint_t(KEY_RESIZE):
        inputs.append(.key(Int32(bitPattern: key)))
      case KEY_CODE_YES:
        continue
      default:
        return inputs
      }
    }
  }

  /// ncurses' name of a key.
  func name(_ key: Int32) -> String? { keyname(key).map { String(cString: $0) } }

  /// Gives the screen to the shell until the user comes back.
  func suspend() {
    leave()
    terminal_guard_stop()
    resume()
  }

  /// Takes the screen back.
  func resume() {
    terminal_guard_set_screen_mode()
    adoptSize()
    shim_redraw_all()
    refresh()
    // ncurses sends it only together with the mode.
    if let keypad = TerminalDescription.sequence("smkx") { send(ControlSequences.withoutPadding(keypad)) }
    begin()
  }

  /// Leaves the terminal as it was found. A second call has no effect.
  func close() {
    guard isOpen else { return }
    isOpen = false
    shim_free_input(pad)
    leave()
    shim_free_screen(handle)
    terminal_guard_release_output()
    terminal_guard_disarm()
    device.close()
  }

  /// Brings the terminal back as it was, and does not wait for one that takes nothing.
  private func leave() {
    let wasBehind = isBehind
    if usesMouse { send(ControlSequences.end) }
    endwin()
    send(takeOutput())
    if wasBehind || isBehind { terminal_guard_reset() }
    unsent = []
    terminal_guard_restore_mode()
  }

  private func prepareInput() {
    cbreak()
    noecho()
    nonl()
    terminal_guard_disable_flow_control(device.output)
    def_prog_mode()
    terminal_guard_keep_screen_mode()
    streams.redirect()
    // A sequence is there whole, or it is none.
    set_escdelay(0)
    for (sequence, key) in Self.sequences { define_key(sequence, key) }
    guard usesMouse else { return }
    mouseinterval(0)
    mousemask(Self.mouseEvents, nil)
  }

  /// What the terminal reports of the mouse.
  private static let mouseEvents =
    SHIM_LEFT_PRESSED | SHIM_LEFT_RELEASED | SHIM_LEFT_CLICKED | SHIM_RIGHT_PRESSED | SHIM_RIGHT_CLICKED
    | SHIM_WHEEL_UP | SHIM_WHEEL_DOWN | SHIM_MOVED

  private func prepareReset() {
    let capabilities = ["sgr0", "op", "rmcup", "cnorm"].compactMap(TerminalDescription.sequence)
    var reset = ControlSequences.reset(capabilities: capabilities, usesMouse: usesMouse)
    reset.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { terminal_guard_set_reset($0.baseAddress, $0.count) }
    }
  }

  /// Sequences that some terminals send and their description does not name.
  private static let sequences: [(String, Int32)] = [
    ("\u{1b}[H", KEY_HOME), ("\u{1b}OH", KEY_HOME), ("\u{1b}[1~", KEY_HOME), ("\u{1b}[7~", KEY_HOME),
    ("\u{1b}[F", KEY_END), ("\u{1b}OF", KEY_END), ("\u{1b}[4~", KEY_END), ("\u{1b}[8~", KEY_END),
    ("\u{1b}[5~", KEY_PPAGE), ("\u{1b}[6~", KEY_NPAGE), ("\u{1b}[3~", KEY_DC), ("\u{1b}[2~", KEY_IC),
    ("\u{1b}[A", KEY_UP), ("\u{1b}OA", KEY_UP), ("\u{1b}[B", KEY_DOWN), ("\u{1b}OB", KEY_DOWN),
    ("\u{1b}[C", KEY_RIGHT), ("\u{1b}OC", KEY_RIGHT), ("\u{1b}[D", KEY_LEFT), ("\u{1b}OD", KEY_LEFT),
    ("\u{1b}[Z", KEY_BTAB),
  ]

  /// Opens the terminal, in true colour if that is wanted and possible.
  private static func open(
    _ name: String, _ description: TerminalDescription, _ environment: [String: String],
    _ streams: CursesStreams, _ support: inout ColorSupport
  ) -> UnsafeMutableRawPointer? {
    // The size comes from the terminal: LINES and COLUMNS would override it, also after a resize.
    use_env(false)
    use_tioctl(true)
    if support == .trueColor, description.colors < ColorChoice.directColors {
      if let handle = openDirect(name, environment, streams) { return handle }
      var poorer = environment
      poorer["COLORTERM"] = nil
      support = ColorChoice.support(colors: description.colors, environment: poorer)
    }
    return shim_open_screen(name, streams.output, streams.input)
  }

  private static func openDirect(
    _ name: String, _ environment: [String: String], _ streams: CursesStreams
  ) -> UnsafeMutableRawPointer? {
    let temporaryFolder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    guard let entry = DirectColorEntry(base: name, temporaryFolder: temporaryFolder) else { return nil }
    // Changed only while ncurses reads the description.
    let folders = getenv("TERMINFO_DIRS").map { String(cString: $0) }
    setenv("TERMINFO_DIRS", "\(entry.folder):\(folders ?? "")", 1)
    defer {
      if let folders { setenv("TERMINFO_DIRS", folders, 1) } else { unsetenv("TERMINFO_DIRS") }
      entry.remove()
    }
    return shim_open_screen(DirectColorEntry.name, streams.output, streams.input)
  }
}
