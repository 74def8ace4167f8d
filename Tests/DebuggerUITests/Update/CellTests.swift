import DebuggerUI
import Numbers
import TerminalUI
import Testing
import Trace

struct CellTests {
  /// The gradient of fc2.linear, 64×10.
  private let state = States.digits(.paused).after("2")

  @Test func theCellMovesByOneAndByTen() {
    #expect(state.answer(.right) == "cell 0,1 → focus run")
    #expect(state.answer(.down) == "cell 1,0 → focus run")
    #expect(state.answer(.pageDown) == "cell 10,0 → focus run")
    #expect(state.after(.down, .right, .right).answer("h") == "cell 1,1 → focus run")
  }

  @Test func theCellStaysWithinTheTensor() {
    #expect(state.answer(.left) == "")
    #expect(state.answer(.up) == "")
    var end = state
    for _ in 0..<100 { end = end.after(.pageDown, .right) }
    #expect(end.cell == Matrix.Place(row: 63, column: 9))
  }

  @Test func aSmallerTensorTakesTheCellWithIt() {
    let end = state.after(.pageDown, .right, .right)
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.update, 3)
    #expect(end.on(update, seconds: 11).state.cell == Matrix.Place(row: 0, column: 2))
    update.moment = Moment(position: Position(step: 301, phase: .batch, node: 0))
    #expect(end.on(update, seconds: 11).state.cell == Matrix.Place(row: 0, column: 0))
  }

  @Test func theCellIsReadOutExactly() throws {
    let tensor = try #require(state.moment?.focus)
    let cell = state.after(.down, .right, .right)
    #expect(cell.lines.contains { $0.contains("[1,2] = \(NumberText.exact(tensor.values[12]))") })
  }
}
