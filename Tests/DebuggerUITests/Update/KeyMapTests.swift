import DebuggerUI
import TerminalUI
import Testing
import Trace

private func map(_ choices: (String, [String])...) throws(KeyMapError) -> KeyMap {
  var map = KeyMap()
  for (command, keys) in choices { try map.set(command, to: keys) }
  return map
}

private func problem(_ choices: (String, [String])...) -> String {
  var map = KeyMap()
  do throws(KeyMapError) {
    for (command, keys) in choices { try map.set(command, to: keys) }
    return "none"
  } catch { return error.message }
}

@Suite struct KeyMapTests {
  private func screen(_ map: KeyMap) -> DebuggerState {
    var state = DebuggerState(size: Size(width: 120, height: 40))
    state.use(map)
    return state
  }

  @Test func aCommandHasItsNewKeyAndNoLongerTheOldOne() throws {
    let state = screen(try map(("quit", ["ctrl-q"])))
    #expect(state.on(.key(.control("q"))).effects == [.quit])
    #expect(state.on(.key("q")).effects.isEmpty)
    #expect(screen(KeyMap()).on(.key("q")).effects == [.quit])
  }

  @Test func aKeyThatIsTakenIsNoLongerTheOthers() throws {
    let state = screen(try map(("next-pane", ["q"])))
    let pressed = state.on(.key("q")).state
    #expect(pressed.pane != state.pane)
    #expect(pressed.overlay == nil)
  }

  @Test func aCommandWithoutKeysCanStillBeTyped() throws {
    var state = screen(try map(("help", [])))
    #expect(state.on(.key("?")).state.overlay == nil)
    state = state.on(.key(":")).state
    for character in "help" { state = state.on(.key(.character(character))).state }
    #expect(state.on(.key(.enter)).state.overlay is HelpOverlay)
  }

  @Test func aLineCanHaveAKeyBesideThoseOfItsCommand() throws {
    let state = screen(try map(("pane 4", ["F5"])))
    #expect(state.on(.key(.function(5))).state.pane == PaneTable.ids[3])
    #expect(state.on(.key("4")).state.pane == PaneTable.ids[3])
  }

  @Test func hintsAndHelpShowTheNewKeys() throws {
    let state = screen(try map(("command", [";"]), ("quit", ["ctrl-q"])))
    let lines = state.lines
    #expect(lines.last?.contains("ctrl-q quit") == true)
    #expect(lines.last?.contains("; command") == true)
    let help = state.on(.key("?")).state
    var shown = help.lines
    var next = help
    for _ in 0..<20 {
      next = next.on(.key(.pageDown)).state
      shown += next.lines
    }
    #expect(shown.contains { $0.contains("ctrl-q") && $0.contains(":quit") })
    #expect(!shown.contains { $0.contains(" q ") && $0.contains(":quit") })
  }

  @Test func everyKeyIsReadAgainUnderItsName() throws {
    for key in CommandTable.standard.keys { #expect(try KeyName.key(KeyName.of(key)) == key) }
    for key in ["ctrl-space", "F24", "page-down", "é", "ctrl-a"] {
      #expect(KeyName.of(try KeyName.key(key)) == key)
    }
  }

  @Test func everyCommandCanHaveItsOwnKeys() throws {
    var map = KeyMap()
    for group in CommandTable.standard.keyNames {
      for command in group.commands { try map.set(command.name, to: command.keys) }
    }
    #expect(screen(map).lines == screen(KeyMap()).lines)
  }

  @Test func whatIsWrongIsSaidInASentence() {
    #expect(problem(("quti", ["x"])) == "There is no command 'quti'; did you mean 'quit'?")
    #expect(problem(("quit", ["page-upp"])) == "There is no key 'page-upp'; did you mean 'page-up'?")
    #expect(problem(("quit", [""])).hasPrefix("There is no key ''"))
    #expect(
      problem(("quit", ["ctrl-i"])) == "A terminal sends the same for 'ctrl-i' as for 'tab': write 'tab'.")
    #expect(problem(("quit", ["ctrl-c"])) == "'ctrl-c' never reaches the program: it is a signal.")
    #expect(problem(("quit", ["x"]), ("help", ["x"])) == "'x' is already the key of quit.")
    #expect(problem(("goto 300", ["x"]), ("help", ["x"])) == "'x' is already the key of goto 300.")
    #expect(problem(("quit now", ["x"])) == "quit takes nothing after its name.")
    #expect(problem(("pace", ["x"])) == "pace needs a value: name one, such as 'pace 60'.")
  }

  @Test func wordsAfterACommandAreThoseThatItTakes() {
    #expect(CommandTable.standard.words(after: "layout").contains("learn"))
    #expect(CommandTable.standard.words(after: "no-command").isEmpty)
  }
}
