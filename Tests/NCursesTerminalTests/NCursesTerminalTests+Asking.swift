import NCursesTerminal
import TerminalUI
import Testing

/// What the terminal is asked, and what follows from its answers.
extension NCursesTerminalTests {
  /// A terminal that has answered so when it is asked.
  private func asked(
    _ answers: String, _ environment: [String: String] = ["TERM": "xterm-256color"],
    _ body: (NCursesTerminal, PseudoTerminal) throws -> Void
  ) throws {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    pseudo.type(answers)
    var options = pseudo.options(environment)
    options.asksTerminal = true
    let terminal = try NCursesTerminal(options)
    defer { terminal.close() }
    try body(terminal, pseudo)
  }

  @Test func aLightTerminalThatShowsUTF8GetsBoth() throws {
    try asked("\u{1b}[1;1R\u{1b}[1;2R\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\q\u{1b}[?62c") { terminal, pseudo in
      #expect(terminal.isDark == false && terminal.usualTheme == .light)
      #expect(terminal.isUnicode && terminal.remarks.isEmpty)
      #expect(pseudo.read().contains("\u{1b}]11;?\u{1b}\\\u{1b}[c"))
      #expect(next(terminal) == .key("q"))
      #expect(terminal.nextEvent(until: .now) == .deadline)
    }
  }

  @Test func aTerminalThatShowsTwoCharactersForOneGetsASCIIAndTheReason() throws {
    try asked("\u{1b}[1;1R\u{1b}[1;3R\u{1b}[?62c") { terminal, _ in
      #expect(!terminal.isUnicode && terminal.remarks.count == 1)
      #expect(terminal.isDark == nil && terminal.usualTheme == .dark)
    }
  }

  @Test func anAnswerThatComesLateChangesTheTheme() throws {
    try asked("") { terminal, pseudo in
      #expect(terminal.usualTheme == .dark)
      pseudo.type("\u{1b}]11;rgb:ffff/ffff/ffff\u{7}")
      #expect(next(terminal) == .resize(terminal.size))
      #expect(terminal.usualTheme == .light)
    }
  }

  @Test(arguments: ["linux", "vt100"])
  func anOldTerminalIsNotAskedWhatItWouldShow(_ name: String) throws {
    try asked("\u{1b}[?6c", ["TERM": name]) { _, pseudo in #expect(!pseudo.read().contains("]11")) }
  }

  @Test func theEnvironmentSaysWhatTheTerminalDoesNot() throws {
    try asked("\u{1b}[?6c", ["TERM": "xterm-256color", "COLORFGBG": "0;15"]) { terminal, _ in
      #expect(terminal.isDark == false)
    }
  }

  @Test func aTerminalWithoutADescriptionGetsThatOfOneLikeIt() throws {
    try asked("\u{1b}[?6c", ["TERM": "foot-of-next-year"]) { terminal, _ in
      #expect(terminal.colorSupport >= .palette256)
      #expect(terminal.remarks.contains { $0.contains("xterm-256color") })
    }
  }

  @Test func anotherThemeDrawsTheScreenAnew() throws {
    try open { terminal, pseudo in
      terminal.present(buffer(terminal, "hello"))
      _ = pseudo.read()
      var light = terminal.makeBuffer(.light)
      light.draw("hello", x: 0, y: 0)
      terminal.present(light)
      #expect(pseudo.read().contains("hello"))
      terminal.present(light)
      #expect(pseudo.read() == "")
    }
  }

  @Test func overANetworkTheNextFramesWaitForTheTerminal() throws {
    let environment = ["TERM": "xterm-256color", "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"]
    try asked("\u{1b}[1;1R\u{1b}[1;2R\u{1b}[?62c", environment) { terminal, pseudo in
      for frame in ["Q", "V", "W", "X", "Z"] { terminal.present(buffer(terminal, frame)) }
      let output = pseudo.read()
      #expect(output.contains("W") && !output.contains("Z"))
      for _ in 0..<3 { pseudo.type("\u{1b}[?62c") }
      #expect(terminal.nextEvent(until: .now + .milliseconds(50)) == .deadline)
      #expect(pseudo.read().contains("Z"))
      // The last question is answered before the shell is back.
      pseudo.type("\u{1b}[?62c")
    }
  }
}
