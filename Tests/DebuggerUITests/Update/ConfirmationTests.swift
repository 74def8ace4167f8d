import DebuggerUI
import TerminalUI
import Testing
import Trace

/// What the footer says once the run has done what was asked.
struct ConfirmationTests {
  private let state = States.digits(.paused)

  private func change(_ text: String) -> RunUpdate {
    var update = RunUpdate()
    update.events = [
      RunEvent(
        .change, at: Position(step: 300, phase: .backward, node: 1), text,
        change: .cell(parameter: "fc1.weight", index: [3, 4], value: 0))
    ]
    return update
  }

  @Test func aChangeIsConfirmed() {
    let asked = state.typing("set fc1.weight[3,4] 0").after(.enter)
    let told = asked.on(change("fc1.weight[3, 4] 0.12 → 0"), seconds: 11).state
    #expect(told.notice?.text == "changed: fc1.weight[3, 4] 0.12 → 0")
    #expect(told.lines[39].contains("0.12 → 0"))
  }

  @Test func changesThatNobodyAskedForAreNot() {
    #expect(state.on(change("lr 0.1 → 0.2"), seconds: 11).state.notice == nil)
    let asked = state.typing("set fc1.weight[3,4] 0").after(.enter)
    let once = asked.on(change("a"), seconds: 11).state.after(.tab)
    #expect(once.on(change("b"), seconds: 12).state.notice == nil)
  }

  @Test func moreEpochsAreAskedForAlsoAtTheEnd() {
    let done = States.digits(.finished)
    #expect(done.entering("epochs +10") == "no line '30 epochs now' → extend(epochs: 10)")
    #expect(done.entering("epochs 25") == "no line '25 epochs now' → extend(epochs: 5)")
    #expect(done.entering("epochs 20") == "7: The run has 20 epochs already: give more, or +20.")
    #expect(done.entering("epochs -1").hasPrefix("7: '-1' is not a number of epochs"))
    #expect(done.entering("epochs +99999999") == "7: A run may have at most 1000000 epochs.")
  }

  @Test func aRunThatIsBeingPreparedIsLeftAtOnce() {
    #expect(States.digits(.preparing).answer("q") == "→ quit")
  }

  @Test func theFileThatIsOpenedHasItsName() {
    var opening = DebuggerState(size: States.standard)
    opening.openedFile = "run.tapedeck"
    #expect(opening.lines[0].contains("opening run.tapedeck…"))
  }

  @Test func anEvaluationThatTakesLongHasABar() {
    func news(_ share: Double) -> RunUpdate {
      var update = RunUpdate()
      update.evaluation = share
      return update
    }
    let begun = States.digits(.running).on(news(0.25), seconds: 20).state
    let later = begun.on(news(0.5), seconds: 30).state
    #expect(later.lines[1].contains("evaluating ") && later.lines[1].contains(" 50 %  20 s left"))
    #expect(!later.on(.moment(301), seconds: 31).state.lines[1].contains("evaluating"))
  }

  @Test func escapeStopsASeekAndItsBarHasTheTimeLeft() {
    func news(_ step: Int) -> RunUpdate {
      var update = RunUpdate()
      update.progress = RunUpdate.Progress(start: 1, step: step, target: 101)
      return update
    }
    let begun = state.on(news(1), seconds: 20).state
    #expect(begun.answer(.escape) == "→ pause")
    let later = begun.on(news(51), seconds: 30).state
    #expect(later.lines[1].contains("50 %  10 s left"))
    #expect(later.lines[1].contains("esc stops"))
  }
}
