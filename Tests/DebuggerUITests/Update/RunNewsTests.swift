import DebuggerUI
import TerminalUI
import Testing
import Trace

extension RunUpdate {
  /// News of the last moment of a step.
  static func moment(_ step: Int) -> RunUpdate {
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.update, 3, step: step, isPlaying: true)
    return update
  }
}

struct RunNewsTests {
  private let start = DebuggerState(size: States.standard, pace: 60)

  @Test func newsIsTakenOver() {
    let state = States.digits(.paused)
    #expect(state.status == .paused)
    #expect(state.description == DigitsRun.description)
    #expect(state.moment == DigitsRun.moment(.backward, 1))
    #expect(state.epochs.map(\.epoch) == Array(1...12))
    #expect(state.trainLoss.points.count == 299)
    #expect(start.on(States.news, seconds: 0).effects == [])
  }

  @Test func emptyNewsChangesNothing() {
    for status in States.Status.allCases {
      #expect(States.digits(status).answer(RunUpdate(), seconds: 11) == "")
    }
  }

  @Test func theFirstNewsShowsTheRun() {
    #expect(start.lines[0].contains("preparing data and model"))
    let state = start.on(States.news, seconds: 0).state
    #expect(state.lines[0].contains("64→128→10"))
  }

  @Test func aNodeChosenBeforeTheNamesAreKnownIsCheckedWhenTheyAre() {
    var update = RunUpdate()
    (update.description, update.status) = (DigitsRun.description, .paused)
    update.moment = DigitsRun.moment(.forward, 1, step: 1)
    update.moment?.graph = ComputationGraph()
    let early = start.on(update, seconds: 1).state.typing("focus fc9.rleu").after(.enter)
    #expect(early.focus.node == "fc9.rleu")
    update.moment = DigitsRun.moment(.backward, 1, step: 1)
    let (state, effects) = early.on(update, seconds: 2)
    #expect(state.warnings.count == 1 && state.warnings[0].hasPrefix("There is no node 'fc9.rleu'"))
    #expect(state.focus.node == nil && effects == [.command(.focus(Focus()))])
  }

  @Test func theLossHistoryStaysBounded() {
    var state = start
    for part in 0..<200 {
      var update = RunUpdate()
      update.losses = (1...1_000).map { .init(step: part * 1_000 + $0, loss: 1) }
      _ = state.update(update, seconds: Double(part))
    }
    #expect((1_000...4_096).contains(state.trainLoss.points.count))
    #expect(state.trainLoss.points.last.map { $0.step > 199_000 } == true)
  }

  @Test func theSpeedIsMeasuredWhileTheRunPlays() {
    var state = States.digits(.running)
    #expect(state.speed.stepsPerSecond == nil)
    _ = state.update(.moment(310), seconds: 10.1)
    #expect(state.speed.stepsPerSecond == nil)
    _ = state.update(.moment(400), seconds: 10.5)
    #expect(state.speed.stepsPerSecond == 200)
    #expect(state.lines[1].contains("step/s 200"))
  }

  @Test func theTimeInAPauseIsNotMeasured() {
    var state = States.digits(.running)
    _ = state.update(.moment(400), seconds: 10.5)
    var pause = RunUpdate()
    pause.status = .paused
    _ = state.update(pause, seconds: 11)
    var go = RunUpdate.moment(401)
    go.status = .running
    _ = state.update(go, seconds: 1_000)
    #expect(state.speed.stepsPerSecond == 200)
    _ = state.update(.moment(501), seconds: 1_001)
    #expect(state.speed.stepsPerSecond == 100)
  }

  @Test func theNodeThatRanLastIsInViewWhereTheGraphIsLargerThanItsPane() {
    for phase in Phase.allCases {
      for node in DigitsRun.order(phase).indices {
        let moment = DigitsRun.moment(phase, node)
        let state = States.digits(.paused, moment, Size(width: 60, height: 16))
        let name = DigitsRun.graph.nodes[moment.current ?? 0].name
        let graph = state.lines.map { $0.prefix(46) }
        #expect(graph.contains { $0.hasPrefix("│") && $0.contains(name) }, "\(phase) \(node)")
      }
    }
  }
}

struct ResizeTests {
  @Test func aResizeChangesTheSizeAndNothingElse() {
    for status in States.Status.allCases {
      let state = States.digits(status)
      #expect(state.answer(.resize(States.small)) == "80×24")
      #expect(state.answer(.resize(States.standard)) == "")
    }
  }

  @Test func thereAndBackIsTheSameScreen() {
    let state = States.digits(.paused)
    for size in [States.small, Size(width: 200, height: 60), Size(width: 10, height: 3), .zero] {
      let back = state.on(.resize(size)).state.on(.resize(States.standard)).state
      #expect(back.screen() == state.screen(), "\(size)")
    }
  }
}
