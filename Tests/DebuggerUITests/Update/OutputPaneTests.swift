import DebuggerUI
import TerminalUI
import Testing
import Trace

struct OutputPaneTests {
  private func state(_ lines: [OutputLine], events: [RunEvent] = []) -> DebuggerState {
    var update = RunUpdate()
    (update.output, update.events) = (lines, events)
    return States.digits(.paused).on(update, seconds: 0).state.after("9")
  }

  private func shows(_ text: String, _ state: DebuggerState) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func theNewestLinesAreShown() {
    let state = state((1...100).map { OutputLine(.output, step: $0, "line \($0)") })
    #expect(shows("100 line 100", state))
    #expect(!shows("line 50", state))
  }

  @Test func aScriptShowsItsOutputInPlaceOfABatch() {
    var update = RunUpdate()
    update.description = RunDescription(
      data: "train.py", network: "Net", optimizer: "SGD", batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
    update.output = [OutputLine(.output, step: 1, "hello from the script")]
    let wide = States.digits(.paused, Size(width: 120, height: 40)).on(update, seconds: 0).state
    #expect(shows("hello from the script", wide))
    #expect(!shows("6 Batch", wide))
    #expect(shows("6 Batch", wide.after("6")))
  }

  @Test func aProgressBarReplacesItself() {
    let state = state([
      OutputLine(.error, step: 1, "10 %"), OutputLine(.error, step: 1, "20 %", replacesLast: true),
    ])
    #expect(shows("20 %", state))
    #expect(!shows("10 %", state))
  }

  @Test func whatWasRecordedIsOutputAndNoEvent() {
    let state = state([], events: [RunEvent(.output, at: .start, "recorded text")])
    #expect(shows("recorded text", state))
    #expect(state.events.count == States.digits(.paused).events.count)
  }

  @Test func aTextIsFound() {
    let state = state((1...100).map { OutputLine(.output, step: $0, "line \($0)") })
      .after("/", "l", "i", "n", "e", " ", "4", "2", .enter)
    #expect(shows("42 line 42", state))
    #expect(shows("/line 42", state))
    #expect(shows("100 line 100", state.after(.escape)))
  }

  @Test func theFileIsShownAboveTheOutput() {
    var moment = DigitsRun.moment(.forward, 1)
    moment.source = SourceExcerpt(
      file: "train.py", firstLine: 10, lines: ["a = 1", "b = relu(a)", "c = 2"], line: 11)
    let state = States.digits(.paused, moment, Size(width: 120, height: 40)).after("9")
    #expect(shows("11 b = relu(a)", state))
    #expect(shows("train.py:11", state))
  }
}
