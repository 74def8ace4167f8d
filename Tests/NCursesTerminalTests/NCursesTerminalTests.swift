import Dispatch
import Glibc
import NCursesTerminal
import TerminalUI
import Testing

/// ncurses has one screen at a time, so these tests run one after the other.
@Suite(.serialized) struct NCursesTerminalTests {
  func open(
    _ body: (NCursesTerminal, PseudoTerminal) throws -> Void
  ) throws {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    let terminal = try NCursesTerminal(pseudo.options())
    defer { terminal.close() }
    try body(terminal, pseudo)
  }

  /// The next event; a test that waits in vain fails and does not hang.
  func next(_ terminal: NCursesTerminal) -> TerminalEvent {
    terminal.nextEvent(until: .now + .seconds(10))
  }

  func buffer(_ terminal: NCursesTerminal, _ text: String, row: Int = 0) -> Buffer {
    var buffer = terminal.makeBuffer()
    buffer.draw(text, x: 0, y: row)
    return buffer
  }

  @Test func whatIsNotATerminalIsRefused() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(throws: TerminalError.notATerminal) {
      _ = try NCursesTerminal(.init(environment: ["TERM": "xterm"], input: ends[0], output: ends[1]))
    }
  }

  @Test(
    arguments: [
      ("", .noTerminalName), ("dumb", .tooSimple("dumb")), ("no-such-terminal", .unknown("no-such-terminal")),
    ] as [(String, TerminalError)])
  func aTerminalThatCannotShowAScreenIsRefusedUnchanged(_ name: String, _ error: TerminalError) throws {
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    let before = pseudo.mode
    #expect(throws: error) { _ = try NCursesTerminal(pseudo.options(["TERM": name])) }
    #expect(pseudo.mode == before)
    #expect(pseudo.read() == "")
  }

  @Test func closingLeavesTheTerminalAsItWas() throws {
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    let before = pseudo.mode
    let terminal = try NCursesTerminal(pseudo.options())
    #expect(pseudo.mode != before)
    terminal.close()
    terminal.close()
    #expect(pseudo.mode == before)
    let output = pseudo.read()
    for mode in ["1049", "1000", "1002", "1006", "2004", "1"] {
      let on = output.ranges(of: "\u{1b}[?\(mode)h").last?.lowerBound
      let off = output.ranges(of: "\u{1b}[?\(mode)l").last?.lowerBound
      #expect(off != nil && on ?? output.startIndex < off ?? output.startIndex)
    }
    #expect(!output.contains("\u{1b}]104"))
  }

  @Test func theSizeIsTheTerminals() throws {
    try open { terminal, _ in
      #expect(terminal.size == Size(width: 40, height: 10))
      #expect(terminal.colorSupport == .palette256)
    }
  }

  @Test func onlyWhatChangedIsSent() throws {
    try open { terminal, pseudo in
      terminal.present(buffer(terminal, "hello"))
      #expect(pseudo.read().contains("hello"))
      terminal.present(buffer(terminal, "hello"))
      #expect(pseudo.read() == "")
      terminal.present(buffer(terminal, "jello"))
      let change = pseudo.read()
      #expect(change.contains("j") && !change.contains("ello"))
    }
  }

  @Test func coloursBeyondTheFirst255PairsAreShown() throws {
    try open { terminal, pseudo in
      var buffer = terminal.makeBuffer()
      for index in 0..<400 {
        let style = Style(
          foreground: .palette(UInt8(16 + index % 200)), background: .palette(UInt8(20 + index / 2)))
        buffer[index % 40, index / 40] = Cell("x", style: style)
      }
      terminal.present(buffer)
      let output = pseudo.read()
      #expect(output.contains("\u{1b}[48;5;219m"))
    }
  }

  /// What is sent for a red and a bright red letter.
  private func redLetters(_ environment: [String: String]) throws -> (ColorSupport, String) {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let pseudo = try PseudoTerminal(columns: 40, rows: 10)
    let terminal = try NCursesTerminal(pseudo.options(environment))
    defer { terminal.close() }
    _ = pseudo.read()
    var buffer = terminal.makeBuffer()
    buffer.draw("r", x: 0, y: 0, style: .foreground(.hex(0xaa0000)))
    buffer.draw("b", x: 1, y: 0, style: .foreground(.hex(0xff0000)))
    terminal.present(buffer)
    return (terminal.colorSupport, pseudo.read())
  }

  @Test func withEightColoursTheBrightOnesAreBold() throws {
    let (support, output) = try redLetters(["TERM": "xterm"])
    #expect(support == .ansi16)
    #expect(output.contains("\u{1b}[31mr"))
    #expect(output.contains("1m") && !output.contains("\u{1b}[91m"))
  }

  @Test(arguments: [["TERM": "vt100"], ["TERM": "xterm-256color", "NO_COLOR": "1"]])
  func withoutColoursNoneAreSent(_ environment: [String: String]) throws {
    let (support, output) = try redLetters(environment)
    #expect(support == .none)
    #expect(output.contains("b"))
    #expect(!output.contains("[3"))
  }

  @Test func aBufferOfAnotherSizeIsClipped() throws {
    try open { terminal, pseudo in
      var large = Buffer(size: Size(width: 60, height: 20))
      large.fill(large.bounds, with: Cell("z"))
      terminal.present(large)
      #expect(pseudo.read().contains("z"))
      terminal.present(Buffer(size: .zero))
      _ = pseudo.read()
    }
  }

  @Test(
    arguments: [
      ("q", [.character("q")]), ("\u{1b}[A", [.up]), ("\u{1b}OA", [.up]), ("\u{1b}[H", [.home]),
      ("\u{1b}[7~", [.home]), ("\u{1b}OF", [.end]), ("\u{1b}[4~", [.end]), ("\u{1b}[5~", [.pageUp]),
      ("\u{1b}[Z", [.backTab]), ("\u{1b}[1;5C", [.right]), ("\u{1b}OP", [.function(1)]),
      ("\u{13}", [.control("s")]),
      ("\r", [.enter]), ("\u{7f}", [.backspace]), ("\u{1b}[99zj", [.character("j")]),
    ] as [(String, [Key])])
  func sequencesAreKeys(_ sequence: String, _ keys: [Key]) throws {
    try open { terminal, pseudo in
      pseudo.type(sequence)
      for key in keys { #expect(next(terminal) == .key(key)) }
      #expect(terminal.nextEvent(until: .now) == .deadline)
    }
  }

  @Test func theMouseIsHeard() throws {
    try open { terminal, pseudo in
      pseudo.type("\u{1b}[<0;5;3M")
      #expect(next(terminal) == .mouse(MouseEvent(x: 4, y: 2, kind: .press)))
      pseudo.type("\u{1b}[<32;7;3M")
      #expect(next(terminal) == .mouse(MouseEvent(x: 6, y: 2, kind: .drag)))
      pseudo.type("\u{1b}[<0;7;3m")
      #expect(next(terminal) == .mouse(MouseEvent(x: 6, y: 2, kind: .release)))
      pseudo.type("\u{1b}[<64;1;1M")
      #expect(next(terminal) == .mouse(MouseEvent(x: 0, y: 0, kind: .wheelUp)))
      pseudo.type("\u{1b}[<65;1;1M")
      #expect(next(terminal) == .mouse(MouseEvent(x: 0, y: 0, kind: .wheelDown)))
    }
  }

  @Test func pastedTextIsNotTyped() throws {
    try open { terminal, pseudo in
      pseudo.type("\u{1b}[200~quit\rq\u{1b}[201~")
      #expect(next(terminal) == .paste("quit\nq"))
    }
  }

  @Test func aWakeFromAnotherThreadEndsTheWait() throws {
    try open { terminal, _ in
      let waker = terminal.waker
      DispatchQueue.global().async { waker.wake() }
      #expect(next(terminal) == .wake)
    }
  }

  @Test func manyWakesAreOneAndStayPendingWhereTheyAreNotTaken() throws {
    try open { terminal, _ in
      terminal.waker.wake()
      terminal.waker.wake()
      #expect(terminal.nextEvent(until: .now, takesWake: false) == .deadline)
      #expect(next(terminal) == .wake)
      #expect(terminal.nextEvent(until: .now) == .deadline)
    }
  }

  @Test func aNewSizeIsAnEventAndDrawsEverything() throws {
    try open { terminal, pseudo in
      terminal.present(buffer(terminal, "hello"))
      _ = pseudo.read()
      pseudo.resize(columns: 30, rows: 8)
      pthread_kill(pthread_self(), SIGWINCH)
      #expect(next(terminal) == .resize(Size(width: 30, height: 8)))
      terminal.present(buffer(terminal, "hello"))
      #expect(pseudo.read().contains("hello"))
      pthread_kill(pthread_self(), SIGWINCH)
      #expect(terminal.nextEvent(until: .now) == .deadline)
    }
  }

  @Test(
    arguments: [
      (SIGINT, .interrupt), (SIGTERM, .terminate), (SIGHUP, .hangup), (SIGQUIT, .quit),
      (SIGUSR1, .other(SIGUSR1)), (SIGUSR2, .other(SIGUSR2)), (SIGALRM, .other(SIGALRM)),
      (SIGXCPU, .other(SIGXCPU)), (SIGXFSZ, .other(SIGXFSZ)), (SIGVTALRM, .other(SIGVTALRM)),
      (SIGPROF, .other(SIGPROF)), (SIGPOLL, .other(SIGPOLL)), (SIGPWR, .other(SIGPWR)),
      (SIGSTKFLT, .other(SIGSTKFLT)),
    ] as [(Int32, TerminalEvent.Signal)])
  func aSignalThatEndsTheProgramIsAnEvent(_ number: Int32, _ signal: TerminalEvent.Signal) throws {
    try open { terminal, _ in
      pthread_kill(pthread_self(), number)
      #expect(next(terminal) == .signal(signal))
    }
  }

  @Test func aTerminalThatGoesAwayEndsTheInput() throws {
    try open { terminal, pseudo in
      pseudo.hangUp()
      #expect(next(terminal) == .endOfInput)
    }
  }

  @Test func aWakerOutlivesItsTerminal() throws {
    var waker: Waker?
    try open { terminal, _ in waker = terminal.waker }
    waker?.wake()
    #expect(waker != nil)
  }
}
