import NCursesTerminal
import Testing

struct ControlSequencesTests {
  @Test(arguments: [
    ("\u{1b}[?5h$<100/>\u{1b}[?5l", "\u{1b}[?5h\u{1b}[?5l"), ("plain", "plain"), ("$", "$"), ("a$b", "a$b"),
    ("$<5", "$<5"), ("x$<2>y$<3*>z", "xyz"),
  ])
  func delaysAreLeftOut(_ sequence: String, _ sent: String) {
    #expect(ControlSequences.withoutPadding(sequence) == sent)
  }

  @Test func afterACrashEveryModeIsUndone() {
    let reset = ControlSequences.reset(capabilities: ["\u{1b}[?1049l"], usesMouse: true)
    for mode in ["2026", "1002", "1006", "1000", "2004", "1049", "1"] {
      #expect(reset.contains("\u{1b}[?\(mode)l"))
    }
    #expect(reset.hasPrefix("\u{18}"))
    #expect(reset.hasSuffix("\u{1b}>"))
  }
}
