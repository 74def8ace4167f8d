import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The four layouts at all sizes.
struct LayoutPresetTests {
  @Test(arguments: LayoutStates.sizes, LayoutStates.keys)
  func panesCoverTheScreenAndNoneLiesOverAnother(size: Size, key: Press) {
    for pane in [nil] + Press.panes.map(Optional.some) {
      let chosen = LayoutStates.digits(size).after(key)
      let state = pane.map { chosen.after($0) } ?? chosen
      let frames = state.areas.values.map {
        Rect(x: $0.x - 1, y: $0.y - 1, width: $0.width + 2, height: $0.height + 2)
      }
      #expect(state.areas[state.pane] != nil, "the focused pane is shown")
      #expect(frames.allSatisfy { $0.y >= 2 && $0.maxX <= size.width && $0.maxY < size.height })
      #expect(
        frames.reduce(0) { $0 + $1.width * $1.height } == size.width * (size.height - 3),
        "\(state.layout.text), \(state.pane.name)")
      for (place, frame) in frames.enumerated() {
        #expect(frames.dropFirst(place + 1).allSatisfy { $0.intersection(frame).isEmpty })
      }
    }
  }

  @Test func everyPaneOfALayoutExists() throws {
    let panes = Set(PaneTable.ids.map(\.name))
    for name in LayoutPreset.names {
      #expect(try #require(LayoutPreset.named(name)).paneNames.subtracting(panes).isEmpty)
    }
  }

  @Test func eachKeyChoosesItsLayout() {
    let state = LayoutStates.digits(Size(width: 200, height: 60))
    let names = LayoutStates.keys.map { state.after($0).layout.preset.name }
    #expect(names == LayoutPreset.names)
    #expect(state.after(.function(1)).pane == .loss)
    #expect(Set(state.after(.function(3)).shown) == ["curves", "node", "batch", "bridge", "graph", "guide"])
    #expect(state.after(.function(4)).shown == ["graph", "curves", "node"])
  }

  @Test func aLayoutIsTypedWithTabAndConfirmed() {
    let state = LayoutStates.digits(States.standard).typing("layout w").after(.tab, .enter)
    #expect(state.layout.preset == .watch)
    #expect(state.lines.last?.contains("Layout watch: curves") == true)
    #expect(state.carryingOut("layout mosaic").console?.problem != nil)
  }

  @Test(arguments: LayoutStates.sizes) func graphAndNodeAreShownAtEverySize(size: Size) {
    #expect(LayoutStates.digits(size).shown.isSuperset(of: ["graph", "node"]))
  }

  @Test func theBridgeIsOneKeyAwayAndTheNodeStays() {
    let state = LayoutStates.digits(States.small)
    #expect(!state.shown.contains("bridge"))
    #expect(state.after("3").shown.isSuperset(of: ["graph", "node", "bridge"]))
  }

  @Test(arguments: [Size(width: 60, height: 100), Size(width: 80, height: 60)])
  func tallAndNarrowScreensAreStacked(size: Size) {
    let state = LayoutStates.digits(size)
    for pane in [PaneID.graph, .node, .bridge, .loss] {
      #expect(state.areas[pane]?.width == size.width - 2, "\(pane.name)")
    }
  }

  @Test func aWideScreenHasThreeColumns() throws {
    let state = LayoutStates.digits(Size(width: 200, height: 60))
    let (graph, node, batch) = try (
      #require(state.areas[.graph]), #require(state.areas[.node]), #require(state.areas[.batch])
    )
    #expect(graph.maxX < node.x && node.maxX < batch.x)
  }

  @Test func aPaneThatTheLayoutDoesNotNameIsShownWhileItHasTheFocus() {
    let state = LayoutStates.digits(States.standard).after(.function(4))
    #expect(!state.shown.contains("events"))
    #expect(state.after("7").shown.contains("events"))
    #expect(!state.after("7", "2").shown.contains("events"))
  }

  @Test func layoutsAreNamed() {
    #expect(LayoutPreset.names == ["watch", "debug", "learn", "present"])
    #expect(LayoutPreset.named("learn") == .learn)
    #expect(LayoutPreset.named("d") == .debug)
    #expect(LayoutPreset.named("") == nil)
    #expect(LayoutPreset.named("other") == nil)
  }
}
