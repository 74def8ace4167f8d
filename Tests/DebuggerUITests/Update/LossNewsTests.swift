import DebuggerUI
import TerminalUI
import Testing
import Trace

struct LossNewsTests {
  /// A run that is paused at the start of step 101, with epochs of 25 steps.
  private var state: DebuggerState {
    var update = RunUpdate()
    update.description = DigitsRun.description
    update.status = .paused
    update.losses = (1...100).map { .init(step: $0, loss: Float(200 - $0), accuracy: Float($0) / 100) }
    update.epochs = (1...4).map(epoch)
    update.moment = DigitsRun.moment(.batch, 0, step: 101)
    return DebuggerState(size: States.standard).on(update, seconds: 1).state.after("4")
  }

  private func epoch(_ number: Int) -> EpochResult {
    EpochResult(
      epoch: number, step: number * 25, loss: 1, validationLoss: 1, trainAccuracy: 0.5,
      validationAccuracy: 0.25, seconds: 1)
  }

  private func fork(at step: Int, in phase: Phase = .update, _ future: Future) -> RunUpdate {
    var update = RunUpdate()
    update.fork = RunUpdate.Fork(
      position: Position(step: step, phase: phase, node: 0), future: future)
    return update
  }

  @Test func aDroppedFutureLeavesTheCurves() {
    let forked = state.on(fork(at: 60, .dropped), seconds: 2).state
    #expect(forked.trainLoss.points.map(\.step) == Array(1...60))
    #expect(forked.trainAccuracy.points.map(\.step) == Array(1...60))
    #expect(forked.epochs.map(\.epoch) == [1, 2])
    #expect(forked.lossPane.ghosts.isEmpty)
    #expect(!forked.lines.contains { $0.contains("ghost") })
  }

  @Test func epochsOfALongRunAreThinnedAndTheNewestStays() {
    var state = state
    for start in stride(from: 5, to: 50_005, by: 500) {
      var update = RunUpdate()
      update.epochs = (start..<start + 500).map(epoch)
      state = state.on(update, seconds: 3).state
    }
    let numbers = state.epochs.map(\.epoch)
    #expect((512...2_048).contains(numbers.count))
    #expect(numbers.last == 50_004)
    #expect(numbers == numbers.sorted())
    let gaps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
    #expect(gaps.max() == 64)
  }

  @Test func aGhostKeepsWhatLiesBeyondTheFork() throws {
    let forked = state.on(fork(at: 60, .ghost), seconds: 2).state
    #expect(forked.trainLoss.points.map(\.step) == Array(1...60))
    let ghost = try #require(forked.lossPane.ghosts.first)
    #expect(ghost.losses.map(\.step) == Array(61...100))
    #expect(ghost.accuracies.map(\.step) == Array(61...100))
    #expect(ghost.epochs.map(\.epoch) == [3, 4])
    #expect(forked.lines.contains { $0.contains("╌╌ ghost") && $0.contains("train") })
  }

  @Test func theNewFutureGoesOnFromTheForkInTheSameNews() {
    var update = fork(at: 60, .dropped)
    update.losses = [.init(step: 61, loss: 7)]
    let forked = state.on(update, seconds: 2).state
    #expect(forked.trainLoss.points.last.map { [Double($0.step), $0.value] } == [61, 7])
  }

  @Test func theLossOfTheForkedStepItselfIsReplaced() {
    var update = fork(at: 60, in: .batch, .dropped)
    update.losses = [.init(step: 60, loss: 7)]
    let forked = state.on(update, seconds: 2).state
    #expect(forked.trainLoss.points.map(\.step) == Array(1...60))
    #expect(forked.trainLoss.points.last?.value == 7)
  }

  @Test func aForkWithNothingBeyondItLeavesNoGhost() {
    #expect(state.on(fork(at: 100, .ghost), seconds: 2).state.lossPane.ghosts.isEmpty)
  }

  @Test func onlyTheNewestGhostsAreKept() {
    var state = state
    for step in stride(from: 90, through: 40, by: -10) {
      state = state.on(fork(at: step, .ghost), seconds: 2).state
    }
    #expect(state.lossPane.ghosts.map { $0.losses.first?.step } == [71, 61, 51, 41])
  }

  @Test func aMarkInTheFutureThatWasLeftIsForgotten() {
    let marked = state.after("m")
    #expect(marked.on(fork(at: 60, .ghost), seconds: 2).state.mark == nil)
    #expect(marked.on(fork(at: 102, .ghost), seconds: 2).state.mark == marked.mark)
  }

  @Test func smoothingGoesThroughItsStrengths() {
    #expect(state.answer("A") == "smoothing 0.6")
    #expect(state.after("A", "A", "A").lossPane.smoothing == 0.97)
    #expect(state.after("A", "A", "A", "A").lossPane.smoothing == 0)
    #expect(state.after("A").lines.contains { $0.contains("smoothed 0.6") })
  }

  @Test func theAccuracyTakesTheLossesPlaceAndBack() {
    #expect(state.answer("a") == "accuracy")
    let lines = state.after("a").lines
    #expect(lines.contains { $0.contains("4 Loss accuracy %") })
    #expect(lines.contains { $0.contains("batch") && $0.contains("train") && $0.contains("validation") })
    #expect(lines.contains { $0.contains("100┤") })
    #expect(state.after("a", "a").lines == state.lines)
  }

  @Test func theAccuracyHasNoLogarithmicAxis() {
    #expect(!state.after("a", "y").lines.contains { $0.contains(" log ") })
    #expect(state.after("y").lines.contains { $0.contains(" log ") })
  }

  @Test func theMarkStandsOnTheAxis() {
    let marked = state.after("m").lines
    #expect(marked.contains { $0.contains("└┬") && $0.contains("m─") })
    #expect(!state.lines.contains { $0.contains("└┬") && $0.contains("m─") })
  }
}
