/// A table of lines that do the same.
package struct LessonTable: Sendable, Equatable, Codable {
  /// Its name in commands, `operations`.
  package let id: String
  /// Its heading.
  package let title: String
  /// The headings of its columns.
  package let columns: [String]
  /// Its rows.
  package let rows: [LessonRow]
}

/// What one writes for one purpose.
package struct LessonRow: Sendable, Equatable, Codable {
  /// Its name, `softmax`.
  package let id: String
  /// What it is for.
  package let name: String
  /// What one writes in NumPy.
  package let numpy: String
  /// What one writes in PyTorch.
  package let pytorch: String
  /// What one writes here, in Swift.
  package let tapedeck: String
  /// What to watch out for.
  package let note: String
}

/// A sign or a word, and what it means.
package struct GlossaryEntry: Sendable, Equatable, Codable {
  /// Its name, `op.softmax`.
  package let id: String
  /// What one types to find it: words and signs.
  package let terms: [String]
  /// Its heading.
  package let title: String
  /// What it means.
  package let text: String

  /// Whether a search, in lower case, is one of its terms.
  func isNamed(_ search: String) -> Bool { terms.contains { $0.lowercased() == search } }
}

/// A question about what the framework does, and its answer.
package struct LessonQuestion: Sendable, Equatable, Codable {
  /// Its name, `zerograd`.
  package let id: String
  /// The question.
  package let question: String
  /// The answer in a sentence.
  package let short: String
  /// The answer in paragraphs.
  package let text: [String]
  /// The same in numbers of the run at hand, with placeholders for them.
  package let here: [String]
  /// The commands that lead to where it is seen.
  package let show: [String]
}

/// A step of the course.
package struct CourseStep: Sendable, Equatable, Codable {
  /// Its name, `backward`.
  package let id: String
  /// Its heading.
  package let title: String
  /// What it teaches, in paragraphs.
  package let text: [String]
  /// What to do on the deck.
  package let task: String
  /// What is said after something else was done.
  package let hint: String
  /// What is said once it was done.
  package let done: String
}
