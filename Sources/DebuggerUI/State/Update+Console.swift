import TerminalUI
import Trace

extension DebuggerState {
  /// Obeys a key while the command line is open.
  mutating func press(_ key: Key, in console: Console) -> [DebuggerEffect] {
    var console = console
    console.problem = nil
    switch key {
    case .enter, .control("j"), .control("m"): return enter(console)
    case .escape, .control("g"): self.console = nil
    case .backspace where console.input.isEmpty: self.console = nil
    case .tab, .backTab:
      let (text, state) = (console.input.textBeforeCursor, self)
      console.complete(by: key == .tab ? 1 : -1, Completion.at(text, in: state))
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
    return []
  }

  /// Puts pasted text where text is being typed; elsewhere it is no command.
  mutating func paste(_ text: String) {
    if console != nil {
      console?.problem = nil
      console?.cycle = nil
      console?.input.insert(text)
    } else if overlay == .help {
      helpSearch.insert(text)
      helpRow = 0
    }
  }

  /// Obeys the line; one that cannot be stays open and says why.
  private mutating func enter(_ console: Console) -> [DebuggerEffect] {
    let line = console.input.text.trimmed
    do {
      let action = try ConsoleParser.action(for: console.input.text, in: self)
      self.console = nil
      guard let action else { return [] }
      if consoleHistory.last != line { consoleHistory.append(line) }
      consoleHistory.removeFirst(max(0, consoleHistory.count - Console.historyLimit))
      return perform(action)
    } catch {
      self.console = console
      self.console?.cycle = nil
      self.console?.problem = error
      return []
    }
  }

  /// Opens the command line for a condition at the chosen node.
  mutating func openBreakpointConsole() {
    console = Console("break " + (focus.node.map { "\(Breakpoint(id: 0, node: $0).text) if " } ?? ""))
  }
}
