import Localization
import TerminalUI

/// The keys of the list of recordings, over it.
struct RunListHelp: Widget {
  /// Each key and what it does.
  static var entries: [(keys: String, text: String)] {
    [
      ("↑ ↓ k j", localized("go to another recording")),
      ("space", localized("choose it: its curve joins the others")),
      ("u", localized("choose none")),
      ("enter", localized("open it in the debugger; q comes back")),
      ("d", localized("compare two chosen ones step by step")),
      ("s S", localized("sort by the next column; turn it around")),
      ("/", localized("narrow down: a name, lr=0.1, state=stopped")),
      ("p", localized("pin it at the top, or let it go")),
      ("v m", localized("loss, validation or accuracy; smooth")),
      ("y z", localized("log axis; curves over the whole screen")),
      ("t", localized("settings in place of the curves")),
      ("J K", localized("scroll the settings")),
      ("q", localized("quit")),
    ]
  }

  private static let widthOfKeys = 9
  private static let largestWidth = 68

  func draw(into buffer: inout Buffer, area: Rect) {
    let width = min(RunListHelp.largestWidth, area.width - 2)
    let room = max(10, width - 4 - RunListHelp.widthOfKeys)
    let lines = RunListHelp.entries.flatMap { entry in
      TextLine(entry.text).wrapped(width: room).enumerated().map { row, text in
        let keys = row == 0 ? entry.keys : ""
        let gap = String(repeating: " ", count: max(0, RunListHelp.widthOfKeys - keys.count))
        return TextLine(keys + gap, .foreground(Accents.focus).bold) + text
      }
    }
    let box = area.centered(Size(width: width, height: min(lines.count + 2, area.height)))
    buffer.fill(box, with: .blank)
    let frame = Frame(
      title: TextLine(localized("Keys"), .bold), trailing: TextLine(localized("any key closes")),
      isFocused: true)
    frame.draw(into: &buffer, area: box) { buffer, area in
      Paragraph(lines, wraps: false).draw(into: &buffer, area: area.inset(left: 1, right: 1))
    }
  }
}
