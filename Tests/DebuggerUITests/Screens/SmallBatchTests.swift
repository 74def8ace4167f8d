import DebuggerUI
import TerminalUI
import Testing

/// The batch pane where there is no room for an image.
struct SmallBatchTests {
  @Test func theSamplesAreWordsWhereNoImageFits() {
    let state = LayoutStates.digits(States.small).after(.function(2), "6")
    let area = state.areas[.batch] ?? Rect(.zero)
    var buffer = Buffer(
      size: Size(width: 40, height: 7), capabilities: TerminalCapabilities(colorSupport: .none))
    state.draw(.batch, into: &buffer, buffer.bounds)
    #expect(!area.isEmpty)
    #expect(buffer.lines.contains { $0.contains("7→7") })
    #expect(buffer.lines.contains { $0.contains("4→9") })
  }
}
