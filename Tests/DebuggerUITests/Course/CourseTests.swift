import DebuggerUI
import Lessons
import TerminalUI
import Testing
import Trace

/// The course on the deck: what passes a step, and what does not.
struct CourseTests {
  /// A paused run at a moment, with the course open at a step.
  private func deck(_ step: String, at phase: Phase, _ node: Int, run: Int = 3) -> DebuggerState {
    var state = States.digits(.paused, moment(phase, node, run))
    let place = Lessons.english.course.firstIndex { $0.id == step } ?? 0
    state.openCourse(at: place)
    return state
  }

  private func moment(_ phase: Phase, _ node: Int, _ step: Int = 3, _ optimizer: String = "SGD lr 0.1")
    -> Moment
  {
    var moment = DigitsRun.moment(phase, node, step: step)
    moment.optimizer = optimizer
    if optimizer.contains("zero_grad off") { moment.explanation?.accumulation = ["g ← old + new"] }
    return moment
  }

  private func see(_ state: DebuggerState, _ moment: Moment, _ status: RunUpdate.Status = .paused)
    -> DebuggerState
  {
    var news = RunUpdate()
    (news.status, news.moment) = (status, moment)
    return state.on(news, seconds: 11).state
  }

  private func isDone(_ state: DebuggerState) -> Bool { state.course.done != nil }

  @Test func oneNodeForwardIsTheFirstStep() {
    let start = deck("meet", at: .batch, 0)
    #expect(isDone(see(start, moment(.zeroGrad, 0))))
    let far = see(start, moment(.loss, 0))
    #expect(!isDone(far) && far.course.showsHint)
    #expect(isDone(see(far, moment(.backward, 0))))
    let running = see(start, moment(.update, 3), .running)
    #expect(!isDone(running) && running.course.showsHint)
  }

  @Test func aMomentOnTheWayCountsForNothing() {
    let start = deck("meet", at: .batch, 0)
    var passing = RunUpdate()
    passing.moment = moment(.zeroGrad, 0)
    let onTheWay = start.on(passing, seconds: 11).state
    #expect(!isDone(onTheWay) && !onTheWay.course.showsHint)
    let far = see(onTheWay, moment(.batch, 0, 4))
    #expect(!isDone(far) && far.course.showsHint)
  }

  @Test func aCellOfTheFirstLayerIsChosen() {
    let start = deck("linear", at: .batch, 0)
    let there = see(start, moment(.forward, 0))
    #expect(!isDone(there) && !there.course.showsHint)
    #expect(isDone(there.after("2", .right)))
    #expect(!isDone(there.after("2")))
    let past = see(start, moment(.forward, 1))
    #expect(!isDone(past) && past.course.showsHint)
    #expect(!isDone(past.after("2", .right)))
  }

  @Test func theActivationIsReached() {
    let start = deck("relu", at: .forward, 0)
    #expect(isDone(see(start, moment(.forward, 1))))
    let past = see(start, moment(.loss, 0))
    #expect(!isDone(past) && past.course.showsHint)
  }

  @Test func theLossIsReached() {
    let start = deck("loss", at: .forward, 1)
    let onTheWay = see(start, moment(.forward, 2))
    #expect(!isDone(onTheWay) && !onTheWay.course.showsHint)
    #expect(isDone(see(onTheWay, moment(.loss, 0))))
    #expect(see(start, moment(.backward, 0)).course.showsHint)
  }

  @Test func backwardComesToTheFirstLayer() {
    let start = deck("backward", at: .loss, 0)
    let first = see(start, moment(.backward, 0))
    #expect(!isDone(first) && !first.course.showsHint)
    #expect(isDone(see(first, moment(.backward, 3))))
    #expect(see(first, moment(.update, 0)).course.showsHint)
  }

  @Test func theUpdateOfAWeightIsReached() {
    let start = deck("update", at: .backward, 3)
    #expect(isDone(see(start, moment(.update, 0))))
    let next = see(start, moment(.backward, 3, 4))
    #expect(!isDone(next) && next.course.showsHint)
  }

  @Test func zeroGradIsTurnedOffForTwoSteps() {
    let start = deck("zerograd", at: .update, 0)
    let off = "SGD lr 0.1 zero_grad off"
    #expect(see(start, moment(.update, 0, 4)).course.showsHint)
    var state = see(start, moment(.update, 0, 3, off))
    #expect(!state.course.showsHint)
    let early = see(see(state, moment(.update, 0, 4, off)), moment(.update, 0, 4))
    #expect(!isDone(early) && early.course.showsHint)
    for step in 4...5 { state = see(state, moment(.update, 0, step, off)) }
    #expect(!isDone(state))
    #expect(isDone(see(state, moment(.update, 0, 5))))
  }

  @Test func aRowOfTheTablesIsTried() {
    var start = deck("tables", at: .update, 0)
    start.tryOut = { row, _ in
      let array = LessonTrial.Array(name: "x", shape: [1], values: [1])
      return LessonTrial(row: row, operands: [], byHand: array, engine: array)
    }
    let guide = start.after("8")
    #expect(!isDone(guide) && !guide.course.showsHint)
    #expect(!isDone(guide.after(.enter)))
    #expect(isDone(guide.after(.right, .down, .enter)))
    #expect(start.after("4").course.showsHint)
  }

  @Test func theLearningRateIsChanged() {
    let start = deck("optimizer", at: .update, 0)
    #expect(see(start, moment(.update, 0, 4)).course.showsHint)
    let changed = see(start, moment(.update, 0, 3, "SGD lr 0.01"))
    #expect(!isDone(changed))
    #expect(isDone(see(changed, moment(.update, 3, 9, "SGD lr 0.01"), .running)))
  }

  @Test func theSumOfOldAndNewHasToBeOnTheScreen() {
    let start = deck("zerograd", at: .update, 0)
    let off = "SGD lr 0.1 zero_grad off"
    var state = see(start, moment(.update, 0, 3, off))
    var unseen = moment(.update, 0, 5, off)
    unseen.explanation?.accumulation = []
    state = see(state, unseen)
    #expect(!isDone(see(state, moment(.update, 0, 5))))
  }

  @Test func escapeClosesThePageAndNotTheCourse() {
    var state = States.digits(.paused, moment(.batch, 0), States.small)
    state.openCourse(at: 0)
    #expect(state.course.isReading)
    let closed = state.after(.escape)
    #expect(closed.course.isOpen && !closed.course.isReading)
    #expect(!closed.after(.escape).course.isOpen)
  }

  @Test func aHundredStepsOrAnEpochAreTrained() {
    let start = deck("train", at: .update, 0)
    let running = see(start, moment(.update, 3, 20), .running)
    #expect(!isDone(running) && !running.course.showsHint)
    #expect(isDone(see(running, moment(.update, 3, 103), .running)))
    #expect(see(start, moment(.backward, 0, 4)).course.showsHint)
  }

  @Test func enterGoesOnFromAStepThatIsDoneAndNotBefore() {
    let start = deck("meet", at: .batch, 0)
    #expect(start.after(.enter, .enter).course.step == 0)
    let done = see(start, moment(.zeroGrad, 0))
    #expect(done.after(.enter).course.step == 1)
    #expect(done.on(.key(.enter)).effects.contains(.remember("course", "1")))
  }

  @Test func theLastPageEndsTheCourse() {
    let last = deck("mnist", at: .update, 0)
    #expect(last.course.isOpen)
    #expect(!last.after(.enter).course.isOpen)
    #expect(last.on(.key(.enter)).effects.contains(.remember("course", "0")))
  }

  @Test func escapeLeavesTheCourseAndLTakesItUpAgain() {
    let left = deck("loss", at: .forward, 0).after(.escape)
    #expect(!left.course.isOpen)
    #expect(left.after("L").courseStep?.id == "loss")
  }

  @Test func theStepIsOnTheScreenInBothSizes() {
    for size in [States.small, States.standard] {
      var state = States.digits(.paused, moment(.batch, 0), size)
      state.openCourse(at: 0)
      let screen = state.lines.joined(separator: "\n")
      #expect(screen.contains("The tape"))
      #expect(screen.contains("Press . to run one node") || screen.contains("Press `.`"))
      #expect(state.after("1").lines.joined(separator: "\n").contains("Course 1 of 11"))
    }
  }
}
