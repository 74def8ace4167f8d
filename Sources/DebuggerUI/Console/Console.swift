import TerminalUI

/// The command line while it is open: what is typed, what Tab has put in, and what was wrong with it.
package struct Console: Sendable, Equatable {
  /// What is typed behind the colon.
  package var input: TextInput
  /// What is wrong with the line that was entered last.
  package var problem: ConsoleError?
  /// The candidates that Tab goes through; nil unless it was pressed last.
  package var cycle: Cycle?
  /// Which line of the history is shown, counted from the oldest; nil for the user's own.
  package var recalled: Int?
  /// The user's own line, while one of the history is shown.
  package var draft = ""

  /// Tab's way through its candidates.
  package struct Cycle: Sendable, Equatable {
    /// The candidates, and the characters that each of them replaces.
    package var completion: Completion
    /// Which of them stands in the line; nil for what they have in common.
    package var chosen: Int?
  }

  /// A line that begins with these words.
  package init(_ text: String = "") { input = TextInput(text) }

  /// The lines that are remembered.
  static let historyLimit = 200

  /// Puts the next candidate in, or the one before: first what all of them have in common.
  mutating func complete(by step: Int, _ completion: @autoclosure () -> Completion) {
    var cycle = cycle ?? Cycle(completion: completion(), chosen: nil)
    let candidates = cycle.completion.candidates
    guard !candidates.isEmpty else { return }
    let range = cycle.completion.range
    if self.cycle == nil, candidates.count > 1, let common = cycle.completion.addition {
      input.replace(range, with: common)
      return
    }
    let next = cycle.chosen.map { $0 + step } ?? (step > 0 ? 0 : candidates.count - 1)
    let chosen = (next + candidates.count) % candidates.count
    let old = range.lowerBound..<input.cursor
    input.replace(
      old, with: candidates[chosen].text + (candidates.count == 1 ? candidates[chosen].ending : ""))
    cycle.chosen = chosen
    // A single candidate is done with: the next Tab completes what comes after it.
    self.cycle = candidates.count == 1 ? nil : cycle
  }

  /// Shows an older line of the history, or a newer one; the user's own comes after the newest.
  mutating func recall(by step: Int, from history: [String]) {
    let place = (recalled ?? history.count) + step
    guard (0...history.count).contains(place) else { return }
    if recalled == nil { draft = input.text }
    recalled = place == history.count ? nil : place
    input = TextInput(recalled.map { history[$0] } ?? draft)
  }
}
