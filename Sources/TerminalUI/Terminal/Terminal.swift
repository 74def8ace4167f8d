/// A screen to draw on and a source of events; used from one thread only.
package protocol Terminal: AnyObject {
  /// The size of the screen now.
  var size: Size { get }
  /// How many colours the screen shows.
  var colorSupport: ColorSupport { get }
  /// Whether the screen shows more than ASCII.
  var isUnicode: Bool { get }

  /// Whether the screen is dark; nil where that is not known.
  var isDark: Bool? { get }
  /// What it cannot show, and why: sentences for the user.
  var remarks: [String] { get }

  /// Shows the buffer; only what differs from the last one is sent.
  func present(_ buffer: Buffer)

  /// Waits for the next event, until `deadline` at the latest; without one, for ever.
  ///
  /// With `takesWake` false a wake stays pending, so that a frame that is already due is not asked for
  /// again and again.
  func nextEvent(until deadline: ContinuousClock.Instant?, takesWake: Bool) -> TerminalEvent

  /// How long it took to show the last frame, where it takes them slowly; frames that nobody waits for keep off its line
  /// as long.
  var frameTime: Duration { get }

  /// Whether the next event is there already, as after keys that were typed at once.
  var hasEvents: Bool { get }

  /// Gives a text to the clipboard of the terminal, where that is possible.
  func copy(_ text: String)

  /// Has the terminal report the mouse; otherwise the terminal's own selection of text works.
  func reportMouse(_ isOn: Bool)
}

extension Terminal {
  /// By default, none is known to be.
  package var hasEvents: Bool { false }
  /// By default, frames take no time.
  package var frameTime: Duration { .zero }
  /// By default, that is not known.
  package var isDark: Bool? { nil }
  /// By default, there are none.
  package var remarks: [String] { [] }

  /// By default, there is no clipboard.
  package func copy(_ text: String) {}

  /// By default, there is no mouse.
  package func reportMouse(_ isOn: Bool) {}

  /// The theme that fits it: a dark one where nothing is known.
  package var usualTheme: Theme { .usual(isDark: isDark ?? true, colorSupport) }

  /// A blank buffer of the screen's size, in the theme of that name; nil for the one that fits the terminal.
  package func makeBuffer(themeNamed name: String?) -> Buffer {
    makeBuffer(name.flatMap { Theme.named($0, isDark: isDark ?? true) })
  }

  /// A blank buffer of the screen's size, in a theme; nil for the one that fits the terminal.
  package func makeBuffer(_ theme: Theme? = nil) -> Buffer {
    Buffer(
      size: size,
      capabilities: TerminalCapabilities(
        colorSupport: colorSupport, isUnicode: isUnicode, theme: theme ?? usualTheme))
  }
}
