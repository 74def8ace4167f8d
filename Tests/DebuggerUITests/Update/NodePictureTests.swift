import DebuggerUI
import TerminalUI
import Testing
import Trace

struct NodePictureTests {
  /// A paused run that looks at a tensor of that shape, whose values are 0, 1, 2 and so on.
  private func looking(at shape: [Int], _ size: Size = States.standard) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(
      node: "fc2.linear", view: .value, shape: shape, values: (0..<shape.reduce(1, *)).map { Float($0) })
    return States.digits(.paused, moment, size).after("2")
  }

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func slicesAreSteppedAndNamedExactly() {
    let state = looking(at: [8, 5, 6])
    #expect(says(state, "[0,0,0] = 0  slice 1 of 8 [0,:,:]"))
    let third = state.after("]", "]", .down, .right, .right)
    // 2·30 + 1·6 + 2
    #expect(says(third, "[2,1,2] = 68  slice 3 of 8 [2,:,:]"))
    #expect(says(third.after("["), "[1,1,2] = 38  slice 2 of 8"))
    #expect(state.answer("[") == "")
    var last = state
    for _ in 0..<20 { last = last.after("]") }
    #expect(says(last, "slice 8 of 8 [7,:,:]"))
    #expect(last.after(.pageDown, .pageDown).answer(.down) == "")
  }

  @Test func aMoveStaysInItsSlice() {
    let state = looking(at: [8, 5, 6]).after("]")
    #expect(says(state.after(.up), "[1,0,0] = 30"))
    #expect(says(state.after(.pageDown), "[1,4,0] = 54"))
  }

  @Test func higherRanksHaveASliceForEachOfTheirLeadingIndices() {
    let state = looking(at: [2, 3, 4, 5]).after("]", "]", "]", "]")
    #expect(says(state, "slice 5 of 6 [1,1,:,:]"))
  }

  @Test func slicesShareTheColorsOfTheWholeTensor() {
    // The first slice holds 0…29 of 0…239: on a scale of its own it would end at 29.
    let state = looking(at: [8, 5, 6]).after("s")
    #expect(says(state, " 239"))
  }

  @Test func rowsThatFormASquareAreImages() {
    let state = looking(at: [12, 64])
    #expect(state.answer("i") == "images")
    let images = state.after("i")
    #expect(says(images, "image 0, 8×8"))
    #expect(images.after("]").cell == Matrix.Place(row: 1, column: 0))
    // One row of the image down and one column to the right: 8 + 1.
    #expect(images.after(.down, .right).cell == Matrix.Place(row: 0, column: 9))
    #expect(says(images.after(.down, .right), "[0,9] = 9"))
    #expect(images.after(.up, .left).cell == Matrix.Place(row: 0, column: 0))
    var end = images
    for _ in 0..<9 { end = end.after(.down, .right) }
    #expect(end.cell == Matrix.Place(row: 0, column: 63))
    #expect(images.after("i").nodePane == state.nodePane)
  }

  @Test func imagesComeInPages() {
    let images = looking(at: [128, 64]).after("i", .pageDown)
    #expect(images.cell.row > 1 && images.cell.column == 0)
    #expect(says(images, "▸\(images.cell.row)"))
    #expect(says(images, "–\(2 * images.cell.row - 1) of 128"))
    var last = images
    for _ in 0..<100 { last = last.after(.pageDown) }
    #expect(last.cell.row == 127)
    #expect(says(last, "▸127"))
  }

  @Test func matricesOfHigherRanksAreImages() {
    let images = looking(at: [16, 1, 3, 3]).after("i", "]", "]", .down, .right)
    #expect(says(images, "[2,0,1,1] = 22  image 2, 3×3"))
  }

  @Test func aVectorMayBeOneImage() {
    #expect(says(looking(at: [784]).after("i"), "image 0, 28×28"))
  }

  @Test func whatHasNoImagesSaysSoAndStaysAMap() {
    #expect(says(looking(at: [10, 12]).after("i"), "no images"))
    #expect(says(looking(at: [4]).after("i"), "no images"))
  }

  @Test func everyEntryIsShownPageByPage() throws {
    let state = looking(at: [128, 784]).after("E")
    #expect(says(state, "columns 0–67 of 784"))
    let page = state.after(.pageDown)
    #expect(page.cell.row > 0)
    #expect(says(page, "rows \(page.cell.row)–"))
    #expect(page.after("E").nodePane.showsEntries == false)
    #expect(!says(looking(at: [4, 4]).after("E"), "rows"))
  }

  @Test func colorsAndScalesGoRound() {
    let state = looking(at: [4, 4])
    #expect(state.answer("c") == "colors viridis")
    #expect(says(state.after("c", "c"), "blue-white-red"))
    #expect(state.after("c", "c", "c", "c", "c").nodePane == state.nodePane)
    #expect(state.answer("s") == "scale full")
    #expect(state.after("s").answer("s") == "scale logarithm")
    #expect(says(state.after("s", "s"), "log  4×4"))
    #expect(state.after("s", "s", "s").nodePane == state.nodePane)
  }

  @Test func aPressOnAnImageMovesTheCellToThatDot() throws {
    let images = looking(at: [12, 64]).after("i")
    let y = try #require(images.lines.firstIndex { $0.contains("▸0") }) - 1
    let row = images.lines[y + 1]
    let x = row.distance(from: row.startIndex, to: try #require(row.firstIndex(of: "▸")))
    let pressed = images.on(.mouse(MouseEvent(x: x + 9, y: y, kind: .press))).state
    #expect(pressed.cell.row == 1)
    #expect(pressed.cell.column >= 48)
  }

  @Test func aCellIsFollowedFromWhereTheCursorPutsIt() {
    let moment = DigitsRun.moment(.update, 0)
    let state = States.digits(.paused, moment).after("2")
    func focus(_ cell: Int) -> Focus { Focus(followed: [FollowedCell(node: "fc1.weight", cell: cell)]) }
    #expect(state.on(.key(.right)).effects == [.command(.focus(focus(1)))])
    #expect(state.after(.right).on(.key(.down)).effects == [.command(.focus(focus(65)))])
  }

  @Test func theCellThatTheRunFoundIsShownAndFollowed() {
    var moment = DigitsRun.moment(.update, 0)
    moment.cell = 65
    var update = RunUpdate()
    update.moment = moment
    let (after, effects) = States.digits(.paused, DigitsRun.moment(.batch, 0)).on(update, seconds: 11)
    #expect(after.cell == Matrix.Place(row: 1, column: 1))
    let thread = [FollowedCell(node: "fc1.weight", cell: 65)]
    #expect(effects == [.command(.focus(Focus(followed: thread)))])
    // The next node's cell joins the thread; the same moment again asks for nothing.
    update.moment?.followed = thread
    #expect(after.on(update, seconds: 12).effects == [])
  }

  @Test func aCellFoundBeforeTheCursorWasMovedIsNotTaken() {
    let moved = States.digits(.paused, DigitsRun.moment(.update, 0)).after("2", .right)
    var update = RunUpdate()
    update.moment = DigitsRun.moment(.update, 0)
    update.moment?.cell = 65
    #expect(moved.on(update, seconds: 11).state.cell == Matrix.Place(row: 0, column: 1))
  }
}

struct NodeStatisticsTests {
  private func state(_ values: [Float]) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(node: "fc2.linear", view: .value, shape: [values.count], values: values)
    return States.digits(.paused, moment)
  }

  private func says(_ values: [Float], _ text: String) -> Bool {
    state(values).lines.contains { $0.contains(text) }
  }

  @Test func allMeasuresAreSaid() {
    let lines = state([0, 1, 2, 5]).lines
    for fact in [
      "min 0 ", "max 5.00", "mean 2.00", "σ 1.87", "norm 5.48", "zero 25.0 %", "NaN 0", "inf 0",
    ] {
      #expect(lines.contains { $0.contains(fact) }, "\(fact)")
    }
  }

  @Test func aShareIsNeverRoundedToNoneOrAll() {
    #expect(says([0] + Array(repeating: 1, count: 4_999), "zero <0.1 %"))
    #expect(says([1] + Array(repeating: 0, count: 4_999), "zero >99.9 %"))
    #expect(says([0, 0], "zero 100 %"))
    #expect(says([0, 1, 1], "zero 33.3 %"))
  }

  @Test func theHistogramLeavesOutWhatIsNotFiniteAndSaysSo() {
    let values: [Float] = [-2, -1, -1, 0, 0, 0, 0, 1, 1, 3, .nan, .infinity]
    #expect(says(values, "−2.0 ▂"))
    #expect(says(values, " 3.0  2 not finite left out"))
    #expect(!says([1, 2, 3], "not finite"))
  }

  @Test func aParametersValueIsCalledItsWeight() {
    let focus = Focus(node: "fc1.weight", view: .value)
    let state = States.digits(.paused, DigitsRun.moment(.backward, 1, focus: focus))
    #expect(
      state.lines.contains { $0.contains("2 Node fc1.weight ") && $0.contains(" [weight] │ gradient ") })
    let bias = States.digits(
      .paused, DigitsRun.moment(.backward, 1, focus: Focus(node: "fc1.bias", view: .value)))
    #expect(bias.lines.contains { $0.contains("2 Node fc1.bias ") && $0.contains(" [value] │ gradient ") })
  }
}

struct LimitedMomentTests {
  private var moment: Moment {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = nil
    moment.limitation = "This recording has no keyframe near step 300, so only pictures are shown."
    moment.thumbnails = [
      Thumbnail(
        node: "fc2.linear", view: .gradient, shape: [64, 10], rows: 2, columns: 2,
        levels: [0, 85, 170, 255], minimum: -1, maximum: 1)
    ]
    return moment
  }

  @Test func aRecordedPictureStandsForATensor() {
    let lines = States.digits(.paused, moment).lines
    #expect(lines.contains { $0.contains("2 Node fc2.linear gradient") && $0.contains("picture of 64×10") })
    #expect(lines.contains { $0.contains("no keyframe near step 300") })
    #expect(lines.contains { $0.contains(" −1.00 ") })
  }

  @Test func withoutAPictureTheReasonIsSaid() {
    let state = States.digits(.paused, moment).after(.up)
    #expect(state.lines.contains { $0.contains("no keyframe near step 300") })
    #expect(!state.lines.contains { $0.contains("at this moment") })
    #expect(state.lines.contains { $0.contains("no keyframe near step 300") })
  }

  @Test func aNodeThatWasNotChosenIsNotSaidToBeYetToRun() {
    var bare = moment
    bare.thumbnails = []
    let state = States.digits(.paused, bare)
    #expect(state.lines.contains { $0.contains("no keyframe near step 300") })
    #expect(!state.lines.contains { $0.contains("nothing has run yet") })
    #expect(state.answer("w") == "'No node is chosen: choose one with the arrows in the graph pane.'")
  }
}
