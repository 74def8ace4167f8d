import Lessons
import TerminalUI

/// A paragraph of the teaching texts, in which code stands between backquotes.
enum LessonText {
  /// The paragraph in lines of a width, code in a colour of its own.
  static func lines(_ text: String, width: Int, style: Style = .plain) -> [TextLine] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    let line = TextLine(
      parts.enumerated().filter { !$0.element.isEmpty }.map { index, part in
        Span(String(part), index % 2 == 1 ? Style.foreground(Accents.focus).bold : style)
      })
    return line.wrapped(width: max(1, width))
  }
}

/// An entry of the glossary: its title, and its text beside or below it.
enum GlossaryText {
  private static let titleWidth = 20

  /// The entry in lines of a width.
  static func lines(_ entry: GlossaryEntry, width: Int) -> [TextLine] {
    let title = Style.foreground(Accents.focus).bold
    guard width >= 56, entry.title.count < titleWidth else {
      return [TextLine(entry.title, title)]
        + LessonText.lines(entry.text, width: width - 2).map { TextLine("  ") + $0 }
    }
    let indent = String(repeating: " ", count: titleWidth)
    return LessonText.lines(entry.text, width: width - titleWidth).enumerated().map { row, line in
      let head = row == 0 ? entry.title + indent.dropFirst(entry.title.count) : indent
      return TextLine(head, title) + line
    }
  }
}
