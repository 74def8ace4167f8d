import DebuggerUI
import TerminalUI
import Testing
import Trace

/// A tensor as numbers in the node pane.
struct NodeNumbersTests {
  private static let names = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]

  /// A paused run that looks at a tensor of that shape as numbers; its values are 0, 1, 2 and so on.
  private func looking(
    at shape: [Int], of node: String = "fc1.relu", classNames: [String] = [],
    _ change: (inout TensorSnapshot) -> Void = { _ in }
  ) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    var tensor = TensorSnapshot(
      node: node, view: .value, shape: shape, values: (0..<shape.reduce(1, *)).map { Float($0) })
    change(&tensor)
    moment.focus = tensor
    var update = RunUpdate()
    update.description = DigitsRun.description
    update.description?.classNames = classNames
    return States.digits(.paused, moment).on(update, seconds: 11).state.after("2", "e")
  }

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func theKeyShowsNumbersAndThePictureAgain() {
    let state = looking(at: [3, 3])
    #expect(says(state, "0 ▸  0   1   2") && says(state, "1    3   4   5"))
    #expect(!says(state.after("e"), "1    3   4   5"))
    #expect(state.after("e").answer(.right) == state.after("e").answer("l"))
  }

  @Test func theCommandDoesTheSame() {
    #expect(says(looking(at: [3, 3]).after("e").typing("numbers").after(.enter), "1    3   4   5"))
  }

  @Test func theCellMovesInBothDirectionsAndStaysInView() {
    let state = looking(at: [100, 100])
    #expect(says(state, "rows 0–") && says(state, "columns 0–"))
    var moved = state
    for _ in 0..<40 { moved = moved.after(.right, .down) }
    #expect(moved.cell == Matrix.Place(row: 40, column: 40))
    #expect(says(moved, "[40,40] = 4040") && says(moved, "▸4040"))
    #expect(!says(moved, "rows 0–") && !says(moved, "columns 0–"))
    let page = state.after(.pageDown)
    #expect(page.cell.row > 3 && page.after(.pageUp).cell == state.cell)
    #expect(state.after(.up, .left).cell == state.cell)
    var last = state
    for _ in 0..<40 { last = last.after(.pageDown) }
    #expect(last.cell.row == 99 && says(last, "–99 of 100"))
  }

  @Test func aSliceIsShownAtATime() {
    let state = looking(at: [4, 2, 3])
    #expect(says(state, "slice 1 of 4") && says(state.after("]", "]"), "1   15  16  17"))
    #expect(state.after("]").answer(.up) == "")
    #expect(state.after("]", .down, .down).cell == Matrix.Place(row: 3, column: 0))
  }

  @Test func aVectorTakesAsManyLinesAsItNeeds() {
    let state = looking(at: [100])
    #expect(says(state, "+0") && says(state, " 10 ") && says(state, " 12  13  14"))
    #expect(state.after(.down).cell == Matrix.Place(row: 0, column: 10))
    #expect(state.after(.down, .left).cell == Matrix.Place(row: 0, column: 9))
    #expect(says(state.after(.down), "▸ 10"))
  }

  @Test func theColumnsOfTheScoresAreClassesAndTheRowsAreSamples() {
    let state = looking(at: [64, 10], of: "fc2.linear", classNames: Self.names)
    #expect(says(state, "zero   one   two three"))
    // The first samples' labels are 7, 3, 4 and 0.
    #expect(says(state, " 0 seven") && says(state, " 1 three") && says(state, " 3 zero"))
    let hidden = looking(at: [64, 128], of: "fc1.relu", classNames: Self.names)
    #expect(says(hidden, " 0 seven") && !says(hidden, "one   two"))
  }

  @Test func theRowsOfTheLastWeightAreClasses() {
    let weight = looking(at: [10, 128], of: "fc2.weight", classNames: Self.names)
    #expect(says(weight, "0 zero") && says(weight, "1 one"))
    #expect(says(looking(at: [10], of: "fc2.bias", classNames: Self.names), "zero   one   two three"))
  }

  @Test func ofALargeTensorTheKeptCellsHaveTheirOwnIndices() {
    let state = looking(at: [2, 3]) {
      $0.thinning = TensorSnapshot.Thinning(shape: [900, 800], rows: [0, 450], columns: [0, 266, 533])
    }
    #expect(says(state, "0 266 533") && says(state, "450    3   4   5"))
    #expect(says(state.after(.down, .right), "[450,266] = 4"))
  }

  @Test func aPressChoosesTheNumberUnderIt() throws {
    let state = looking(at: [3, 3])
    let y = try #require(state.lines.firstIndex { $0.contains("1    3   4   5") })
    let line = Array(state.lines[y])
    let x = try #require(line.lastIndex(of: "5"))
    let pressed = state.on(.mouse(MouseEvent(x: x, y: y, kind: .press))).state
    #expect(pressed.cell == Matrix.Place(row: 1, column: 2))
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 300, height: 100)])
  func everySizeShowsTheChosenNumber(_ size: Size) {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(
      node: "fc1.relu", view: .value, shape: [64, 128], values: Numbers.values(count: 8_192, seed: 4))
    var state = States.digits(.paused, moment, size).after("2", "z", "e")
    for _ in 0..<30 { state = state.after(.right, .down) }
    #expect(says(state, "▸"))
    #expect(state.cell == Matrix.Place(row: 30, column: 30))
  }
}
