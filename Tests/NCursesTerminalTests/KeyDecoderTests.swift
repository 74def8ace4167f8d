import CNCurses
import NCursesTerminal
import TerminalUI
import Testing

struct KeyDecoderTests {
  private func events(_ inputs: [KeyDecoder.Input]...) -> [TerminalEvent] {
    var decoder = KeyDecoder()
    return inputs.flatMap { decoder.events($0) { $0 == 600 ? "kRIT5" : nil } }
  }

  private func typed(_ text: String) -> [KeyDecoder.Input] { text.unicodeScalars.map { .character($0) } }

  @Test(
    arguments: [
      ("q", .character("q")), ("é", .character("é")), ("\r", .enter), ("\n", .enter), ("\t", .tab),
      ("\u{7f}", .backspace), ("\u{8}", .backspace), ("\u{1b}", .escape), ("\u{1}", .control("a")),
      ("\u{1a}", .control("z")), ("\0", .control(" ")), ("\u{1c}", .control("\\")),
    ] as [(String, Key)])
  func charactersAreKeys(_ text: String, _ key: Key) {
    #expect(events(typed(text)) == [.key(key)])
  }

  @Test func keysWithNumbersOrNamesAreKnown() {
    #expect(
      events([.key(KEY_UP), .key(KEY_BTAB), .key(600), .key(shim_function_key(12))])
        == [.key(.up), .key(.backTab), .key(.right), .key(.function(12))])
    #expect(events([.key(KEY_RESIZE), .key(599)]).isEmpty)
  }

  @Test func anUnknownSequenceFiresNoCommands() {
    #expect(events(typed("\u{1b}[123;4zq")) == [.key(.character("q"))])
    #expect(events(typed("\u{1b}Oqx")) == [.key(.character("x"))])
  }

  @Test func escapeAndThenALetterAreTwoKeys() {
    #expect(events(typed("\u{1b}q")) == [.key(.escape), .key(.character("q"))])
    #expect(events(typed("\u{1b}\u{1b}")) == [.key(.escape), .key(.escape)])
  }

  @Test func aClickReadAtOnceIsAPressAndARelease() {
    #expect(
      events([.mouse(SHIM_LEFT_CLICKED & ~SHIM_MOVED, x: 3, y: 4)]) == [
        .mouse(MouseEvent(x: 3, y: 4, kind: .press)), .mouse(MouseEvent(x: 3, y: 4, kind: .release)),
      ])
  }

  @Test func theRightButtonIsAPressOfItsOwn() {
    for state in [SHIM_RIGHT_PRESSED, SHIM_RIGHT_CLICKED] {
      #expect(
        events([.mouse(state, x: 3, y: 4)]) == [.mouse(MouseEvent(x: 3, y: 4, kind: .press, button: .right))])
    }
  }

  @Test func movingIsADragOnlyWithTheButtonDown() {
    let moved = KeyDecoder.Input.mouse(SHIM_MOVED, x: 1, y: 1)
    #expect(events([moved]).isEmpty)
    #expect(
      events([.mouse(SHIM_LEFT_PRESSED, x: 0, y: 1), moved, .mouse(SHIM_LEFT_RELEASED, x: 1, y: 1), moved])
        == [
          .mouse(MouseEvent(x: 0, y: 1, kind: .press)), .mouse(MouseEvent(x: 1, y: 1, kind: .drag)),
          .mouse(MouseEvent(x: 1, y: 1, kind: .release)),
        ])
  }

  @Test func theWheelTurnsBothWays() {
    #expect(
      events([.mouse(SHIM_WHEEL_UP, x: 9, y: 8), .mouse(SHIM_WHEEL_DOWN, x: 9, y: 8)]) == [
        .mouse(MouseEvent(x: 9, y: 8, kind: .wheelUp)), .mouse(MouseEvent(x: 9, y: 8, kind: .wheelDown)),
      ])
  }
}
