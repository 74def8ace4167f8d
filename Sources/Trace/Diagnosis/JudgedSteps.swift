import Localization
import Numbers

/// How many steps of a recording its diagnosis has looked at, where they are fewer than those that a live run looks at.
package struct JudgedSteps: Sendable, Equatable, Codable {
  /// How many were looked at.
  package var count: Int
  /// The step up to which these are all that a live run looks at; 0 where they are a sample from the start on.
  package var complete: Int
  /// How many steps there are.
  package var all: Int

  /// How many steps were looked at.
  package init(count: Int, complete: Int, all: Int) {
    (self.count, self.complete, self.all) = (count, complete, all)
  }

  /// The number, as short as can be: `12 of 4,690 steps`.
  package var short: String {
    localized("\(NumberText.grouped(count)) of \(NumberText.grouped(all)) steps")
  }

  /// The same, and what was left out, as a sentence.
  package var sentence: String {
    guard count > 0 else {
      return localized("Judged by its losses alone: no step can be computed again here.")
    }
    guard complete > 0 else {
      return localized("Judged by \(short) and by all losses; a live run looks at more steps.")
    }
    let complete = NumberText.grouped(complete)
    return localized(
      "Judged by \(short) and by all losses; after step \(complete), a live run looks at more steps.")
  }
}
