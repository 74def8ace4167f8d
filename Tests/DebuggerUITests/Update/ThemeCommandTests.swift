import DebuggerUI
import TerminalUI
import Testing

struct ThemeCommandTests {
  private func typed(_ line: String, _ state: DebuggerState = States.digits(.paused)) -> DebuggerState {
    var state = state
    for character in ":\(line)" { _ = state.update(.key(.character(character))) }
    _ = state.update(.key(.enter))
    return state
  }

  @Test(arguments: Theme.names)
  func aThemeIsChosenByItsName(_ name: String) {
    let state = typed("theme \(name)")
    #expect(state.themeChoice.theme.name == name)
    #expect(state.notice?.text == "The theme is \(name).")
  }

  @Test func autoGoesByTheTerminalAgain() {
    var state = typed("theme high-contrast")
    state.themeChoice.usual = .light
    #expect(state.themeChoice.theme.name == "high-contrast")
    #expect(typed("theme auto", state).themeChoice.theme == .light)
  }

  @Test func anUnknownThemeIsAProblem() {
    let state = typed("theme pink")
    #expect(state.console?.problem != nil)
    #expect(state.themeChoice.theme == .dark)
  }

  @Test func theTextOfTheScreenIsTheSameInEveryTheme() {
    let state = States.digits(.paused)
    let screens = Theme.names.compactMap { Theme.named($0) }.map {
      state.screen(TerminalCapabilities(theme: $0)).lines
    }
    #expect(Set(screens).count == 1)
  }

  @Test func whyTheScreenIsASCIIIsSaidOnce() {
    var state = States.digits(.paused)
    state.report(["The terminal does not show UTF-8."])
    #expect(state.notice?.text == "The terminal does not show UTF-8.")
    #expect(state.after(" ").notice == nil)
  }
}
