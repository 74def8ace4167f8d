import Lessons
import TerminalUI
import Trace

/// Both programs with the line that runs, the tables, the questions and the glossary.
struct GuidePane: Pane {
  static let id = PaneID.guide
  static let corner = ScreenCorner.left

  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  /// The pages, the one that is shown marked.
  var heading: TextLine {
    TextLine(
      GuidePaneState.Page.allCases.flatMap { page in
        let isShown = page == state.guide.page
        return [
          Span(" "),
          Span(
            isShown ? "[\(page.title)]" : page.title,
            isShown ? .foreground(Accents.warning).bold : .foreground(Accents.muted),
            control: .command("guide \(page)")),
        ]
      })
  }

  func footer(width: Int) -> TextLine {
    guard state.guide.page == .code, let byHand = state.moment?.byHand else { return TextLine() }
    guard let cell = byHand.cell else {
      return byHand.obstacle.map { TextLine($0, .foreground(Accents.muted)) } ?? TextLine()
    }
    return GuideCodePage.comparison(cell, width: width)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    switch state.guide.page {
    case .code: GuideCodePage(state).draw(into: &buffer, area: area)
    case .tables: GuideTablesPage(state).draw(into: &buffer, area: area)
    case .questions: GuideQuestionsPage(state).draw(into: &buffer, area: area)
    case .glossary: GuideGlossaryPage(state).draw(into: &buffer, area: area)
    }
  }
}
