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

  @Test func imagesForWhoseWordsThereIsNoRoomAreShownToo() {
    let state = LayoutStates.digits(States.standard)
    // Images of four rows, each with a row of words: 9 rows have words once, and images twice.
    var buffer = Buffer(size: Size(width: 30, height: 11))
    state.draw(.batch, into: &buffer, buffer.bounds)
    let rows = buffer.lines.dropFirst().dropLast()
    #expect(rows.count { $0.contains("7→7") } == 1)
    #expect(rows.suffix(4).count { $0.contains("▀") } == 4)
  }
}
