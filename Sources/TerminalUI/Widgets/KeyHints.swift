/// One line that says which keys do what.
package struct KeyHints: Widget {
  /// A key and what it does.
  package struct Hint: Hashable, Sendable {
    /// The key as the user knows it: `space`, `.`, `F1`.
    package let key: String
    /// What it does, in a word or two.
    package let action: String

    /// Whether the key does nothing now.
    package let isDim: Bool

    /// The key that a click on it presses; nil for none.
    package let press: Key?

    /// A hint for one key or one pair of keys.
    package init(_ key: String, _ action: String, isDim: Bool = false, press: Key? = nil) {
      self.key = key
      self.action = action
      self.isDim = isDim
      self.press = press
    }
  }

  /// The hints, the most important first; those at the end are left out where there is no room.
  package var hints: [Hint]
  /// How keys look.
  package var keyStyle: Style
  /// How actions look.
  package var actionStyle: Style

  /// A line of these hints, the most important first.
  package init(
    _ hints: [Hint], keyStyle: Style = .foreground(Accents.focus).bold,
    actionStyle: Style = .foreground(Accents.muted)
  ) {
    self.hints = hints
    self.keyStyle = keyStyle
    self.actionStyle = actionStyle
  }

  /// Draws as many hints, from the first on, as fit in the area's first row.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    var x = area.x
    for hint in hints {
      let width = hint.key.count + 1 + hint.action.count
      let gap = x == area.x ? 0 : 2
      guard x + gap + width <= area.maxX else { return }
      if let press = hint.press {
        buffer.add(.key(press), Rect(x: x + gap, y: area.y, width: width, height: 1))
      }
      let style = hint.isDim ? actionStyle.dim : actionStyle
      x = buffer.draw(hint.key, x: x + gap, y: area.y, style: hint.isDim ? style : keyStyle)
      x = buffer.draw(hint.action, x: x + 1, y: area.y, style: style)
    }
  }
}
