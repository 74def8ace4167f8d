import TerminalUI
import Testing

struct TextInputTests {
  /// The line with `|` at its cursor, after some keys.
  private func typed(_ text: String = "", _ keys: Key...) -> String {
    var input = TextInput(text)
    for key in keys {
      let isTaken = input.press(key)
      #expect(isTaken)
    }
    return shown(input)
  }

  private func shown(_ input: TextInput) -> String {
    String(input.characters[..<input.cursor]) + "|" + String(input.characters[input.cursor...])
  }

  @Test func charactersGoInAtTheCursor() {
    #expect(typed("", "a", "b") == "ab|")
    #expect(typed("ab", .left, "x") == "ax|b")
    #expect(typed("ab", .home, "x") == "x|ab")
  }

  @Test func theCursorStaysWithinTheText() {
    #expect(typed("ab", .right) == "ab|")
    #expect(typed("ab", .home, .left) == "|ab")
    #expect(typed("", .left, .right, .backspace, .delete) == "|")
  }

  @Test func controlKeysAreThoseOfAShell() {
    #expect(typed("ab", .control("a")) == "|ab")
    #expect(typed("ab", .home, .control("e")) == "ab|")
    #expect(typed("ab", .control("b")) == "a|b")
    #expect(typed("ab", .home, .control("f")) == "a|b")
    #expect(typed("ab", .control("h")) == "a|")
    #expect(typed("ab", .home, .control("d")) == "|b")
    #expect(typed("lr 0.01", .control("w")) == "lr |")
    #expect(typed("lr 0.01  ", .control("w")) == "lr |")
    #expect(typed("lr 0.01", .left, .left, .control("w")) == "lr |01")
    #expect(typed("lr 0.01", .left, .left, .control("u")) == "|01")
    #expect(typed("lr 0.01", .left, .left, .control("k")) == "lr 0.|")
  }

  @Test func backspaceAndDeleteTakeOneCharacter() {
    #expect(typed("abc", .left, .backspace) == "a|c")
    #expect(typed("abc", .left, .delete) == "ab|")
  }

  @Test(arguments: [Key.enter, .escape, .tab, .up, .down, .control("c"), .function(1), .pageUp])
  func otherKeysAreLeftToOthers(key: Key) {
    var input = TextInput("ab")
    let isTaken = input.press(key)
    #expect(!isTaken)
    #expect(shown(input) == "ab|")
  }

  @Test func whatIsPastedBecomesOneLine() {
    var input = TextInput("ab")
    _ = input.press(.left)
    input.insert("1\n2\t3\u{1b}[31m\u{7}\n")
    #expect(shown(input) == "a1 2 3[31m|b")
  }

  @Test func charactersThatTurnTextAroundAreLeftOut() {
    #expect(TextInput("a\u{202e}b\u{200b}").text == "ab")
  }

  @Test func anAccentJoinsTheLetterBeforeIt() {
    #expect(typed("e", "\u{301}", "x") == "e\u{301}x|")
    #expect(TextInput("e\u{301}x").characters.count == 2)
    #expect(typed("e\u{301}x", .left, .backspace) == "|x")
  }

  @Test func aPartIsReplacedAndTheCursorStandsBehindIt() {
    var input = TextInput("break fc rest")
    input.replace(6..<8, with: "fc1.linear")
    #expect(shown(input) == "break fc1.linear| rest")
    input.replace(-5..<1_000, with: "x")
    #expect(shown(input) == "x|")
  }
}

struct TextInputLineTests {
  /// The line as drawn, the cursor's cell in brackets.
  private func drawn(_ input: TextInput, width: Int) -> String {
    var buffer = Buffer(size: Size(width: width, height: 1))
    TextInputLine(input).draw(into: &buffer, area: buffer.bounds)
    return buffer.cells.map { cell in
      cell.style.attributes.contains(.reverse) ? "[\(cell.scalar)]" : String(cell.scalar)
    }.joined()
  }

  private func input(_ text: String, cursor: Int) -> TextInput {
    var input = TextInput(text)
    _ = input.press(.home)
    for _ in 0..<cursor { _ = input.press(.right) }
    return input
  }

  @Test func theCursorStandsBehindTheText() {
    #expect(drawn(TextInput("ab"), width: 6) == "ab[ ]   ")
    #expect(drawn(TextInput(), width: 3) == "[ ]  ")
  }

  @Test func aLongLineIsMovedSoThatItsCursorIsSeen() {
    let text = "0123456789abcdef"
    #expect(drawn(input(text, cursor: 2), width: 8) == "01[2]3456…")
    #expect(drawn(input(text, cursor: 7), width: 8) == "0123456[7]")
    #expect(drawn(input(text, cursor: 8), width: 8) == "…567[8]9a…")
    #expect(drawn(input(text, cursor: 16), width: 8) == "…def[ ]   ")
  }

  @Test func theCursorIsInViewWhereverItStandsAndHoweverNarrowTheLine() {
    for width in 1...12 {
      for cursor in 0...30 {
        let line = drawn(input(String(repeating: "x", count: 30), cursor: cursor), width: width)
        #expect(line.count { $0 == "[" } == 1 || width == 1 && cursor > 0, "\(width) \(cursor)")
      }
    }
  }

  @Test func aCharacterOfTwoColumnsStandsForOne() {
    #expect(drawn(TextInput("a字b"), width: 6) == "a\u{fffd}b[ ]  ")
  }

  @Test func noCellsAreNoTrouble() {
    #expect(drawn(TextInput("ab"), width: 0) == "")
  }
}
