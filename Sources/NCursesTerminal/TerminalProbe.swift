import Glibc
import TerminalUI

/// What a terminal answers when it is asked for its background and for the width of a character.
///
/// An answer that comes late is taken from the keys all the same.
package struct TerminalProbe {
  /// Tells answers from keys.
  package var splitter = InputSplitter()
  /// What was typed meanwhile.
  package private(set) var typed: [InputSplitter.Part] = []
  /// The colour behind the text; nil where the terminal has not said it.
  package private(set) var background: Color?
  /// Whether a character of two bytes took one column; nil where the terminal has not said it.
  package private(set) var isUTF8: Bool?
  /// The column before the character was written.
  private var column: Int?

  /// A terminal that is not asked.
  package init() {}

  /// Whether the terminal has answered the last question.
  package var hasAnswered: Bool { wasAsked && !splitter.awaitsReplies }
  private var wasAsked = false

  /// Whether the background is dark; nil where the terminal has not said it.
  package var isDark: Bool? {
    // Black and white text have the same contrast here.
    background?.luminance.map { $0 < 0.179 }
  }

  /// **Units**: seconds. A terminal that answers nothing is not waited for longer.
  private static let patience = Duration.milliseconds(100)

  /// What is sent: where the cursor is, before and after a character of two bytes that is then removed; where it is
  /// understood, what the background is; and at last what kind of terminal it is, which every terminal answers.
  ///
  /// **Source**: ECMA-48 for CPR and EL; DEC STD 070 for DECSC, DECRC and DA1; xterm's control sequences for OSC 11.
  static func questions(asksBackground: Bool) -> String {
    "\u{1b}7\u{1b}[6n\u{e9}\u{1b}[6n\u{1b}8\u{1b}[K" + (asksBackground ? "\u{1b}]11;?\u{1b}\\" : "")
      + ControlSequences.askKind
  }

  /// Whether a terminal of that kind neither shows nor misreads a question for its background.
  static func understandsBackground(_ name: String) -> Bool {
    let families = [
      "xterm", "tmux", "screen", "rxvt", "foot", "kitty", "alacritty", "wezterm", "ghostty", "konsole",
      "gnome", "vte",
      "st-", "stterm", "contour", "mintty", "ms-terminal", "iterm", "putty", "nsterm",
    ]
    return name == "st" || families.contains { name.hasPrefix($0) }
  }

  /// Asks a terminal, and waits until it has answered, but not long.
  mutating func ask(_ device: TerminalDevice, name: String) {
    var mode = termios()
    guard tcgetattr(device.input, &mode) == 0 else { return }
    var raw = mode
    // Answers come without a line's end, and are not to be seen.
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(device.input, TCSANOW, &raw) == 0 else { return }
    defer { tcsetattr(device.input, TCSANOW, &mode) }
    let questions = Array(Self.questions(asksBackground: Self.understandsBackground(name)).utf8)
    guard device.write(questions[...]) == questions.count else { return }
    (splitter.awaitsReplies, wasAsked) = (true, true)
    let clock = ContinuousClock()
    let deadline = clock.now + Self.patience
    while splitter.awaitsReplies, clock.now < deadline {
      var state = pollfd(fd: device.input, events: Int16(POLLIN), revents: 0)
      let left = (deadline - clock.now) / .milliseconds(1)
      guard poll(&state, 1, max(1, Int32(left))) > 0, state.revents & Int16(POLLIN) != 0 else { continue }
      take(device.read())
    }
  }

  /// Takes what has come from the terminal: its answers, and what was typed.
  mutating func take(_ bytes: [UInt8]) {
    for part in splitter.parts(bytes) {
      if case .reply(let reply) = part { take(reply: reply) } else { typed.append(part) }
    }
  }

  /// Takes one answer.
  package mutating func take(reply: [UInt8]) {
    let text = String(decoding: reply, as: UTF8.self)
    if text.hasPrefix("\u{1b}]11;") {
      background = Self.color(text.dropFirst(5)) ?? background
    } else if text.hasSuffix("R"), let column = Int(text.dropLast().split(separator: ";").last ?? "") {
      if let start = self.column { isUTF8 = column - start == 1 }
      self.column = column
    }
  }

  /// The colour in an answer: `rgb:` and three numbers with one to four hexadecimal digits each.
  private static func color(_ text: Substring) -> Color? {
    guard let start = text.firstIndex(of: ":") else { return nil }
    let digits = text[text.index(after: start)...].prefix { $0.isHexDigit || $0 == "/" }
    let parts = digits.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts.allSatisfy({ (1...4).contains($0.count) }) else { return nil }
    let channels = parts.prefix(3).compactMap { part in
      UInt32(part, radix: 16).map { UInt8($0 * 255 / ((1 << (4 * UInt32(part.count))) - 1)) }
    }
    guard channels.count == 3 else { return nil }
    return .rgb(channels[0], channels[1], channels[2])
  }
}
