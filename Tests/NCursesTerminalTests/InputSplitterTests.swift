import NCursesTerminal
import Testing

struct InputSplitterTests {
  private func parts(_ texts: String...) -> [InputSplitter.Part] {
    var splitter = InputSplitter()
    return texts.flatMap { splitter.parts(Array($0.utf8)) }
  }

  private func keys(_ text: String) -> InputSplitter.Part { .keys(Array(text.utf8)) }

  @Test func aPasteIsOnePartHoweverItArrives() {
    let expected = [keys("k"), .paste("a\u{1b}[1m\nb q"), keys("x")]
    #expect(parts("k\u{1b}[200~a\u{1b}[1m\rb q\u{1b}[201~x") == expected)
    let bytes = Array("k\u{1b}[200~a\u{1b}[1m\rb q\u{1b}[201~x".utf8)
    var splitter = InputSplitter()
    #expect(bytes.flatMap { splitter.parts([$0]) } == expected)
    for cut in bytes.indices {
      var splitter = InputSplitter()
      #expect(splitter.parts(Array(bytes[..<cut])) + splitter.parts(Array(bytes[cut...])) == expected)
    }
  }

  @Test(arguments: [
    "\u{1b}", "\u{1b}[", "\u{1b}O", "\u{1b}[1;5", "\u{1b}[<0;12", "\u{1b}[M!!", "\u{1b}[200",
  ])
  func aSequenceThatIsCutOffIsKeptUntilItsRestComes(_ beginning: String) {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("a\(beginning)".utf8)) == [keys("a")])
    #expect(splitter.patience != nil)
    var other = splitter
    #expect(other.rest() == keys(beginning))
    #expect(other.patience == nil)
    #expect(splitter.parts(Array("A".utf8)) == [keys(beginning + "A")])
    #expect(splitter.patience == nil)
  }

  @Test(arguments: ["a", "\u{1b}[A", "\u{1b}OA", "\u{1b}q", "é", "\u{1b}[M!!!", "\u{1b}[<0;5;3M", "漢", "😀"])
  func whatIsWholeIsNotKept(_ text: String) {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array(text.utf8)) == [keys(text)])
    #expect(splitter.patience == nil)
  }

  @Test(arguments: ["é", "漢", "😀"])
  func aCharacterThatIsCutOffIsKeptUntilItsRestComes(_ character: String) {
    let bytes = Array(character.utf8)
    var splitter = InputSplitter()
    #expect(splitter.parts(Array(bytes.dropLast())) == [])
    #expect(splitter.patience != nil)
    #expect(splitter.parts(Array(bytes.suffix(1))) == [.keys(bytes)])
  }

  @Test func bytesThatAreNoCharacterAreNotKept() {
    for bytes: [UInt8] in [[0xff], [0x80, 0x80], [0xc0], [0xf8, 0x80]] {
      var splitter = InputSplitter()
      #expect(splitter.parts(bytes) == [.keys(bytes)])
    }
  }

  @Test func aPasteWhoseEndDoesNotComeIsOver() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}[200~hello\u{1b}[2".utf8)) == [])
    #expect(splitter.patience != nil)
    #expect(splitter.rest() == .paste("hello\u{1b}[2"))
    #expect(splitter.patience == nil)
    #expect(splitter.parts(Array("q".utf8)) == [keys("q")])
  }

  @Test func aPasteOfWhichThePartWasThrownAwayIsDropped() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}[200~hel".utf8)) == [])
    splitter.cut()
    var other = splitter
    #expect(other.parts(Array("lo\u{1b}[201~q".utf8)) == [keys("q")])
    #expect(splitter.rest() == nil)
    #expect(splitter.parts(Array("q".utf8)) == [keys("q")])
  }

  @Test func nothingIsCutOutsideOfAPaste() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}".utf8)) == [])
    splitter.cut()
    #expect(splitter.patience == nil)
    #expect(splitter.parts(Array("[A".utf8)) == [keys("[A")])
  }

  @Test func aLongPasteEndsWhereItEndsAndTheRestOfItsTextIsDropped() {
    let text = String(repeating: "hello \u{1b}[1m", count: 100_000)
    let longest = String(decoding: text.utf8.prefix(InputSplitter.longestPaste), as: UTF8.self)
    #expect(parts("\u{1b}[200~\(text)\u{1b}[201~q") == [.paste(longest), keys("q")])
  }
}
