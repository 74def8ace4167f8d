import Lessons
import Localization
import TerminalUI
import Trace

/// Where the course is.
package struct CourseState: StatePart {
  /// Whether it is on the screen.
  package var isOpen = false
  /// The step that is on, by its place in the course.
  package var step = 0
  /// Which part of the step's task is being done.
  package var part = 0
  /// Whether the hint is shown.
  package var showsHint = false
  /// What is said of a step that is done, with the numbers of that moment; nil while it is not.
  package var done: String?
  /// Whether the step's text lies over the panes, where there is no room for it below them.
  package var isReading = false
  /// The facts that changes are measured from.
  var start: CourseFacts?

  /// The course at its first step, closed.
  package init() {}
}

extension DebuggerState {
  /// Where the course is.
  package var course: CourseState {
    get { parts[CourseState.self] }
    set { parts[CourseState.self] = newValue }
  }

  /// The step of the course that is on; nil while the course is closed.
  package var courseStep: CourseStep? {
    guard course.isOpen, lessons.course.indices.contains(course.step) else { return nil }
    return lessons.course[course.step]
  }

  /// Opens the course at a step, or where it was left.
  package mutating func openCourse(at step: Int? = nil) {
    let last = max(0, lessons.course.count - 1)
    course.isOpen = true
    begin(step: max(0, min(step ?? course.step, last)))
  }

  /// Leaves the course; it can be taken up again.
  mutating func leaveCourse() {
    course.isOpen = false
    notice = Notice(
      localized(
        "The course is left at step \(course.step + 1) of \(lessons.course.count): :learn takes it up again.")
    )
  }

  /// Goes on to the next step; after the last the course is over.
  mutating func goOnInCourse() {
    guard course.step + 1 < lessons.course.count else {
      if let step = courseStep { notice = Notice(liveNumbers.fill(step.done)) }
      course = CourseState()
      effects.append(.remember("course", "0"))
      return
    }
    begin(step: course.step + 1)
  }

  private mutating func begin(step: Int) {
    (course.step, course.part, course.showsHint, course.done, course.isReading) = (step, 0, false, nil, true)
    course.start = CourseFacts(self)
    effects.append(.remember("course", "\(step)"))
  }

  /// Looks at what an event has changed.
  mutating func followCourse() {
    guard let step = courseStep, course.done == nil, !isPassing else { return }
    let now = CourseFacts(self)
    guard let start = course.start, start.position != nil else {
      course.start = now
      return
    }
    guard now != start else { return }
    switch CourseCheck.verdict(on: step.id, part: course.part, from: start, to: now) {
    case .onTheWay: break
    case .part(let part):
      // A part that has to be begun again was left by something else.
      course.showsHint = part < course.part
      (course.part, course.start) = (part, now)
    case .done:
      course.done = liveNumbers.fill(step.done)
      course.showsHint = false
    case .wrong: (course.showsHint, course.start) = (true, now)
    }
  }

  /// Takes a key for the course; false if it is not for it.
  mutating func pressInCourse(_ key: Key) -> Bool {
    guard let step = courseStep else { return false }
    let wasReading = course.isReading && !CourseStrip(self).holdsText
    course.isReading = false
    if key == .escape, wasReading { return true }
    guard key == .enter, console == nil, overlay == nil else { return false }
    if course.done != nil || step.id == lessons.course.last?.id {
      goOnInCourse()
      return true
    }
    return wasReading
  }
}

/// The commands of the course.
enum CourseCommands {
  static var rows: [CommandRow] {
    [
      .key("L", name: "learn", help: localized("open the course, or its page again")) { state in
        if state.course.isOpen { state.course.isReading = true } else { state.openCourse() }
      }
      .taking(localized("[STEP]"), example: "3") { (arguments, state) throws(ConsoleError) in
        let step = try CommandArguments.step(arguments.word())
        let last = state.lessons.course.count
        guard step <= last else {
          throw ConsoleError(localized("The course has \(last) steps."), at: arguments.column)
        }
        return { $0.openCourse(at: step - 1) }
      }
      .needing(.changeValues)
    ]
  }
}
