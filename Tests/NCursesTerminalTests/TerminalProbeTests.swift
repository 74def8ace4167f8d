import NCursesTerminal
import TerminalUI
import Testing

struct TerminalProbeTests {
  private func answers(_ texts: String...) -> (probe: TerminalProbe, parts: [InputSplitter.Part]) {
    var probe = TerminalProbe()
    probe.splitter.awaitsReplies = true
    var keys: [InputSplitter.Part] = []
    for text in texts {
      for part in probe.splitter.parts(Array(text.utf8)) {
        if case .reply(let reply) = part { probe.take(reply: reply) } else { keys.append(part) }
      }
    }
    return (probe, keys)
  }

  @Test(
    arguments: [
      ("rgb:0000/0000/0000", true), ("rgb:1e1e/2828/3232", true), ("rgb:ffff/ffff/ffff", false),
      ("rgb:fdfd/f6f6/e3e3", false), ("rgb:f/f/f", false), ("rgba:0000/2b2b/3636/ffff", true),
    ])
  func theBackgroundIsDarkOrLight(_ color: String, _ isDark: Bool) {
    #expect(answers("\u{1b}]11;\(color)\u{1b}\\").probe.isDark == isDark)
    #expect(answers("\u{1b}]11;\(color)\u{7}").probe.isDark == isDark)
  }

  @Test(arguments: ["rgb:", "rgb:12/34", "rgb:zz/zz/zz", "black", "", "rgb:fffff/0/0"])
  func anAnswerThatIsNoColorIsNone(_ color: String) {
    let (probe, keys) = answers("\u{1b}]11;\(color)\u{1b}\\")
    #expect(probe.isDark == nil && keys.isEmpty)
  }

  @Test func aCharacterOfTwoBytesTakesOneColumnInUTF8() {
    #expect(answers("\u{1b}[24;1R\u{1b}[24;2R").probe.isUTF8 == true)
    #expect(answers("\u{1b}[24;1R\u{1b}[24;3R").probe.isUTF8 == false)
    #expect(answers("\u{1b}[24;1R").probe.isUTF8 == nil)
  }

  @Test func anAnswerIsNoKeyHoweverItArrives() {
    let text = "\u{1b}[1;1R\u{1b}[1;2R\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[?62;22c"
    let bytes = Array(text.utf8)
    for cut in bytes.indices {
      let (probe, keys) = answers(
        String(decoding: bytes[..<cut], as: UTF8.self), String(decoding: bytes[cut...], as: UTF8.self))
      #expect(probe.isUTF8 == true && probe.isDark == false && keys.isEmpty, "cut at \(cut)")
      #expect(!probe.splitter.awaitsReplies)
    }
  }

  @Test func whatIsTypedMeanwhileIsKept() {
    let (probe, keys) = answers("a\u{1b}]11;rgb:0/0/0\u{7}b\u{1b}[A\u{1b}[?6cq")
    #expect(probe.isDark == true)
    #expect(keys == [.keys(Array("a".utf8)), .keys(Array("b\u{1b}[A".utf8)), .keys(Array("q".utf8))])
  }

  @Test func afterTheLastAnswerAShiftedFunctionKeyIsAKeyAgain() {
    let (_, keys) = answers("\u{1b}[?62;22c", "\u{1b}[1;2R")
    #expect(keys == [.keys(Array("\u{1b}[1;2R".utf8))])
  }

  @Test func anAnswerWhoseEndDoesNotComeIsNoKey() {
    for beginning in ["\u{1b}]11;rgb:ff", "\u{1b}[?62;"] {
      var splitter = InputSplitter()
      #expect(splitter.parts(Array(beginning.utf8)).isEmpty)
      #expect(splitter.patience == .milliseconds(500))
      #expect(splitter.rest() == nil && splitter.patience == nil)
    }
  }

  @Test func escapeAndABracketAreKeys() {
    var splitter = InputSplitter()
    #expect(splitter.parts(Array("\u{1b}]".utf8)) == [])
    #expect(splitter.patience == .milliseconds(25))
    var other = splitter
    #expect(other.rest() == .keys(Array("\u{1b}]".utf8)))
    #expect(splitter.parts(Array("x".utf8)) == [.keys(Array("\u{1b}]x".utf8))])
  }
}

struct BackgroundFromTheEnvironmentTests {
  @Test(
    arguments: [
      ("15;0", true), ("0;15", false), ("12;8", true), ("0;default;7", false), ("15;default;0", true),
      ("0;11", false),
    ])
  func theLastNumberIsTheBackground(_ value: String, _ isDark: Bool) {
    #expect(ColorChoice.isDark(["COLORFGBG": value]) == isDark)
  }

  @Test(arguments: ["", "x", "15;default"])
  func anythingElseSaysNothing(_ value: String) {
    #expect(ColorChoice.isDark(["COLORFGBG": value]) == nil)
    #expect(ColorChoice.isDark([:]) == nil)
  }
}
