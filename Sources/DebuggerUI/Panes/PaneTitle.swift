import TerminalUI

/// The texts on the top of a pane's frame: what is shown, and what can be clicked.
struct PaneTitle {
  /// What follows the pane's title.
  let heading: TextLine
  /// The text at the right end.
  let trailing: TextLine

  init(_ heading: TextLine, _ trailing: TextLine) {
    (self.heading, self.trailing) = (heading, trailing)
  }

  /// The first of the texts for which a frame of a width has room beside a title; the last where none fits.
  static func fitting(_ titles: [PaneTitle], beside title: Int, width: Int) -> PaneTitle {
    // The corners, a column of border at each end and between both, and a space around each of them.
    let room = width - title - 8
    let fitting = titles.first { $0.heading.width + $0.trailing.width <= room }
    return fitting ?? titles.last ?? PaneTitle(TextLine(), TextLine())
  }

  /// Words that can be clicked, with lines between them; those that are on are marked.
  static func controls(
    _ controls: [(word: String, command: String, isOn: Bool)], between line: String = " │ "
  ) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    return TextLine(
      controls.enumerated().flatMap { index, control in
        (index == 0 ? [] : [Span(line, muted)]) + [
          Span(
            control.isOn ? "[\(control.word)]" : control.word,
            control.isOn ? .foreground(Accents.warning).bold : muted,
            control: .command(control.command))
        ]
      })
  }
}
