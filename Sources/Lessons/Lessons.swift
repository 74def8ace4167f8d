import Foundation
import Localization

/// The teaching texts in one language: the tables, the glossary, the questions and the course.
package struct Lessons: Sendable, Equatable {
  /// The tables of what one writes in NumPy, in PyTorch and here.
  package let tables: [LessonTable]
  /// The signs and words of the screen and of the field.
  package let glossary: [GlossaryEntry]
  /// The questions that the guide ends with, and their answers.
  package let questions: [LessonQuestion]
  /// The steps of the course, in their order.
  package let course: [CourseStep]
  /// What a search of each entry of the glossary looks through.
  private let searched: [String]

  /// Texts.
  init(
    tables: [LessonTable], glossary: [GlossaryEntry], questions: [LessonQuestion], course: [CourseStep]
  ) {
    (self.tables, self.glossary, self.questions, self.course) = (tables, glossary, questions, course)
    searched = glossary.map { ($0.terms + [$0.title, $0.text]).joined(separator: " ").lowercased() }
  }

  /// English texts.
  package static let english = of(.english)

  /// Spanish texts.
  package static let spanish = of(.spanish)

  /// The texts in the current language.
  package static var current: Lessons { Language.current == .spanish ? spanish : english }

  // The files are part of the program; a test reads them, so that a mistake in one is found before it is shipped.
  private static func of(_ language: Language) -> Lessons {
    (try? read(language)) ?? Lessons(tables: [], glossary: [], questions: [], course: [])
  }

  /// Reads the texts in a language.
  ///
  /// - Throws: what is wrong with a file, in the words of its decoder.
  package static func read(_ language: Language) throws -> Lessons {
    let isSpanish = language == .spanish
    func contents<Item: Decodable>(_ english: [UInt8], _ spanish: [UInt8]) throws -> [Item] {
      try JSONDecoder().decode([Item].self, from: Data(isSpanish ? spanish : english))
    }
    return Lessons(
      tables: try contents(PackageResources.tables_en_json, PackageResources.tables_es_json),
      glossary: try contents(PackageResources.glossary_en_json, PackageResources.glossary_es_json),
      questions: try contents(PackageResources.questions_en_json, PackageResources.questions_es_json),
      course: try contents(PackageResources.course_en_json, PackageResources.course_es_json))
  }

  /// The table of a name; nil for none.
  package func table(_ id: String) -> LessonTable? { tables.first { $0.id == id } }

  /// The entries of the glossary that contain every word of a search, those whose term it is first.
  package func entries(matching search: String) -> [GlossaryEntry] {
    let words = search.lowercased().split(separator: " ")
    guard !words.isEmpty else { return glossary }
    let found = zip(glossary, searched).filter { _, text in words.allSatisfy { text.contains($0) } }.map(\.0)
    let whole = words.joined(separator: " ")
    return found.filter { $0.isNamed(whole) } + found.filter { !$0.isNamed(whole) }
  }
}
