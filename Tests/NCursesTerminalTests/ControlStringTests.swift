import NCursesTerminal
import Testing

struct ControlStringTests {
  private func keys(_ parts: [InputSplitter.Part]) -> String {
    parts.map { part in
      if case .keys(let bytes) = part { String(decoding: bytes, as: UTF8.self) } else { "" }
    }.joined()
  }

  @Test(
    arguments: ["]11;q", "]52;c;qqq", "P1$rqq", "P>|q 1.2", "Pqq", "_Gq=1;q", "_qq", "^qq", "Xqq"],
    ["\u{7}", "\u{1b}\\"])
  func aControlStringIsNoKeyHoweverItArrives(_ text: String, _ end: String) {
    let bytes = Array("a\u{1b}\(text)\(end)b".utf8)
    var splitter = InputSplitter()
    #expect(keys(splitter.parts(bytes)) == "ab")
    #expect(keys(bytes.flatMap { splitter.parts([$0]) }) == "ab")
    for cut in bytes.indices {
      #expect(keys(splitter.parts(Array(bytes[..<cut])) + splitter.parts(Array(bytes[cut...]))) == "ab")
    }
    #expect(splitter.patience == nil)
  }

  @Test(arguments: [1, 7, 1_000, 1 << 16]) func aLongOneIsLeftOutToItsEnd(_ piece: Int) {
    let bytes = Array("a\u{1b}]52;c;\(String(repeating: "q", count: 50_000))\u{1b}\\b".utf8)
    var splitter = InputSplitter()
    let parts = stride(from: 0, to: bytes.count, by: piece).flatMap {
      splitter.parts(Array(bytes[$0..<min(bytes.count, $0 + piece)]))
    }
    #expect(keys(parts) == "ab")
  }

  @Test func oneWithoutAnEndIsGivenUp() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}P1$r\(String(repeating: "q", count: 5_000))".utf8)) == [])
    #expect(splitter.isInString && splitter.patience == .milliseconds(500))
    var late = splitter
    #expect(late.rest() == nil && late.patience == nil && !late.isInString)
    #expect(keys(late.parts(Array("q".utf8))) == "q")
    #expect(splitter.parts([UInt8](repeating: 0x71, count: 2 << 20)) == [])
    #expect(keys(splitter.parts(Array("q".utf8))) == "q")
  }

  @Test func anotherSequenceCancelsOne() {
    var splitter = InputSplitter()
    #expect(keys(splitter.parts(Array("\u{1b}]11;rgb\u{1b}[A".utf8))) == "\u{1b}[A")
    #expect(keys(splitter.parts(Array("\u{1b}P1$r\u{18}b".utf8))) == "b")
    #expect(splitter.parts(Array("\u{1b}]1;\u{1b}[200~hello\u{1b}[201~".utf8)) == [.paste("hello")])
  }

  @Test(arguments: ["P", "X", "_", "^", "]"]) func escapeAndALetterAreKeys(_ letter: String) {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}\(letter)".utf8)) == [])
    #expect(splitter.rest() == .keys(Array("\u{1b}\(letter)".utf8)))
  }

  @Test func escapeAndWordsWithoutAnEndAreKeysAfterAWhile() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}Xjj".utf8)) == [])
    #expect(splitter.patience == .milliseconds(100))
    #expect(splitter.rest() == .keys(Array("\u{1b}Xjj".utf8)))
  }
}
