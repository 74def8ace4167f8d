import Localization
import Numbers
import TerminalUI
import Trace

/// The arithmetic of a cell as lines of text.
struct CellWorkLines {
  private let work: CellWork

  init(_ work: CellWork) { self.work = work }

  /// The lines for a pane that wide: each equation in one row where it fits, else a row for names, numbers and result.
  func lines(width: Int) -> [TextLine] {
    var lines = work.lines.enumerated().flatMap { place, line in
      equation(line, isLast: place == work.lines.count - 1, width: width)
    }
    if !work.agrees {
      lines.append(
        TextLine(
          localized("In double precision the arithmetic gives \(NumberText.cell(work.computed))."),
          .foreground(Accents.warning)))
    }
    return lines
  }

  /// How many terms there are, where not all of them are written.
  private var note: String {
    let shown = CellWorkLines.shownTerms
    return work.termCount > shown
      ? "  (" + localized("\(work.termCount) terms, the \(shown) largest shown") + ")" : ""
  }

  /// As many terms as the arithmetic writes with their numbers.
  static let shownTerms = 5

  private func equation(_ line: CellWork.Line, isLast: Bool, width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let value = isLast ? NumberText.cell(line.value) : NumberText.term(line.value)
    let name = Span(line.name, isLast ? .bold : .plain)
    let equals = Span(" = ", muted)
    let result = Span(value, isLast ? .foreground(Accents.warning).bold : .plain)
    let rest = isLast ? Span(note, muted) : Span("")
    // Numbers that are the result already are not written twice.
    let numbers = line.numbers == value || line.numbers == line.symbols ? [] : [Span(line.numbers)]
    let parts = [Span(line.symbols)] + numbers + [result]
    let whole = TextLine([name] + parts.flatMap { [equals, $0] } + [rest])
    if whole.width <= width { return [whole] }
    return parts.enumerated().flatMap { place, part in
      let isFirst = place == 0
      let isLastPart = place == parts.count - 1
      let line = TextLine([isFirst ? name : Span(" "), equals, part, isLastPart ? rest : Span("")])
      let wrapped = line.wrapped(width: max(8, width - 4))
      return wrapped.prefix(1) + wrapped.dropFirst().map { TextLine("    ") + $0 }
    }
  }
}

/// The terms of a cell's sum, one a row, with bars: what the zoomed pane has room for.
struct CellWorkTable: Widget {
  let work: CellWork
  /// The chosen row.
  let chosen: Int
  /// The batch's samples, by row.
  let samples: [BatchSnapshot.Sample]

  func draw(into buffer: inout Buffer, area: Rect) {
    let names = work.terms.map(\.symbols.count).max() ?? 0
    let numbers = work.terms.map(\.numbers.count).max() ?? 0
    let hasSamples = work.terms.contains { $0.row != nil }
    let columns: [Table.Column] =
      [
        .init(localized("term"), .fixed(names + 1)), .init(localized("numbers"), .fixed(numbers + 1)),
        .init(localized("value"), .fixed(NumberText.measureWidth + 1), .right),
      ] + (hasSamples ? [.init(localized("sample"), .fixed(9), .right)] : []) + [.init("", .fill(1))]
    let room =
      area.width - names - numbers - NumberText.measureWidth - 3 - (hasSamples ? 9 : 0) - columns.count
    let largest = work.terms.map { abs($0.value) }.filter(\.isFinite).max() ?? 0
    let rows = work.terms.map { term -> [TextLine] in
      let sample = term.row.map { samples.indices.contains($0) ? "#\(samples[$0].index)" : "+\($0)" } ?? ""
      return [TextLine(term.symbols), TextLine(term.numbers), TextLine(NumberText.term(term.value))]
        + (hasSamples ? [TextLine(sample)] : []) + [bar(term.value, of: largest, width: room, buffer)]
    }
    Table(columns: columns, rows: rows, selectedRow: chosen).draw(into: &buffer, area: area)
  }

  /// A bar as long as the value's share of the largest; negative ones have another colour and sign.
  private func bar(_ value: Double, of largest: Double, width: Int, _ buffer: Buffer) -> TextLine {
    guard largest > 0, value.isFinite, width > 2 else { return TextLine() }
    let length = Int(bounded: (abs(value) / largest * Double(width - 2)).rounded(), to: 0...width)
    let unit = buffer.capabilities.glyphs.isUnicode ? "━" : "="
    return TextLine(
      (value < 0 ? "− " : "+ ") + String(repeating: unit, count: max(0, length)),
      .foreground(value < 0 ? Accents.warning : Accents.focus))
  }
}
