import DebuggerUI
import TerminalUI
import Testing
import Trace

/// What the gradients pane says of parameters without a gradient, and of those that are not trained.
struct GradientsTextTests {
  private func lines(
    _ status: RunUpdate.Status, _ phase: Phase, _ change: (inout ParameterSnapshot) -> Void = { _ in }
  ) -> [String] {
    var update = States.news
    update.status = status
    var moment = DigitsRun.moment(phase, 0)
    for place in moment.parameters.indices { change(&moment.parameters[place]) }
    update.moment = moment
    return DebuggerState(size: States.standard).on(update, seconds: 1).state.lines
  }

  @Test func onlyARunThatGoesOnMayStillReachAParameter() {
    let none: (inout ParameterSnapshot) -> Void = { $0.gradientNorm = nil }
    func says(_ text: String, _ status: RunUpdate.Status, _ phase: Phase) -> Bool {
      lines(status, phase, none).contains { $0.contains(text) }
    }
    #expect(says("backward has not reached a", .paused, .backward))
    #expect(says("backward has reached no parameter", .finished, .backward))
    #expect(says("backward has reached no parameter", .paused, .update))
    #expect(says("no gradients before backward has run", .paused, .forward))
  }

  @Test func beforeBackwardThoseOfTheStepBeforeAreShown() {
    var update = RunUpdate()
    func forward(step: Int) -> Moment {
      var moment = DigitsRun.moment(.forward, 0, step: step)
      for place in moment.parameters.indices { moment.parameters[place].gradientNorm = nil }
      return moment
    }
    update.moment = forward(step: 301)
    let next = States.digits(.paused, DigitsRun.moment(.update, 3)).on(update, seconds: 11).state
    #expect(next.lines.contains { $0.contains("no gradients before backward") })
    #expect(next.lines.contains { $0.contains("step 300 had:") })
    #expect(next.lines.contains { $0.contains("fc2.bias") && $0.contains("▆") })
    // Of the step itself, which was seen before, nothing is told.
    update.moment = forward(step: 300)
    let back = States.digits(.paused, DigitsRun.moment(.update, 3)).on(update, seconds: 11).state
    #expect(!back.lines.contains { $0.contains("had:") })
  }

  @Test func aParameterThatWasNotReachedHasNoGradientInTheUpdate() {
    let all = lines(.paused, .update) { if $0.name != "fc2.bias" { $0.gradientNorm = nil } }
    #expect(all.contains { $0.contains("fc1.weight") && $0.contains("no gradient") })
    let some = lines(.paused, .backward) { $0.gradientNorm = $0.name == "fc2.bias" ? 1 : nil }
    #expect(some.contains { $0.contains("fc1.weight") && $0.contains("not reached") })
  }

  @Test func whatIsNotTrainedIsSaidWhereThereIsLittleRoomToo() {
    let lines = lines(.paused, .update) { parameter in
      parameter.name = "encoder.\(parameter.name)"
      parameter.gradientNorm = 0.0826
      parameter.obstacle = parameter.name.hasSuffix("bias") ? "not in RMSprop" : nil
    }
    #expect(lines.contains { $0.contains("encoder.") && $0.contains("not in RMSprop") })
  }
}
