import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Panes are closed, opened and resized, and the layout is kept.
struct LayoutChangeTests {
  private let state = LayoutStates.digits(States.standard)

  @Test func aPaneIsClosedAndItsDigitOpensIt() {
    let closed = state.after("4", "X")
    #expect(!closed.shown.contains("curves") && closed.pane == .graph)
    #expect(closed.lines.last?.contains("Curves is closed") == true)
    #expect(closed.after("4").shown.contains("curves"))
    #expect(closed.after("4", "1").shown.contains("curves"))
  }

  @Test func tabLeavesClosedPanesOut() {
    #expect(state.after("2", "X", "1", .tab).pane == .bridge)
    #expect(state.after("2", "X", "3", .backTab).pane == .graph)
  }

  @Test func panesAreOpenedAndClosedByName() {
    let closed = state.carryingOut("close batch")
    #expect(!closed.shown.contains("batch") && closed.pane == .graph)
    #expect(closed.carryingOut("open batch").pane == .batch)
    #expect(closed.carryingOut("toggle batch").shown.contains("batch"))
    #expect(!state.carryingOut("toggle batch").shown.contains("batch"))
    #expect(state.carryingOut("open nothing").console?.problem != nil)
    let present = state.after(.function(4)).carryingOut("open gradients").after("2")
    #expect(present.shown.contains("gradients"))
    #expect(!present.carryingOut("close gradients").shown.contains("gradients"))
  }

  @Test func theLastPaneStays() {
    var state = state
    for _ in 0..<20 { state = state.after("X") }
    #expect(state.areas.count == 1)
    #expect(state.notice?.kind == .problem)
  }

  @Test func aPaneGrowsAndShrinksByKeys() throws {
    let (before, larger) = (state.after("2"), state.after("2", ")", ")"))
    let (old, new) = try (#require(before.areas[.node]), #require(larger.areas[.node]))
    #expect(new.width == old.width + 8 && new.height == old.height + 4)
    #expect(larger.after("(", "(").areas == before.areas)
  }

  @Test(arguments: LayoutStates.sizes) func resizingEndsWhereOthersWouldBeTooSmall(size: Size) {
    for key in [Press.character(")"), .character("(")] {
      for pane in [Press.character("1"), .character("2"), .character("6")] {
        var state = LayoutStates.digits(size).after(pane)
        for _ in 0..<30 { state = state.after(key) }
        #expect(state.areas.values.allSatisfy { $0.width >= 10 && $0.height >= 2 })
        #expect(state.lines.count == size.height)
      }
    }
  }

  @Test func aBorderIsDraggedWithTheMouse() throws {
    let node = try #require(state.areas[.node])
    let held = state.on(.mouse(MouseEvent(x: node.x - 1, y: node.y + 5, kind: .press))).state
    let dragged = held.on(.mouse(MouseEvent(x: node.x + 9, y: node.y + 7, kind: .drag))).state
    #expect(dragged.areas[.node]?.x == node.x + 10)
    #expect(dragged.cell == held.cell)
    let farther = dragged.on(.mouse(MouseEvent(x: node.x - 6, y: node.y + 7, kind: .drag)))
    #expect(farther.state.areas[.node]?.x == node.x - 5)
    #expect(farther.effects.allSatisfy { if case .remember = $0 { false } else { true } })
    let released = farther.state.on(.mouse(MouseEvent(x: 0, y: 0, kind: .release)))
    #expect(released.effects.contains(.remember("layout", released.state.layout.text)))
    let after = released.state.on(.mouse(MouseEvent(x: 3, y: 9, kind: .drag))).state
    #expect(after.areas == released.state.areas)
  }

  @Test func aRowOfBordersIsDraggedToo() throws {
    let loss = try #require(state.areas[.loss])
    let held = state.on(.mouse(MouseEvent(x: loss.x + 2, y: loss.y - 1, kind: .press))).state
    #expect(held.pane == .loss)
    let dragged = held.on(.mouse(MouseEvent(x: loss.x + 2, y: loss.y + 3, kind: .drag))).state
    #expect(dragged.areas[.loss]?.y == loss.y + 4)
  }

  @Test func choosingTheLayoutAgainUndoesAllChanges() {
    let changed = state.after("4", "X", "2", ")").carryingOut("open events")
    #expect(changed.after(.function(2)).areas == state.areas)
    #expect(changed.after(.function(2)).layout.text == "debug")
  }

  @Test func theLayoutIsKeptWhenItChanges() {
    let watch = state.on(.key(.function(1)))
    #expect(watch.effects.contains(.remember("layout", "watch")))
    #expect(state.on(.key(.down)).effects.allSatisfy { if case .remember = $0 { false } else { true } })
  }

  @Test func aKeptLayoutIsTakenUpAgain() {
    let changed = state.after("4", "X", "2", ")", ")").carryingOut("open events").after("2")
    var again = DebuggerState(size: States.standard)
    again.beginLayout(kept: changed.layout.text)
    #expect(again.layout.text == changed.layout.text)
    #expect(again.pane == .graph)
    var update = States.news
    update.moment = changed.moment
    update.status = .paused
    #expect(again.on(update, seconds: 1).state.areas[.node] == changed.areas[.node])
  }

  @Test func panesThatWereClosedTheLastTimeAreMentioned() {
    var state = DebuggerState(size: States.standard)
    state.beginLayout(kept: "debug closed=batch,events")
    #expect(
      state.notice?.text == "closed since the last time: batch, events. ':open batch' opens a pane again.")
    var whole = DebuggerState(size: States.standard)
    whole.beginLayout(kept: "debug")
    #expect(whole.notice == nil)
  }

  @Test(arguments: [Size(width: 60, height: 16), States.small, States.standard], LayoutStates.keys)
  func aLayoutSaysInOneLineWhatItShowsAndHowToReachTheRest(size: Size, key: Press) throws {
    let state = LayoutStates.measured(size).after(key)
    let text = try #require(state.notice?.text)
    #expect(text.count < size.width && !text.contains("\n"))
    #expect(state.shown.allSatisfy(text.contains))
  }

  @Test func aLayoutNamesTheKeysOfThePanesForWhichThereIsNoRoom() {
    let small = LayoutStates.digits(States.small).after(.function(2))
    #expect(small.notice?.text.contains("3 bridge") == true)
    #expect(small.after("3").shown.contains("bridge"))
  }

  @Test func aLayoutIsAskedForByName() {
    var state = DebuggerState(size: States.standard)
    state.beginLayout(kept: "debug closed=batch", named: .watch)
    #expect(state.layout.text == "watch" && state.pane == .loss)
    state.beginLayout(kept: "debug closed=batch", named: .debug)
    #expect(state.layout.text == "debug closed=batch")
  }

  @Test(arguments: [
    "", "debug", "nothing", "debug closed=loss,nothing", "watch r1=99999999999999999999 c2=x =",
    "learn ===",
    "debug closed=graph,node,bridge,loss,gradients,batch,events,guide,output",
    "debug r11=-4 c1=1 c2=1000 cffffffffffffffffff=3",
  ])
  func aKeptLineThatSomebodyChangedIsTakenAsFarAsItMakesSense(line: String) {
    for size in LayoutStates.sizes {
      var state = LayoutStates.digits(size)
      state.beginLayout(kept: line)
      #expect(state.after(.tab).lines.count == size.height)
      #expect(!state.after("1").shown.isEmpty)
    }
  }
}
