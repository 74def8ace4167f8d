import TerminalUI
import Trace

/// A gradient beside a finite difference, and whether they agree.
package struct GradientCheckOverlay: Overlay {
  private let check: GradientCheck

  /// The answer to the request for a gradient check.
  package init(_ check: GradientCheck) { self.check = check }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    [.enter, .escape, .character("q")].contains(key) ? .closed : .ignored
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let verdict = GradientVerdict(check)
    let color = verdict.agrees ? Accents.good : Accents.bad
    let room = min(64, area.width - 6)
    let index = check.index.map(String.init).joined(separator: ",")
    let lines =
      [
        TextLine("\(check.parameter)[\(index)]", .bold), fact("backward", check.gradient),
        fact("finite difference", check.difference), fact("relative error", check.relativeError, digits: 2),
        TextLine(""),
      ]
      + TextLine("\(verdict.agrees ? "✓" : "✗") \(verdict.sentence)", .foreground(color).bold).wrapped(
        width: room)
      + TextLine(
        "The difference is (L(w + h) − L(w − h)) ÷ 2h with h = \(number(check.step, 2)), "
          + "on a copy in double precision.",
        .foreground(Accents.muted)
      ).wrapped(width: room)
      + [TextLine(""), KeyChoices.line([("esc", "close")])]
    MessageBox.draw(lines, title: "Gradient check", color: color, into: &buffer, area)
  }

  private func fact(_ name: String, _ value: Double, digits: Int = 8) -> TextLine {
    let padding = String(repeating: " ", count: 19 - name.count)
    return TextLine([Span(name + padding, .foreground(Accents.muted)), Span(number(value, digits))])
  }

  private func number(_ value: Double, _ digits: Int) -> String {
    NumberText.trimmed(NumberText.significant(value, digits: digits))
  }
}

/// Whether a gradient agrees with a finite difference, with the limit that was applied.
struct GradientVerdict: Equatable {
  /// Up to this relative error a gradient in single precision is right.
  static let relativeLimit = 1e-3
  /// Up to this difference they count as equal, however small they are.
  static let absoluteLimit = 1e-7

  let agrees: Bool
  let sentence: String

  init(_ check: GradientCheck) {
    let apart = abs(check.gradient - check.difference)
    guard apart.isFinite else {
      agrees = false
      sentence = "They cannot be compared: one of them is not finite."
      return
    }
    if check.relativeError <= GradientVerdict.relativeLimit {
      agrees = true
      sentence = "They agree: a relative error of up to 0.001 is rounding."
    } else if apart <= GradientVerdict.absoluteLimit {
      agrees = true
      sentence = "They agree: they differ by less than 1e−7."
    } else {
      agrees = false
      sentence =
        "They differ: a relative error above 0.001 is more than rounding. "
        + "The cause is a kink, such as that of relu at 0, or a wrong derivative."
    }
  }
}
