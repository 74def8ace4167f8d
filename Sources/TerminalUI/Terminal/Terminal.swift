/// A screen to draw on and a source of events; used from one thread only.
package protocol Terminal: AnyObject {
  /// The size of the screen now.
  var size: Size { get }
  /// How many colours the screen shows.
  var colorSupport: ColorSupport { get }
  /// Whether the screen shows more than ASCII.
  var isUnicode: Bool { get }

  /// Shows the buffer; only what differs from the last one is sent.
  func present(_ buffer: Buffer)

  /// Waits for the next event, until `deadline` at the latest; without one, for ever.
  ///
  /// With `takesWake` false a wake stays pending, so that a frame that is already due is not asked for
  /// again and again.
  func nextEvent(until deadline: ContinuousClock.Instant?, takesWake: Bool) -> TerminalEvent

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

  /// By default, there is no clipboard.
  package func copy(_ text: String) {}

  /// By default, there is no mouse.
  package func reportMouse(_ isOn: Bool) {}

  /// What the screen can show.
  package var capabilities: TerminalCapabilities {
    TerminalCapabilities(colorSupport: colorSupport, isUnicode: isUnicode)
  }

  /// A blank buffer of the screen's size.
  package func makeBuffer() -> Buffer { Buffer(size: size, capabilities: capabilities) }
}
