import Foundation
import TestSupport
import Testing

/// The whole course in a real terminal, by the keys that it asks for.
@Suite(.serialized) struct CourseTests {
  /// A language, its words for a step that is done, and the title of the last step.
  struct Speech: Sendable, CustomTestStringConvertible {
    let language: String
    let course: String
    let goesOn: String
    /// What is said at the end.
    let end: String
    var testDescription: String { language }
  }

  static let speeches = [
    Speech(language: "en", course: "Course", goesOn: "enter goes on", end: "That was the whole guide."),
    Speech(language: "es", course: "Curso", goesOn: "enter: seguir", end: "Y hasta aquí el curso."),
  ]

  private func open(_ speech: Speech, _ body: (Deck) throws -> Void) throws {
    let screen = try TmuxScreen(columns: 120, rows: 44)
    defer { screen.close() }
    try screen.enter("$tapedeck learn --lang \(speech.language)")
    try screen.wait(forText: "\(speech.course) 1 ")
    try screen.wait(for: "the run on the screen") { Deck.place($0) != nil }
    try body(Deck(screen: screen))
  }

  private func type(_ line: String, _ deck: Deck) throws {
    try deck.press(":")
    try deck.screen.enter(line)
  }

  @Test(arguments: speeches) func theCourseIsTakenToItsEnd(_ speech: Speech) throws {
    try open(speech) { deck in
      var step = 1
      /// Waits until the step is done, and goes on.
      func goOn() throws {
        try deck.screen.wait(forText: speech.goesOn)
        try deck.press("Enter")
        step += 1
        try deck.screen.wait(forText: "\(speech.course) \(step) ")
      }
      try deck.press(".")
      try goOn()
      try untilNode("forward 1 fc1.linear", deck)
      try deck.press("2", "Right")
      try goOn()
      try deck.press("1", ".")
      try goOn()
      try deck.press("n")
      try goOn()
      try deck.press("n")
      try deck.screen.wait(for: "backward") { Deck.place($0)?.hasPrefix("backward") == true }
      try untilNode("backward 4 fc1.linear", deck)
      try goOn()
      try deck.press("n")
      try goOn()
      try type("zero-grad off", deck)
      // The two steps are counted from when the run has taken it.
      try deck.screen.wait(forText: "zero_grad off")
      for _ in 0..<2 {
        let before = try deck.wait(status: "▮ PA")
        try deck.press(">")
        try deck.screen.wait(for: "the next step") { Deck.step($0) == before + 1 }
      }
      try type("zero-grad on", deck)
      try goOn()
      try deck.press("8", "Right", "Down", "t")
      try goOn()
      try type("lr 0.01", deck)
      try deck.press("Space")
      try goOn()
      try deck.press("BSpace")
      try goOn()
      #expect(step == 11)
      try deck.press("Enter")
      try deck.screen.wait(forText: speech.end)
      try deck.screen.wait(for: "the screen without the course") { rows in
        !rows.contains { $0.contains("\(speech.course) 11 ") }
      }
    }
  }

  /// Runs node by node until the run is there.
  private func untilNode(_ place: String, _ deck: Deck) throws {
    for _ in 0..<6 {
      let rows = try deck.screen.rows()
      if Deck.place(rows)?.hasPrefix(place) == true { return }
      try deck.press(".")
      try deck.screen.wait(for: "another node") { Deck.place($0) != Deck.place(rows) }
    }
  }

  @Test func theWrongThingShowsTheHintAndDoesNotPass() throws {
    try open(Self.speeches[0]) { deck in
      try deck.press(">")
      try deck.screen.wait(forText: "The key is the full stop")
      try deck.press("Enter")
      let rows = try deck.screen.wait(for: "the pane in the whole screen") { rows in
        !rows.contains { $0.contains("2 Node") }
      }
      #expect(rows.contains { $0.contains("Course 1 ") })
    }
  }

  @Test func theCourseIsTakenUpWhereItWasLeft() throws {
    let screen = try TmuxScreen(columns: 120, rows: 44)
    defer { screen.close() }
    try screen.enter("$tapedeck learn --from 6")
    try screen.wait(forText: "Course 6 ")
    try screen.wait(for: "the run on the screen") { Deck.place($0) != nil }
    try screen.press("q")
    try screen.wait(for: "the shell") {
      $0.contains { $0.hasPrefix("ready>") } && !$0.contains { $0.contains("Course") }
    }
    try screen.enter("clear; $tapedeck learn --list")
    try screen.wait(forText: "✓  5")
    try screen.wait(forText: "▶  6")
    try screen.enter("clear; $tapedeck learn")
    try screen.wait(forText: "Course 6 ")
  }

  @Test func theWelcomeIsShownOnce() throws {
    let screen = try TmuxScreen(columns: 120, rows: 40)
    defer { screen.close() }
    try screen.enter("$tapedeck")
    try screen.wait(forText: "A network waits at its first node.")
    try screen.wait(for: "the run on the screen") { Deck.place($0) != nil }
    try screen.press(".")
    try screen.wait(for: "the next node, without the welcome") { rows in
      Deck.place(rows)?.hasPrefix("batch") == false && !rows.contains { $0.contains("A network waits") }
    }
    try screen.press("q")
    try screen.wait(for: "the shell") { $0.last { !$0.isEmpty }?.hasPrefix("ready>") == true }
    try screen.enter("$tapedeck")
    try screen.wait(for: "the run without the welcome") { rows in
      Deck.status(rows)?.hasPrefix("▶ RUN") == true && !rows.contains { $0.contains("A network waits") }
    }
  }
}
