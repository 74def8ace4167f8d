import Localization
import TerminalUI

/// Says why the run ended.
struct ErrorMessage: Widget {
  private let message: String

  init(_ message: String) { self.message = message }

  func draw(into buffer: inout Buffer, area: Rect) {
    let end = [
      TextLine(""), TextLine(localized("The run has ended. Press q to quit."), .foreground(Accents.muted)),
    ]
    let lines = ErrorMessage.lines(
      message, width: min(72, area.width - 6), height: area.height - 2 - end.count)
    MessageBox.draw(lines + end, title: localized("Error"), color: Accents.bad, into: &buffer, area)
  }

  /// A message in lines of a width, as many as there is room for.
  static func lines(_ message: String, width: Int, height: Int) -> [TextLine] {
    let lines = TextLine(message).wrapped(width: width)
    return lines.count <= max(1, height) ? lines : lines.prefix(max(0, height - 1)) + [TextLine("…")]
  }
}

/// Keys and what each of them does, in one line.
enum KeyChoices {
  /// `q quit    esc stay`.
  static func line(_ choices: [(key: String, answer: String)]) -> TextLine {
    TextLine(
      choices.enumerated().flatMap { index, choice in
        [
          Span(index == 0 ? "" : "    "),
          Span(choice.key, .foreground(Accents.focus).bold, control: control(choice.key)),
          Span(" \(choice.answer)", control: control(choice.key)),
        ]
      })
  }

  /// The key of a name, as far as choices have them.
  private static func control(_ name: String) -> Control? {
    if name == localized("esc") { return .key(.escape) }
    if name == localized("enter") { return .key(.enter) }
    return name.count == 1 ? name.first.map { .key(.character($0)) } : nil
  }
}

/// A box in the middle of the screen.
enum MessageBox {
  /// Draws lines in a box of their size.
  static func draw(
    _ lines: [TextLine], title: String, color: Color, into buffer: inout Buffer, _ area: Rect
  ) {
    let width = (lines.map(\.width).max() ?? 0) + 4
    let box = area.centered(Size(width: width, height: lines.count + 2))
    buffer.fill(box, with: .blank)
    let frame = Frame(title: TextLine(title, .foreground(color).bold), style: .foreground(color))
    frame.draw(into: &buffer, area: box)
    Paragraph(lines, wraps: false).draw(into: &buffer, area: frame.inside(box).inset(left: 1, right: 1))
  }
}
