import DebuggerUI
import TerminalUI
import Testing

struct PaneFocusTests {
  private let state = States.digits(.paused)

  @Test func tabGoesRoundThePanesAndShiftTabBack() {
    #expect(state.after(.tab).pane == .node)
    #expect(state.after(.tab, .tab).pane == .bridge)
    #expect(state.after(.tab, .tab, .tab).pane == .loss)
    #expect(state.after(.tab, .tab, .tab, .tab, .tab, .tab, .tab, .tab, .tab, .tab).pane == .diagnosis)
    #expect(state.after(.backTab).pane == .diagnosis)
    #expect(state.after(.backTab, .tab).pane == .graph)
    #expect(state.after(.backTab, .backTab).pane == .system)
    #expect(state.after(.backTab, .backTab, .backTab).pane == .output)
    #expect(state.after(.backTab, .backTab, .backTab, .backTab).pane == .guide)
    #expect(state.after(.tab, .tab, .backTab, .backTab).pane == .graph)
  }

  @Test func aZoomedPaneGivesWayToTheNextOne() {
    let zoomed = state.after("2", "z", .tab)
    #expect(zoomed.isZoomed)
    #expect(zoomed.pane == .bridge)
    #expect(zoomed.lines.contains { $0.contains("3 Bridge") })
    #expect(!zoomed.lines.contains { $0.contains("2 Node") })
  }

  @Test func aDigitAndZZoomThatPaneWhateverWasZoomed() {
    let batch = state.after("2", "z", "6")
    #expect(!batch.isZoomed && batch.pane == .batch)
    #expect(batch.after("z").isZoomed && state.after("6", "z").isZoomed)
    #expect(state.after("2", "z", "2").isZoomed)
  }

  @Test func escapeFirstEndsTheZoomAndThenTheChoice() {
    let zoomed = state.after(.up, "z")
    #expect(zoomed.answer(.escape).hasPrefix("not zoomed"))
    #expect(zoomed.after(.escape).answer(.escape) == "choice run → focus run")
    #expect(zoomed.after(.escape, .escape).answer(.escape) == "")
  }

  @Test func zoomAndLogarithmAreTakenBackByTheSameKey() {
    // Charts that are no longer shown are no longer measured.
    #expect(state.after("z").answer("z").hasPrefix("not zoomed"))
    #expect(state.after("z").answer(.enter).hasPrefix("not zoomed"))
    #expect(state.after("y").answer("y") == "linear")
  }

  @Test func barsScrollWithinTheParameters() {
    // Room for two of four bars.
    let bars = States.digits(.paused, Size(width: 60, height: 16)).after(.function(1), "5", "(")
    #expect(bars.answer(.up) == "")
    #expect(bars.answer(.down) == "bar 1")
    #expect(bars.answer(.pageDown) == "bar 2")
    #expect(bars.after(.pageDown).answer(.down) == "")
    #expect(bars.answer(.left) == "")
  }

  @Test func barsThatAllHaveRoomDoNotScroll() {
    #expect(state.after("5").answer(.down) == "")
    #expect(state.after("5").answer(.pageDown) == "")
  }

  @Test(arguments: [Press.pageUp, .pageDown])
  func curvesThatShowAllStepsDoNotMove(key: Press) {
    #expect(state.after("4").answer(key) == "")
  }
}
