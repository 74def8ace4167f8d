import DebuggerUI
import TerminalUI
import Testing
import Trace

struct BridgeTextTests {
  private func lines(_ change: (inout Explanation) -> Void) -> [String] {
    var moment = DigitsRun.moment(.backward, 1)
    if var explanation = moment.explanation {
      change(&explanation)
      moment.explanation = explanation
    }
    return States.digits(.paused, moment).after("3", "z").lines
  }

  @Test func notesStandBelowTheLinesOfTheGuide() {
    let lines = lines { $0.notes = ["W2 is fc2.weight.T", "(1/m) is already in dZ2"] }
    let place = lines.firstIndex { $0.contains("dA1 = dZ2 @ W2.T") } ?? 0
    #expect(lines[place + 1].contains("         W2 is fc2.weight.T"))
    #expect(lines[place + 2].contains("         (1/m) is already in dZ2"))
    #expect(lines[place + 3].contains("PyTorch  loss.backward()"))
  }

  @Test func aGradientThatWasKeptIsSaidToBeAddedTo() {
    let lines = lines { $0.contributions[1].kept = 0.35 }
    #expect(
      lines.contains { $0.contains("fc2.weight 10×128 ∇0.053  accumulated 1 of 1, added to ∇0.35 kept") })
    #expect(lines.contains { $0.contains("fc2.bias 10 ∇0.0033  accumulated 1 of 1 ") })
  }

  @Test func aCellThatAddsToWhatItKeptShowsOldAndNewAndNamesTheCell() {
    let lines = lines { $0.accumulation = ["g ← old + new = 5 + 2.154 = 7.154"] }
    #expect(lines.contains { $0.contains("gradient g ← old + new = 5 + 2.154 = 7.154") })
    #expect(lines.contains { $0.contains("cell [0,0]") })
  }
}

struct NodeAdviceTests {
  private func absence(_ phase: Phase, _ node: Int, _ name: String, _ view: TensorView) -> String {
    let focus = Focus(node: name, view: view)
    var moment = DigitsRun.moment(phase, node, focus: focus)
    moment.focus = nil
    var state = States.digits(.paused, moment)
    state.focus = focus
    return state.after("2", "z").lines.joined(separator: " ")
  }

  @Test func inTheUpdateTheAdviceIsAKeyThatMakesTheNextUpdate() {
    #expect(
      absence(.update, 0, "fc2.bias", .update).contains(
        "fc2.bias has no last update at this moment: . makes the next update; v shows another view"))
    #expect(
      absence(.update, 3, "fc1.weight", .update).contains(
        "fc1.weight has no last update at this moment: the optimizer did not change it in this step"))
  }

  @Test func beforeTheUpdateTheAdviceLeadsThere() {
    #expect(
      absence(.forward, 0, "fc2.weight", .gradient).contains(
        "fc2.weight has no gradient at this moment: n goes to the next phase; v shows another view"))
    #expect(absence(.backward, 0, "x", .gradient).contains(": no gradient goes to the data"))
  }
}
