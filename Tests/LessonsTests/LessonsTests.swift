import Lessons
import Localization
import Testing

/// The texts: both languages say the same things, and their numbers are known.
struct LessonsTests {
  private static let english = Lessons.english
  private static let spanish = Lessons.spanish

  @Test(arguments: Language.allCases) func theFilesCanBeRead(language: Language) throws {
    let lessons = try Lessons.read(language)
    #expect(lessons.tables.map(\.id) == ["operations", "functions", "conversions", "mapping", "advantages"])
    #expect(lessons.tables.map(\.rows.count) == [15, 6, 3, 8, 6])
    #expect(
      lessons.questions.map(\.id) == ["linear", "crossentropy", "backward", "zerograd", "parameters", "gpu"])
    #expect(
      lessons.course.map(\.id) == [
        "meet", "linear", "relu", "loss", "backward", "update", "zerograd", "tables", "optimizer", "train",
        "mnist",
      ])
  }

  @Test func bothLanguagesHaveTheSameIds() {
    #expect(
      Self.english.tables.map { [$0.id] + $0.rows.map(\.id) }
        == Self.spanish.tables.map { [$0.id] + $0.rows.map(\.id) })
    #expect(Self.english.glossary.map(\.id) == Self.spanish.glossary.map(\.id))
    #expect(Self.english.questions.map(\.id) == Self.spanish.questions.map(\.id))
    #expect(Self.english.course.map(\.id) == Self.spanish.course.map(\.id))
    #expect(Self.english.questions.map(\.show) == Self.spanish.questions.map(\.show))
  }

  @Test(arguments: [Lessons.english, .spanish]) func noTextIsEmpty(lessons: Lessons) {
    for entry in lessons.glossary {
      #expect(!entry.terms.isEmpty && !entry.title.isEmpty && !entry.text.isEmpty, "\(entry.id)")
    }
    for question in lessons.questions {
      #expect(!question.question.isEmpty && !question.short.isEmpty && !question.text.isEmpty)
      #expect(!question.here.isEmpty && !question.show.isEmpty, "\(question.id)")
    }
    for step in lessons.course {
      #expect(
        !step.text.isEmpty && !step.task.isEmpty && !step.hint.isEmpty && !step.done.isEmpty, "\(step.id)")
    }
  }

  @Test(arguments: [Lessons.english, .spanish]) func everyPlaceholderIsKnown(lessons: Lessons) {
    let texts =
      lessons.questions.flatMap { $0.text + $0.here + $0.show }
      + lessons.course.flatMap { $0.text + [$0.task, $0.hint, $0.done] }
    for text in texts {
      for name in LiveNumbers.names(in: text) {
        #expect(LiveNumbers.names.contains(name), "\(name) in “\(text)”")
      }
    }
  }

  @Test(arguments: ["softmax", "zero_grad", "parameters", "‖", "Δ/w", "▲"])
  func aWordOrASignIsFound(search: String) {
    for lessons in [Self.english, Self.spanish] {
      #expect(!lessons.entries(matching: search).isEmpty, "\(search)")
    }
  }
}
