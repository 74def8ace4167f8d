import Lessons
import Trace

/// The teaching texts as they are printed.
package struct Guide {
  private let lessons: Lessons

  /// The texts in the current language.
  package init() { lessons = .current }

  /// What can be printed.
  package static let parts = [
    "operations", "functions", "conversions", "mapping", "advantages", "questions", "glossary", "code",
  ]

  /// A part as text; the names of all parts where none is named.
  package func text(_ part: String?) -> String {
    switch part {
    case nil: Self.parts.joined(separator: "\n")
    case "questions"?: lessons.questions.map(Self.text).joined(separator: "\n\n")
    case "glossary"?: lessons.glossary.map { "\($0.title)\n  \(Self.plain($0.text))" }.joined(separator: "\n")
    case "code"?:
      GuideCode.Side.allCases.map { side in
        (["# \(code.title(side))", ""] + code.lines(side).map(\.text)).joined(separator: "\n")
      }.joined(separator: "\n\n\n")
    case let name?: lessons.table(name).map(Self.text) ?? ""
    }
  }

  /// A part as JSON; all texts where none is named.
  package func json(_ part: String?) -> String { value(part).text(sortsKeys: false) }

  private func value(_ part: String?) -> JSON {
    switch part {
    case nil: JSON.object(Self.parts.map { ($0, value($0)) })
    case "questions"?: .array(lessons.questions.map(Self.json))
    case "glossary"?: .array(lessons.glossary.map(Self.json))
    case "code"?:
      JSON([
        "numpy": code.numpy.map(\.text), "pytorch": code.pytorch.map(\.text),
      ])
    case let name?: lessons.table(name).map(Self.json) ?? .null
    }
  }

  /// Both programs for the network that `tapedeck` trains where nothing else is said.
  private var code: GuideCode {
    let description = RunDescription(
      data: "digits", network: "64→128→10", optimizer: "SGD lr 0.1", batchSize: 64, seed: 42, epochs: 20,
      stepsPerEpoch: 24)
    return GuideCode(description.presumedGraph ?? ComputationGraph(), description)
  }

  /// A table: for each row its lines one below the other, which no width of a terminal breaks.
  private static func text(_ table: LessonTable) -> String {
    let rows = table.rows.map { row in
      let lines = [("NumPy", row.numpy), ("PyTorch", row.pytorch), ("Tapedeck", row.tapedeck)]
        .filter { !$0.1.isEmpty }
        .map { label, line in "  \(label)\(String(repeating: " ", count: 10 - label.count))\(line)" }
      let note = row.note.isEmpty ? [] : ["  \(plain(row.note))"]
      return ([row.name] + lines + note).joined(separator: "\n")
    }
    return (["\(table.title)"] + rows).joined(separator: "\n\n")
  }

  private static func text(_ question: LessonQuestion) -> String {
    ([question.question, "  \(plain(question.short))"] + question.text.map { "  \(plain($0))" })
      .joined(separator: "\n")
  }

  /// A text without the quotes around its code.
  private static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

  private static func json(_ table: LessonTable) -> JSON {
    JSON([
      "id": table.id, "title": table.title,
      "rows": table.rows.map { row in
        JSON([
          "id": row.id, "name": row.name, "numpy": row.numpy, "pytorch": row.pytorch,
          "tapedeck": row.tapedeck, "note": row.note,
        ])
      },
    ])
  }

  private static func json(_ question: LessonQuestion) -> JSON {
    JSON([
      "id": question.id, "question": question.question, "short": question.short, "text": question.text,
      "show": question.show,
    ])
  }

  private static func json(_ entry: GlossaryEntry) -> JSON {
    JSON(["id": entry.id, "terms": entry.terms, "title": entry.title, "text": entry.text])
  }
}
