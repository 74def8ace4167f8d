import DebuggerUI
import TerminalUI
import Testing

struct MouseTests {
  private let state = States.digits(.paused)

  /// The cell where the screen says that, from a row on.
  private func place(of text: String, in state: DebuggerState, from row: Int = 0) throws -> (x: Int, y: Int) {
    for (y, line) in state.lines.enumerated().dropFirst(row) {
      if let range = line.range(of: text) {
        return (line.distance(from: line.startIndex, to: range.lowerBound), y)
      }
    }
    throw NotOnTheScreen(text: text)
  }

  private struct NotOnTheScreen: Error { let text: String }

  private func press(on text: String, from row: Int = 0) throws -> TerminalEvent {
    let (x, y) = try place(of: text, in: state, from: row)
    return .mouse(MouseEvent(x: x, y: y, kind: .press))
  }

  @Test func aPressOnAPaneFocusesIt() throws {
    #expect(try state.answer(press(on: "2 Node")) == "pane 2")
    #expect(try state.answer(press(on: "3 Bridge")) == "pane 3")
    #expect(try state.answer(press(on: "4 Curves")) == "pane 4")
    #expect(try state.answer(press(on: "5 Gradients")) == "pane 5")
    #expect(try state.answer(press(on: "6 Batch")) == "pane 6")
    #expect(try state.answer(press(on: "1 Graph")) == "")
  }

  @Test(arguments: DigitsRun.graph.nodes.map(\.name))
  func aPressOnANodeChoosesIt(name: String) throws {
    // The titles of the panes, which name the current node, stand in row 2.
    #expect(try state.answer(press(on: name, from: 3)) == "choice \(name) → focus \(name)")
  }

  @Test func aPressBesideTheNodesChoosesNone() {
    #expect(state.answer(.mouse(MouseEvent(x: 2, y: 20, kind: .press))) == "")
  }

  @Test func aPressOnTheHeatMapMovesTheCellToTheEntryThere() throws {
    let focused = state.after("2", .down, .down, .down)
    let (x, y) = try place(of: "[3,0] = ", in: focused)
    // The picture begins below the readout and the margin for the cell's row and column.
    let pressed = focused.on(.mouse(MouseEvent(x: x + 30, y: y + 4, kind: .press))).state
    #expect(pressed.pane == .node)
    #expect(pressed.cell != focused.cell)
    let dragged = pressed.on(.mouse(MouseEvent(x: x + 30, y: y + 6, kind: .drag))).state
    #expect(dragged.cell.row > pressed.cell.row)
    #expect(dragged.cell.column == pressed.cell.column)
  }

  @Test func theTextOfTheHeaderTakesNoPress() {
    for y in [0, 1] {
      #expect(state.answer(.mouse(MouseEvent(x: 10, y: y, kind: .press))) == "")
    }
  }

  @Test func theWheelMovesInThePaneUnderIt() throws {
    let state = States.digits(.paused, Size(width: 60, height: 16)).after(.function(1), "5", "(", "4")
    let (x, y) = try place(of: "5 Gradients", in: state)
    let turned = state.on(.mouse(MouseEvent(x: x, y: y + 1, kind: .wheelDown))).state
    #expect(turned.pane == state.pane)
    #expect(turned.gradients.firstBar == 1)
    let back = turned.on(.mouse(MouseEvent(x: x, y: y + 1, kind: .wheelUp))).state
    #expect(back.gradients.firstBar == 0)
  }

  @Test func aReleaseDoesNothing() {
    #expect(state.answer(.mouse(MouseEvent(x: 70, y: 10, kind: .release))) == "")
  }

  @Test func pressesFarOutsideDoNothing() {
    for (x, y) in [(-1, -1), (1_000, 1_000), (.max, .max), (.min, .min)] {
      #expect(state.answer(.mouse(MouseEvent(x: x, y: y, kind: .press))) == "")
    }
  }
}
