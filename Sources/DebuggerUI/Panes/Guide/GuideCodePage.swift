import Lessons
import Localization
import Numbers
import TerminalUI
import Trace

/// The page with both programs: beside each other where there is room, otherwise one above the other.
struct GuideCodePage: Widget {
  private let state: DebuggerState
  private let code: GuideCode
  private let lit: [GuideCode.Side: GuideCode.Lit]

  init(_ state: DebuggerState) {
    self.state = state
    let code = state.guideCode
    self.code = code
    lit = Dictionary(uniqueKeysWithValues: GuideCode.Side.allCases.map { ($0, state.lit($0, in: code)) })
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    if state.description?.isScript == true, state.guideGraph?.nodes.isEmpty != false {
      let text = TextLine(localized("nothing has run yet"), .foreground(Accents.muted))
      return Paragraph([text]).draw(into: &buffer, area: area)
    }
    for (side, place) in places(in: area) {
      let isChosen = side == state.guide.side && state.pane == .guide
      let heading = TextLine(
        code.title(side), isChosen ? .foreground(Accents.focus).bold : .foreground(Accents.muted).bold)
      heading.draw(into: &buffer, area: place.row(0))
      let rows = place.inset(top: 1)
      drawLines(side, into: &buffer, rows)
    }
  }

  /// The line of a program that is drawn there on the screen; nil beside both.
  func line(atX x: Int, y: Int, in area: Rect) -> (side: GuideCode.Side, line: Int)? {
    for (side, place) in places(in: area) where place.contains(x: x, y: y) {
      let rows = place.inset(top: 1)
      let line = visible(side, height: rows.height).lowerBound + y - rows.y
      return y >= rows.y && code.lines(side).indices.contains(line) ? (side, line) : nil
    }
    return nil
  }

  /// From this width on both fit beside each other, and from this height on above each other.
  private static let (wide, high) = (108, 14)

  private func places(in area: Rect) -> [(GuideCode.Side, Rect)] {
    if area.width >= Self.wide {
      let columns = area.splitColumns([.fill(1), .fixed(2), .fill(1)])
      return [(.numpy, columns[0]), (.pytorch, columns[2])]
    }
    guard area.height >= Self.high else { return [(state.guide.side, area)] }
    let isNumPy = state.guide.side == .numpy
    let rows = area.splitRows([.fill(isNumPy ? 3 : 2), .fill(isNumPy ? 2 : 3)])
    return [(.numpy, rows[0]), (.pytorch, rows[1])]
  }

  /// The line that is kept in view: the one that the user chose, or the one that runs.
  private func center(_ side: GuideCode.Side) -> Int? {
    if side == state.guide.side, let line = state.guide.line { return line }
    return lit[side]?.line ?? lit[side]?.call ?? code.home(side)
  }

  private func visible(_ side: GuideCode.Side, height: Int) -> Range<Int> {
    let center = center(side)
    return ListWindow.visible(
      count: code.lines(side).count, height: height, selected: center, first: (center ?? 0) - height / 2)
  }

  private func drawLines(_ side: GuideCode.Side, into buffer: inout Buffer, _ area: Rect) {
    let lines = code.lines(side)
    let lit = lit[side] ?? GuideCode.Lit()
    let visible = visible(side, height: area.height)
    // Where one of the lines is too long, all of them are indented less, but still as code is.
    let steps = [4, 3, 2]
    let step =
      steps.first { step in
        lines[visible].allSatisfy { Self.indented($0.text, by: step).count + Self.gutter <= area.width }
      } ?? steps[steps.count - 1]
    for (row, place) in visible.enumerated() {
      let row = area.row(row)
      drawLine(lines[place], side, place, lit, step: step, into: &buffer, row)
      if place == lit.line { buffer.highlight(row) }
      if side == state.guide.side, place == state.guide.line, state.pane == .guide {
        buffer.restyle(row) { $0.attributes.insert(.underline) }
      }
    }
  }

  /// The columns of a line's number and its mark.
  private static let gutter = 5

  private func drawLine(
    _ line: GuideCode.Line, _ side: GuideCode.Side, _ place: Int, _ lit: GuideCode.Lit, step: Int,
    into buffer: inout Buffer, _ row: Rect
  ) {
    let muted = Style.foreground(Accents.muted)
    let mark =
      place == lit.line
      ? Span("▶", .foreground(Accents.warning).bold)
      : lit.others.contains(place)
        ? Span("▸", .foreground(Accents.warning))
        : place == lit.call ? Span("›", .foreground(Accents.focus)) : Span(" ")
    let style: Style =
      line.isComment
      ? muted : place == lit.line || lit.others.contains(place) || place == lit.call ? .bold : .plain
    let number = "\(code.firstNumber(side) + place)"
    let head = TextLine([
      Span(String(repeating: " ", count: max(0, 3 - number.count)) + number, muted), mark, Span(" "),
    ])
    let text = head + Self.colored(Self.indented(line.text, by: step), style)
    text.draw(into: &buffer, area: row)
  }

  /// The line with its remark in another colour.
  private static func colored(_ text: String, _ style: Style) -> TextLine {
    guard let place = text.firstIndex(of: "#"), !text[..<place].allSatisfy({ $0 == " " }) else {
      return TextLine(text, style)
    }
    return TextLine([
      Span(String(text[..<place]), style), Span(String(text[place...]), .foreground(Accents.muted)),
    ])
  }

  /// The line, indented by a number of columns for each of its levels.
  private static func indented(_ text: String, by step: Int) -> String {
    let indent = text.prefix { $0 == " " }.count
    return String(repeating: " ", count: indent * step / 4) + text.dropFirst(indent)
  }

  /// `by hand Z1[3,17] = −0.2041201, here −0.2041202, difference 1.0e−7`.
  static func comparison(_ cell: ByHand.Cell, width: Int) -> TextLine {
    let agrees = cell.difference <= 1e-5 * max(1, abs(cell.value))
    let color = agrees ? Accents.good : Accents.warning
    let difference = cell.difference == 0 ? "0" : NumberText.brief(cell.difference)
    let hand = localized("by hand \(cell.name) = \(NumberText.cell(cell.value))")
    let texts = [
      (hand, localized("  here \(NumberText.cell(cell.shown))"), localized("  difference \(difference)")),
      (hand, "", localized("  difference \(difference)")),
      ("\(cell.name) = \(NumberText.cell(cell.value))", "", "  ± \(difference)"),
    ]
    let lines = texts.map { hand, here, difference in
      TextLine([
        Span(hand, .foreground(Accents.good)), Span(here, .foreground(Accents.focus)),
        Span(difference, .foreground(color)),
      ])
    }
    return lines.first { $0.width <= width } ?? lines[2]
  }
}
