import TerminalUI

/// The command line while it is open: what is typed, what Tab has completed, and what was wrong with it.
package struct Console: Sendable, Equatable {
  /// What is typed behind the colon.
  package var input: TextInput
  /// What is wrong with the line that was entered last.
  package var problem: ConsoleError?
  /// The candidates that Tab steps through; nil unless it was pressed last.
  package var cycle: Cycle?
  /// Which line of the history is shown, counted from the oldest; nil for the user's own.
  package var recalled: Int?
  /// The user's own line, while one of the history is shown.
  package var draft = ""

  /// The candidates that Tab steps through.
  package struct Cycle: Sendable, Equatable {
    /// The candidates, and the characters that each of them replaces.
    package var completion: Completion
    /// Which of them is in the line; nil for what they have in common.
    package var chosen: Int?
  }

  /// A line that begins with these words.
  package init(_ text: String = "") { input = TextInput(text) }

  /// The lines that are remembered.
  static let historyLimit = 500

  /// Completes the line with what all candidates have in common, then with the next candidate, or the one before.
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
    // A single candidate is complete: the next Tab completes what comes after it.
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

/// The command line and the lines that were entered.
struct ConsoleState: StatePart {
  /// The line; nil while it is closed.
  var line: Console?
  /// The lines that were carried out, the newest last.
  var history: [String] = []
}

extension DebuggerState {
  /// The command line; nil while it is closed.
  package var console: Console? {
    get { parts[ConsoleState.self].line }
    set { parts[ConsoleState.self].line = newValue }
  }

  /// The lines that were carried out, the newest last.
  package var consoleHistory: [String] {
    get { parts[ConsoleState.self].history }
    set { parts[ConsoleState.self].history = newValue }
  }

  /// Carries out a command, or says why the run cannot.
  mutating func perform(_ row: CommandRow, _ action: CommandAction) {
    if let obstacle = row.obstacle(self) { notice = .problem(obstacle) } else { action(&self) }
  }

  /// Carries a line out as if it had been typed; one that cannot be says why.
  mutating func carryOut(_ line: String, _ table: CommandTable) {
    do {
      guard let command = try ConsoleParser.action(for: line, table, self) else { return }
      perform(command.row, command.action)
    } catch {
      notice = .problem(error.message)
    }
  }

  /// Takes a key while the command line is open.
  mutating func press(_ key: Key, in console: Console, _ table: CommandTable) {
    var console = console
    console.problem = nil
    switch key {
    case .enter, .control("j"), .control("m"): enter(console, table)
    case .escape, .control("g"): self.console = nil
    case .backspace where console.input.isEmpty: self.console = nil
    case .tab, .backTab:
      let (text, state) = (console.input.textBeforeCursor, self)
      console.complete(by: key == .tab ? 1 : -1, Completion.at(text, table, state))
      self.console = console
    case .up, .control("p"), .down, .control("n"):
      console.cycle = nil
      console.recall(by: key == .up || key == .control("p") ? -1 : 1, from: consoleHistory)
      self.console = console
    default:
      console.cycle = nil
      _ = console.input.press(key)
      self.console = console
    }
  }

  /// Carries the line out; one that cannot be stays open and says why.
  private mutating func enter(_ console: Console, _ table: CommandTable) {
    let line = console.input.text.trimmed
    do {
      let command = try ConsoleParser.action(for: console.input.text, table, self)
      self.console = nil
      guard let command else { return }
      if consoleHistory.last != line { consoleHistory.append(line) }
      consoleHistory.removeFirst(max(0, consoleHistory.count - Console.historyLimit))
      perform(command.row, command.action)
    } catch {
      self.console = console
      self.console?.cycle = nil
      self.console?.problem = error
    }
  }
}
