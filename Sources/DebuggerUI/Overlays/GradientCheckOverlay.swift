import Localization
import Numbers
import TerminalUI
import Trace

/// Gradients beside finite differences, cell by cell, and what they show.
package struct GradientCheckOverlay: Overlay {
  private let check: GradientCheck

  /// The answer to the request for a gradient check.
  package init(_ check: GradientCheck) { self.check = check }

  package mutating func press(_ key: Key, _ state: inout DebuggerState) -> OverlayAnswer {
    [.enter, .escape, .character("q")].contains(key) ? .closed : .ignored
  }

  package func draw(_ state: DebuggerState, into buffer: inout Buffer, area: Rect) {
    let (mark, color) = check.judgement.look
    let room = min(72, area.width - 6)
    let lines =
      [TextLine(check.parameter, .bold)] + table + [TextLine("")]
      + TextLine("\(mark) \(check.conclusion)", .foreground(color).bold).wrapped(width: room)
      + TextLine(
        localized(
          "The difference is (L(w + h) − L(w − h)) ÷ 2h, on a copy in double precision, with h = 1e−5 × max(1, |w|)."
        ),
        .foreground(Accents.muted)
      ).wrapped(width: room)
      + [TextLine(""), KeyChoices.line([(localized("esc"), localized("close"))])]
    MessageBox.draw(lines, title: localized("Gradient check"), color: color, into: &buffer, area)
  }

  /// A header, and a line for each cell.
  private var table: [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let names = check.cells.map { "[\($0.index.map(String.init).joined(separator: ","))]" }
    let width = max(6, names.map(\.count).max() ?? 0)
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let header = TextLine(
      padded(localized("cell"), width) + "  " + padded(localized("backward"), 14)
        + padded(localized("difference"), 14) + localized("relative error"),
      muted)
    return [header]
      + zip(names, check.cells).enumerated().map { place, row in
        let (name, cell) = row
        let (mark, color) = cell.judgement.look
        return TextLine([
          Span(padded(name, width) + "  ", .bold),
          Span(padded(number(cell.gradient, 7), 14) + padded(number(cell.difference, 7), 14)),
          Span(padded(number(cell.relativeError, 2), 9)), Span(mark, .foreground(color).bold),
          Span(place == 0 ? " " + localized("chosen") : "", muted),
        ])
      }
  }

  private func number(_ value: Double, _ digits: Int) -> String {
    NumberText.trimmed(NumberText.significant(value, digits: digits))
  }
}

extension GradientComparison.Judgement {
  /// A mark and its colour for what a comparison shows.
  var look: (mark: String, color: Color) {
    switch self {
    case .agrees: ("✓", Accents.good)
    case .differs, .isNotFinite: ("✗", Accents.bad)
    case .provesNothing: ("?", Accents.warning)
    }
  }
}
