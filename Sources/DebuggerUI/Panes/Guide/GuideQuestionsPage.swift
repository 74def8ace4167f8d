import Lessons
import Localization
import TerminalUI
import Trace

/// The page with the questions, or with the answer to the chosen one.
struct GuideQuestionsPage: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    if state.guide.isAnswerOpen { return drawAnswer(into: &buffer, area) }
    for (number, part) in lists(area) {
      Paragraph(part.lines, wraps: false).draw(into: &buffer, area: part.area)
      if number == state.guide.question { buffer.highlight(part.area.row(0)) }
    }
  }

  /// The question that is drawn in that row of the screen.
  func question(atY y: Int, in area: Rect) -> Int? {
    guard !state.guide.isAnswerOpen else { return nil }
    return lists(area).first { $0.part.area.contains(x: area.x, y: y) }?.number
  }

  /// How many lines the answer has.
  func answerLineCount(width: Int) -> Int { answer(width: width).count }

  private func lists(_ area: Rect) -> [(number: Int, part: (lines: [TextLine], area: Rect))] {
    var y = area.y
    let all = state.lessons.questions.enumerated().map { number, question in
      let lines =
        TextLine("\(number + 1) \(question.question)", .bold).wrapped(width: max(1, area.width))
        + LessonText.lines(question.short, width: area.width - 2, style: .foreground(Accents.muted))
        .map { TextLine("  ") + $0 }
      defer { y += lines.count + 1 }
      return (number, (lines, Rect(x: area.x, y: y, width: area.width, height: lines.count)))
    }
    // Where not all fit, the chosen one is kept in view.
    let end = all.indices.contains(state.guide.question) ? all[state.guide.question].1.1.maxY : area.y
    let shift = max(0, end - area.maxY)
    return all.map { number, part in
      let moved = Rect(x: part.1.x, y: part.1.y - shift, width: part.1.width, height: part.1.height)
      return (number, (part.0, moved))
    }.filter { $0.1.1.y >= area.y && $0.1.1.maxY <= area.maxY }
  }

  private func drawAnswer(into buffer: inout Buffer, _ area: Rect) {
    let lines = answer(width: area.width - 1)
    let visible = ListWindow.visible(
      count: lines.count, height: area.height, selected: nil, first: state.guide.answerRow)
    for (row, line) in lines[visible].enumerated() { line.draw(into: &buffer, area: area.row(row)) }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: lines.count, visible: visible).draw(into: &buffer, area: bar)
  }

  private func answer(width: Int) -> [TextLine] {
    let questions = state.lessons.questions
    guard questions.indices.contains(state.guide.question) else { return [] }
    let question = questions[state.guide.question]
    let numbers = state.liveNumbers
    var lines = TextLine(question.question, .foreground(Accents.warning).bold).wrapped(width: width)
    lines += TextLine(question.short, .bold).wrapped(width: width)
    for paragraph in question.text {
      lines += [TextLine("")] + LessonText.lines(numbers.fill(paragraph), width: width)
    }
    lines += [TextLine(""), TextLine(localized("In this run"), .foreground(Accents.focus).bold)]
    for paragraph in question.here { lines += LessonText.lines(numbers.fill(paragraph), width: width) }
    return lines + [
      TextLine(""), KeyChoices.line([("s", localized("show me")), (localized("esc"), localized("back"))]),
    ]
  }
}
