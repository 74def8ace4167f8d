import TapedeckKit
import Testing

struct TorchArgumentsTests {
  private func marked(_ line: String) -> String {
    TorchArguments.marked(line.split(separator: " ").map(String.init)).joined(separator: " ")
  }

  @Test func everythingFromTheScriptOnIsTheScripts() {
    #expect(
      marked("torch --paused train.py --paused --lang fr") == "torch --paused -- train.py --paused --lang fr")
    #expect(marked("torch train.py") == "torch -- train.py")
  }

  @Test func aValueIsNoScript() {
    #expect(marked("torch --break nan --pace=3 train.py x") == "torch --break nan --pace=3 -- train.py x")
  }

  @Test func aModuleIsTheScript() {
    #expect(
      marked("torch --headless -m package.train --headless")
        == "torch --headless -- -m package.train --headless")
  }

  @Test func aScriptThatIsDiagnosedIsMarkedToo() {
    #expect(
      marked("diagnose --json torch --steps 9 train.py --json")
        == "diagnose --json torch --steps 9 -- train.py --json")
    #expect(marked("diagnose run.tapedeck --json") == "diagnose run.tapedeck --json")
  }

  @Test func whatIsMarkedStaysAsItIs() {
    #expect(marked("torch --paused -- train.py") == "torch --paused -- train.py")
    #expect(marked("torch --help") == "torch --help")
    #expect(marked("train --paused x") == "train --paused x")
  }
}
