import DebuggerUI
import TerminalUI
import Testing

/// The list of recordings: order, filter, choice and what the keys ask for.
struct RunListTests {
  @Test func theNewestIsFirstAndAFileWithoutADateLast() {
    var state = RunSamples.list()
    #expect(state.names == ["other", "run10", "run2", "cut"])
    state.press("S")
    #expect(state.names == ["run2", "run10", "other", "cut"])
  }

  @Test func namesAreSortedAsPeopleCount() {
    var state = RunSamples.list()
    state.sortColumn = .name
    #expect(state.names == ["cut", "other", "run2", "run10"])
  }

  @Test func theFirstIsSelectedUntilTheUserGoesToAnother() {
    var state = RunSamples.list()
    #expect(state.selectedRun?.name == "other")
    state.take([.listed(RunSamples.four + [RunSamples.run("new", lr: 1, loss: 1, begun: 9)])])
    #expect(state.selectedRun?.name == "new")
    state.press(.down)
    state.take([.read(RunSamples.run("run2", lr: 1, loss: 1, begun: 9.5))])
    #expect(state.selectedRun?.name == "other")
  }

  @Test func aFileThatCannotBeReadIsNotChosen() {
    var state = RunSamples.list()
    state.press(.end, " ")
    #expect(state.chosen.isEmpty && state.notice != nil)
  }

  @Test func aLossThatIsNoNumberIsWorseThanAnyOther() {
    var state = RunSamples.list()
    state.sortColumn = .loss
    #expect(state.names == ["other", "run2", "run10", "cut"])
    state.press("S")
    #expect(state.names == ["run10", "run2", "other", "cut"])
  }

  @Test func sGoesThroughAllColumns() {
    var state = RunSamples.list()
    for _ in RunColumn.allCases { state.press("s") }
    #expect(state.sortColumn == .date)
  }

  @Test(arguments: [
    ("run", ["run10", "run2"]), ("lr=0.1", ["other", "run2"]), ("LR=0.10", ["other", "run2"]),
    ("lr<0.05", ["run10"]), ("loss>0.3", ["run2"]), ("state=finished", ["run10", "run2"]),
    ("accuracy>90% run2", ["run2"]), ("lr=", ["other", "run10", "run2", "cut"]), ("damaged", ["cut"]),
    ("batch=64 seed=42", ["other", "run10", "run2"]), ("loss=nan", ["run10"]), ("nothing=1", []),
  ])
  func aFilterNarrowsTheListDown(_ text: String, _ names: [String]) {
    var state = RunSamples.list()
    state.press("/")
    for character in text { state.press(.character(character)) }
    #expect(state.names == names)
    state.press(.enter)
    #expect(!state.isFiltering && state.names == names)
    state.press(.escape)
    #expect(state.names.count == 4)
  }

  @Test func keysAreTextWhileAFilterIsTyped() {
    var state = RunSamples.list()
    state.press("/", "q", "s")
    #expect(state.filter.text == "qs" && state.names == [])
    state.press(.escape)
    #expect(state.filter.text == "" && !state.isFiltering)
  }

  @Test func whatIsPinnedStaysAtTheTop() {
    var state = RunSamples.list()
    state.select(2)
    state.press("p")
    #expect(state.names == ["run2", "other", "run10", "cut"])
    state.press("s", "S")
    #expect(state.names.first == "run2" && state.selectedRun?.name == "run2")
    state.press("p")
    (state.sortColumn, state.isReversed) = (.name, false)
    #expect(state.names == ["cut", "other", "run2", "run10"])
  }

  @Test func aNumberAndItsColourStayWithARunUntilItIsLeftOut() {
    var state = RunSamples.list()
    state.press(" ", .down, " ")
    let before = state.chosen
    #expect(before == ["/runs/other.tapedeck": 0, "/runs/run10.tapedeck": 1])
    state.press("s", "S")
    #expect(state.chosen == before)
    state.toggle("/runs/other.tapedeck")
    state.toggle("/runs/run2.tapedeck")
    #expect(state.chosen == ["/runs/run2.tapedeck": 0, "/runs/run10.tapedeck": 1])
    state.press("u")
    #expect(state.chosen.isEmpty)
  }

  @Test func onlySettingsThatDifferAreCompared() {
    var state = RunSamples.list()
    state.press(" ", .down, " ")
    #expect(state.differences.map(\.name) == ["--lr"])
    #expect(state.differences.first?.values == ["0.1", "0.01"])
    let changes = RunSummary.Setting("changed by hand", "step 3: lr 0.1 → 0.05")
    state.take([.detail(path: "/runs/other.tapedeck", RunDetail(points: [], changes: changes))])
    #expect(state.differences.map(\.name) == ["--lr", "changed by hand"])
    #expect(state.differences.last?.values == ["step 3: lr 0.1 → 0.05", "–"])
  }

  @Test func enterOpensAndFollowsWhatIsBeingWritten() {
    var state = RunSamples.list()
    #expect(state.press(.enter) == [.open(path: "/runs/other.tapedeck", isBeingWritten: true)])
    #expect(state.press(.down, .enter) == [.open(path: "/runs/run10.tapedeck", isBeingWritten: false)])
    #expect(state.press("q") == [.quit])
  }

  @Test func dComparesTwo() {
    var state = RunSamples.list()
    #expect(state.press("d").isEmpty && state.notice != nil)
    #expect(
      state.press(" ", .down, "d") == [.compare("/runs/other.tapedeck", "/runs/run10.tapedeck")])
    #expect(state.isComparing && state.press("d").isEmpty)
    #expect(state.press(.escape) == [.cancelComparison] && !state.isComparing)
    #expect(
      state.press(" ", .down, "d") == [.compare("/runs/other.tapedeck", "/runs/run10.tapedeck")])
  }

  @Test func filesComeAndGoByThemselves() {
    var state = RunSamples.list()
    state.select(2)
    state.press(" ", "p")
    let new = RunSummary(path: "/runs/new.tapedeck", name: "new")
    state.take([.listed(RunSamples.four + [new])])
    #expect(state.names.contains("new") && state.unreadCount == 1 && state.selectedRun?.name == "run2")
    state.take([.read(RunSamples.run("new", lr: 1, loss: 1, begun: 9))])
    #expect(state.unreadCount == 0 && state.names == ["run2", "new", "other", "run10", "cut"])
    state.take([.listed([new])])
    #expect(state.names == ["new"] && state.chosen.isEmpty && state.selectedRun?.name == "new")
    state.take([.listed([])])
    #expect(state.selected == nil && state.press(.enter).isEmpty && state.press(" ", "p", "d").isEmpty)
  }

  @Test func curvesOfChosenRunsAreWantedFirst() {
    var state = RunSamples.list()
    #expect(state.wanted == ["/runs/other.tapedeck"])
    state.press(.down, " ", .down)
    #expect(state.wanted == ["/runs/run10.tapedeck", "/runs/run2.tapedeck"])
  }

  @Test func moreThanTheMostAreNotChosen() {
    let runs = (1...30).map { RunSamples.run("r\($0)", lr: 0.1, loss: 1) }
    var state = RunSamples.list(runs)
    for _ in runs { state.press(" ", .down) }
    #expect(state.chosen.count == RunListState.mostChosen)
    state.press(.home, .end, " ")
    #expect(state.notice != nil)
  }
}
