import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Notes and marks of a recording that is played.
struct CaptionTests {
  private func state(_ source: RunDescription.Source, step: Int) -> DebuggerState {
    var update = States.news
    update.description?.source = source
    (update.status, update.events) = (.paused, events)
    update.moment = DigitsRun.moment(.update, 3, step: step)
    return DebuggerState(size: States.standard).on(update, seconds: 1).state
  }

  private let events = [
    RunEvent(.note, at: .start(of: 120), "the loss jumps here"),
    RunEvent(.mark, at: .start(of: 200), "marked"),
  ]

  /// The row above the key hints.
  private func caption(_ state: DebuggerState) -> String { state.lines[38] }

  @Test func theyAreCaptionsWhereTheReplayComesToThem() {
    #expect(caption(state(.replay(file: "a"), step: 120)).contains("✎ step 120: the loss jumps here"))
    #expect(caption(state(.watch(file: "a"), step: 200)).contains("✎ step 200 is marked"))
    #expect(!caption(state(.replay(file: "a"), step: 121)).contains("✎"))
    // Whoever makes a note in a live run knows it.
    #expect(!caption(state(.live, step: 120)).contains("✎"))
  }

  @Test func withoutCaptionsTheHeaderHasThem() {
    let off = state(.replay(file: "a"), step: 120).typing("captions off").after(.enter)
    #expect(!caption(off).contains("✎"))
    #expect(off.lines[0].contains("✎ step 120: the loss jumps here"))
    let live = state(.live, step: 120).typing("captions on").after(.enter)
    #expect(caption(live).contains("✎ step 120: the loss jumps here"))
    #expect(live.entering("captions maybe") == "9: 'maybe' is neither on nor off.")
  }
}
