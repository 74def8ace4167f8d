import Lessons
import Localization
import TerminalUI

/// The step of the course that is on, below the panes: its text where there is room, its task, and what came of it.
struct CourseStrip: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  /// From this height of the screen on there is room for the text.
  private static let roomy = 36

  /// Whether the text is in the strip; otherwise it lies over the panes until a key is pressed.
  var holdsText: Bool { state.size.height >= Self.roomy }

  /// The rows that it takes with its frame.
  func height(width: Int) -> Int {
    guard state.courseStep != nil else { return 0 }
    return min(lines(width: width - 4).count + 2, state.size.height / 2)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let step = state.courseStep, area.height > 2 else { return }
    buffer.fill(area, with: .blank)
    let number = localized("Course \(state.course.step + 1) of \(state.lessons.course.count) ")
    let title = TextLine([Span(number, .foreground(Accents.muted)), Span(step.title, .bold)])
    let keys =
      state.course.done != nil
      ? localized("enter goes on") : holdsText ? localized("esc leaves") : localized("L the text  esc leaves")
    let style = Style.foreground(state.course.done != nil ? Accents.good : Accents.warning)
    let frame = Frame(title: title, trailing: TextLine(keys, .foreground(Accents.muted)), style: style)
    frame.draw(into: &buffer, area: area)
    Paragraph(lines(width: area.width - 4), wraps: false)
      .draw(into: &buffer, area: frame.inside(area).inset(left: 1, right: 1))
  }

  /// Draws the step's text over the panes, where it is to be read and the strip has no room for it.
  func drawPage(into buffer: inout Buffer, area: Rect) {
    guard let step = state.courseStep, state.course.isReading, !holdsText else { return }
    let width = min(72, area.width - 6)
    let lines =
      text(step, width: width) + [TextLine("")] + task(step, width: width)
      + [TextLine(""), KeyChoices.line([(localized("enter"), localized("begin"))])]
    let title = localized("Course \(state.course.step + 1) of \(state.lessons.course.count) ") + step.title
    MessageBox.draw(
      Array(lines.prefix(area.height - 2)), title: title, color: Accents.warning, into: &buffer, area)
  }

  private func lines(width: Int) -> [TextLine] {
    guard let step = state.courseStep else { return [] }
    var lines = holdsText ? text(step, width: width) + [TextLine("")] : []
    if let done = state.course.done {
      return lines + LessonText.lines("✓ \(done)", width: width, style: .foreground(Accents.good).bold)
    }
    lines += task(step, width: width)
    guard state.course.showsHint else { return lines }
    return lines
      + LessonText.lines(
        state.liveNumbers.fill(step.hint), width: width, style: .foreground(Accents.warning))
  }

  private func text(_ step: CourseStep, width: Int) -> [TextLine] {
    step.text.flatMap { LessonText.lines(state.liveNumbers.fill($0), width: width) }
  }

  private func task(_ step: CourseStep, width: Int) -> [TextLine] {
    LessonText.lines("▶ \(state.liveNumbers.fill(step.task))", width: width, style: .bold)
  }
}
