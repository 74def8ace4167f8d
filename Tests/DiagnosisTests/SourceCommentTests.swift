import Diagnosis
import Testing
import Trace

struct SourceCommentTests {
  private func isMuted(_ lines: String..., at line: Int) -> Bool {
    let finding = Finding(
      rule: "dead-relu", severity: .warning, what: "", cause: "", remedy: [], location: "train.py:\(line)",
      position: .start)
    return SourceComment.isMuted(finding, in: lines)
  }

  @Test func aCommentOnTheLineMutesItsRule() {
    #expect(isMuted("x = relu(y)  # tapedeck: mute dead-relu", at: 1))
    #expect(isMuted("let x = y.relu()  // tapedeck: mute other, dead-relu", at: 1))
    #expect(!isMuted("x = relu(y)  # tapedeck: mute other", at: 1))
    #expect(!isMuted("x = relu(y)  # mute dead-relu", at: 1))
    #expect(!isMuted("tapedeck: mute dead-relu", at: 1))
  }

  @Test func aCommentAloneOnTheLineBeforeDoesToo() {
    #expect(isMuted("  # tapedeck: mute dead-relu", "x = relu(y)", at: 2))
    #expect(isMuted("  // tapedeck: mute dead-relu", "x.relu()", at: 2))
    // That of another statement is its own.
    #expect(!isMuted("z = relu(x)  # tapedeck: mute dead-relu", "x = relu(y)", at: 2))
    #expect(!isMuted("# tapedeck: mute dead-relu", "", "x = relu(y)", at: 3))
  }

  @Test func whatIsNotInTheFileIsNotMuted() {
    #expect(!isMuted("# tapedeck: mute dead-relu", at: 9))
    #expect(!isMuted(at: 1))
  }

  @Test(
    arguments: [
      ("x = 1  # tapedeck: mute: softmax-twice", "#", "softmax-twice"),
      ("x = 1  # tapedeck: MUTE dead-relu", "#", "dead-relu"),
      ("# Tapedeck: mute dead-relu", "#", "dead-relu"),
      ("let x = 1  // tapedeck: mute dead-rely", "//", "dead-relu"),
      ("# tapedeck: mute", "#", nil), ("# tapedeck: mute everything", "#", nil),
    ] as [(String, String, String?)])
  func aCommentThatMutesNothingIsAMistake(line: String, mark: String, rule: String?) {
    let mistake = SourceComment.Mistake(line: 2, mark: mark, rule: rule)
    #expect(SourceComment.mistakes(in: ["", line]) == [mistake])
  }

  @Test(arguments: [
    "# tapedeck: mute dead-relu", "# tapedeck: mute dead-relu, since half of them are meant to be",
    "# tapedeck: mute softmax-twice,dead-relu", "# tapedeck is muted here", "# tapedeck: a note",
    "x = \"tapedeck: mute\"", "",
  ])
  func otherLinesAreNone(line: String) { #expect(SourceComment.mistakes(in: [line]).isEmpty) }
}
