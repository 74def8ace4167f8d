import Localization
import TerminalUI
import Trace

extension OutputPane {
  static var commands: [CommandRow] {
    [
      .key("/", name: "find-output", help: localized("find a text in the output"), in: .output) {
        $0.output.find = OutputPaneState.Find()
      }
      .taking(localized("TEXT"), example: "loss") { (arguments, _) throws(ConsoleError) in
        {
          $0.output.find = OutputPaneState.Find(text: arguments.text, isTyping: false)
          $0.pane = .output
          $0.goToOutputMatch()
        }
      },
      .key(
        "N", name: "output-match", help: localized("go to the line before that was found"),
        hint: localized("next"),
        in: .output
      ) { $0.goToOutputMatch() }
      .useful { $0.output.find != nil },
      .key(
        "u", name: "caller", help: localized("show the line that called the failing one"),
        hint: localized("caller"), in: .output
      ) { $0.output.showCaller() }
      .useful { !$0.output.traceback.isEmpty },
    ]
  }

  static func move(_ direction: MoveDirection, _ state: inout DebuggerState, _ area: Rect) {
    state.output.scroll(by: direction.rows)
  }

  /// A line of a traceback shows the user's file around it.
  static func press(_ mouse: MouseEvent, _ state: inout DebuggerState, _ area: Rect) {
    guard mouse.kind == .press, let line = OutputPane(state).line(atRow: mouse.y - area.y, area) else {
      return
    }
    _ = state.output.showFrame(namedIn: line.text)
  }

  static func press(_ key: Key, _ state: inout DebuggerState) -> Bool {
    guard state.pane == .output, var find = state.output.find, find.isTyping else { return false }
    switch key {
    case .escape: state.output.find = nil
    case .enter:
      find.isTyping = false
      state.output.find = find.text.isEmpty ? nil : find
      state.goToOutputMatch()
    case .backspace:
      find.text = String(find.text.dropLast())
      state.output.find = find
    case .character(let character):
      find.text.append(character)
      state.output.find = find
    default: break
    }
    return true
  }

  static func close(_ state: inout DebuggerState) -> Bool {
    guard state.output.find != nil || state.output.last != nil || state.output.frame != nil else {
      return false
    }
    (state.output.find, state.output.last, state.output.frame) = (nil, nil, nil)
    return true
  }

  static func didTake(_ news: RunUpdate, _ state: inout DebuggerState) { state.output.take(news) }
}

extension DebuggerState {
  fileprivate mutating func goToOutputMatch() {
    guard let find = output.find else {
      notice = .problem(localized("Nothing is searched for: / finds a text in the output."))
      return
    }
    if !output.goToMatch() { notice = .problem(localized("The output does not contain '\(find.text)'.")) }
  }
}
