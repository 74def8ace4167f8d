import Glibc
import NCursesTerminal
import TerminalUI
import Testing

/// Nothing waits for the terminal.
extension NCursesTerminalTests {
  @Test func aFailedWriteIsNoSignalToEnd() throws {
    try open { terminal, _ in
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      close(ends[0])
      #expect(write(ends[1], "x", 1) == -1)
      close(ends[1])
      #expect(terminal.nextEvent(until: .now) == .deadline)
    }
  }

  @Test func whatTheTerminalHasThrownAwayIsNotWaitedFor() throws {
    try open { terminal, pseudo in
      pseudo.type("jj\u{1b}[<0;5")
      #expect(next(terminal) == .key("j"))
      pthread_kill(pthread_self(), SIGINT)
      #expect(next(terminal) == .signal(.interrupt))
      #expect(terminal.nextEvent(until: .now) == .deadline)
      // The end of the paste is thrown away.
      pseudo.type("j\u{1b}[200~hello")
      #expect(next(terminal) == .key("j"))
      pthread_kill(pthread_self(), SIGQUIT)
      #expect(next(terminal) == .signal(.quit))
      #expect(terminal.nextEvent(until: .now + .milliseconds(150)) == .deadline)
      pseudo.type("k")
      #expect(next(terminal) == .key("k"))
    }
  }

  /// Draws until the terminal has taken all it can without being read.
  private func fill(_ terminal: NCursesTerminal) {
    for frame in 0..<100 {
      var buffer = terminal.makeBuffer()
      for y in 0..<buffer.size.height {
        for x in 0..<buffer.size.width {
          let style = Style(foreground: .palette(UInt8(16 + (x + frame) % 200)))
          buffer[x, y] = Cell(Unicode.Scalar(UInt8(65 + (x + y + frame) % 26)), style: style)
        }
      }
      terminal.present(buffer)
    }
  }

  @Test func aTerminalThatTakesNothingHoldsUpNothing() throws {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    let before = pseudo.mode
    let terminal = try NCursesTerminal(pseudo.options())
    fill(terminal)
    pseudo.type("k")
    #expect(next(terminal) == .key("k"))
    pthread_kill(pthread_self(), SIGTERM)
    #expect(next(terminal) == .signal(.terminate))
    terminal.close()
    #expect(pseudo.mode == before)
    #expect(pseudo.read().hasSuffix("\u{1b}[?1l\u{1b}>"))
  }

  @Test func aTerminalThatTakesMoreAgainGetsTheNewestFrame() throws {
    try open { terminal, pseudo in
      fill(terminal)
      terminal.present(buffer(terminal, "the newest"))
      var output = ""
      for _ in 0..<1000 where !output.contains("the newest") {
        output += pseudo.read()
        #expect(terminal.nextEvent(until: .now + .milliseconds(10)) == .deadline)
      }
      #expect(output.contains("the newest"))
    }
  }
}
