import Foundation
import TestSupport
import Testing

/// However the program ends, the terminal is as it was before.
@Suite(.serialized) struct WayOutTests {
  /// A way out.
  enum Way: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case q, interrupt, terminate, hangup, quit, alarm, user, processorTime, pipe, crash

    var testDescription: String { rawValue }

    var code: Int {
      switch self {
      case .q: 0
      case .interrupt: 130
      case .terminate: 143
      case .hangup: 129
      case .quit: 131
      case .alarm: 142
      case .user: 138
      case .processorTime: 152
      case .pipe: 141
      case .crash: 139
      }
    }

    func take(_ deck: Deck, process: pid_t) throws {
      switch self {
      case .q: try deck.press("q")
      case .interrupt: kill(process, SIGINT)
      case .terminate: kill(process, SIGTERM)
      case .hangup: kill(process, SIGHUP)
      case .quit: kill(process, SIGQUIT)
      case .alarm: kill(process, SIGALRM)
      case .user: kill(process, SIGUSR1)
      case .processorTime: kill(process, SIGXCPU)
      case .pipe: kill(process, SIGPIPE)
      case .crash: kill(process, SIGSEGV)
      }
    }
  }

  /// What of a terminal a program can leave changed, besides its modes.
  private static let facts =
    "cursor #{cursor_flag} alternate #{alternate_on} keypad #{keypad_flag} cursor keys #{keypad_cursor_flag} "
    + "mouse #{mouse_any_flag}#{mouse_button_flag}#{mouse_standard_flag}#{mouse_sgr_flag} "
    + "insert #{insert_flag} wrap #{wrap_flag} region #{scroll_region_upper}-#{scroll_region_lower}"

  @Test(arguments: Way.allCases)
  func theTerminalIsAsBefore(_ way: Way) throws {
    let screen = try TmuxScreen(columns: 80, rows: 24)
    defer { screen.close() }
    let before = try screen.value(Self.facts)
    #expect(before.hasPrefix("cursor 1 alternate 0"))
    // One line, so that no prompt comes between the program and what it left.
    try screen.enter(
      "cd; echo what stood before; stty -a > before; sh -c 'echo $$ > process; exec $tapedeck train --paused'; "
        + "echo code $?; stty -a > after; echo over")
    try screen.wait(forText: "▮ PAUSE")
    #expect(try screen.value("#{alternate_on}#{cursor_flag}") == "10")
    let process = try #require(pid_t(try text("process", screen)))
    try way.take(Deck(screen: screen), process: process)
    let rows = try screen.wait(for: "the shell") { $0.contains("over") && $0.last { $0 != "" } == "ready>" }
    #expect(rows.contains("what stood before"))
    #expect(rows.contains("code \(way.code)"))
    #expect(!rows.contains { $0.contains("PAUSE") })
    #expect(try screen.value(Self.facts) == before)
    #expect(try text("after", screen) == text("before", screen))
    #expect(try text("after", screen).contains("speed"))
  }

  private func text(_ name: String, _ screen: TmuxScreen) throws -> String {
    try String(contentsOf: screen.folder.appending(path: name), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func controlCLeavesAsAnInterruptDoes() throws {
    try Deck.open("--paused; echo code $?") { deck in
      try deck.press("C-c")
      try deck.screen.wait(forText: "code 130")
    }
  }
}
