import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Panes give away the room that they do not need.
struct LayoutRoomTests {
  @Test(arguments: [(200, 60, 45), (120, 40, 52), (80, 24, 45)])
  func fewCellsAreBlank(width: Int, height: Int, most: Int) {
    let state = LayoutStates.digits(Size(width: width, height: height))
    #expect(LayoutStates.blankShare(state.screen()) < most)
  }

  @Test(arguments: LayoutStates.keys)
  func lessThanHalfOfALargeScreenIsBlankInEachLayout(key: Press) {
    let size = Size(width: 200, height: 60)
    #expect(LayoutStates.blankShare(LayoutStates.measured(size).after(key).screen()) < 45)
    // Of a vector the pane shows more than its picture.
    let vector = LayoutStates.measured(size, DigitsRun.moment(.update, 3)).after(key)
    #expect(LayoutStates.blankShare(vector.screen()) < (vector.layout.preset == .present ? 45 : 55))
  }

  @Test func gradientsTakeNoMoreRowsThanTheyHaveBars() {
    let state = LayoutStates.digits(States.small)
    #expect(state.areas[.gradients]?.height == 5)
  }

  @Test func theGraphTakesNoMoreRowsThanItHas() throws {
    let state = LayoutStates.digits(Size(width: 200, height: 60))
    #expect(try #require(state.areas[.graph]).height < 20)
  }

  @Test func eventsHaveNoRoomBeforeTheFirst() {
    let state = LayoutStates.digits(States.standard)
    #expect(!state.shown.contains("events"))
    var update = RunUpdate()
    update.events = [RunEvent(.mark, at: .start, "marked")]
    let marked = state.on(update, seconds: 11).state
    #expect(marked.shown.contains("events"))
    #expect(marked.areas[.events]?.height == 1)
  }

  @Test func theOutputOfAScriptHasTheRoomOfItsBatch() {
    var update = RunUpdate()
    update.description = RunDescription(
      data: "train.py", network: "Net", optimizer: "SGD", batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
    let script = LayoutStates.digits(States.standard).on(update, seconds: 11).state
    #expect(script.shown.contains("output") && !script.shown.contains("batch"))
    #expect(!LayoutStates.digits(States.standard).shown.contains("output"))
  }

  @Test func nothingMovesToAndFroWithTheRun() {
    var state = LayoutStates.digits(States.standard)
    func visit(_ phase: Phase, _ node: Int) {
      var update = RunUpdate()
      (update.status, update.moment) = (.paused, DigitsRun.moment(phase, node))
      _ = state.update(update, seconds: 12)
    }
    let steps: [(Phase, Int)] = [(.forward, 0), (.forward, 1), (.loss, 0), (.backward, 1), (.update, 0)]
    for (phase, node) in steps { visit(phase, node) }
    let settled = state.areas
    for (phase, node) in steps {
      visit(phase, node)
      #expect(state.areas == settled, "\(phase)")
    }
  }
}
