import Localization
import TerminalUI

/// The first thing that somebody sees: which keys to begin with. The first key closes it, and does what it does.
package struct WelcomeBox: Overlay {
  /// The box.
  package init() {}

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    key == .escape ? .closed : .passed
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let choices = [
      (localized("space"), localized("train, and pause")),
      (".", localized("run the next node, and look at it")),
      ("8", localized("the guide: the same in NumPy and in PyTorch")),
      (":learn", localized("the course, in eleven small steps")),
      ("?", localized("all keys, commands and signs")),
    ]
    let lines =
      [TextLine(localized("A network waits at its first node.")), TextLine("")]
      + choices.map { key, answer in
        TextLine([
          Span(key + String(repeating: " ", count: 8 - key.count), .foreground(Accents.focus).bold),
          Span(answer),
        ])
      }
    MessageBox.draw(lines, title: "Tapedeck", color: Accents.focus, into: &buffer, area)
  }
}
