import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Whole screens at their two usual sizes.
@Suite struct ScreenTests {
  /// What is on the screen.
  struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (Size) -> DebuggerState

    init(_ name: String, _ make: @escaping @Sendable (Size) -> DebuggerState) {
      self.name = name
      self.make = make
    }

    var testDescription: String { name }
  }

  static let scenes = [
    Scene("preparing") { States.digits(.preparing, $0) },
    Scene("running") { size in
      var state = States.digits(.running, size)
      _ = state.update(.run(.moment(320), seconds: 10.5))
      return state
    },
    Scene("batch") { States.digits(.paused, DigitsRun.moment(.batch, 0), $0) },
    Scene("forward") { States.digits(.paused, DigitsRun.moment(.forward, 1), $0) },
    Scene("backward") { States.digits(.paused, $0) },
    Scene("update") { States.digits(.paused, DigitsRun.moment(.update, 2), $0).after("5") },
    Scene("finished") { States.digits(.finished, $0).after("4", "y") },
    Scene("failed") { States.digits(.failed, $0) },
    Scene("help") { States.digits(.paused, $0).after("?") },
    Scene("quit") { States.digits(.running, $0).after("q") },
    Scene("chosen") { size in
      let focus = Focus(node: "fc1.weight", view: .value)
      let state = States.digits(.paused, DigitsRun.moment(.backward, 1, focus: focus), size)
      return state.after(.left, .up, .up, .up, "2", .pageDown, .right, .right)
    },
  ]

  @Test(arguments: scenes)
  func theScreenOf120By40(_ scene: Scene) throws {
    try GoldenScreen.expect(scene.make(States.standard).screen(), "\(scene.name)-120x40")
  }

  @Test(arguments: scenes)
  func theScreenOf80By24(_ scene: Scene) throws {
    try GoldenScreen.expect(scene.make(States.small).screen(), "\(scene.name)-80x24")
  }

  @Test(
    arguments: [
      ("graph", "1"), ("node", "2"), ("bridge", "3"), ("loss", "4"), ("gradients", "5"), ("batch", "6"),
    ] as [(String, Press)])
  func aZoomedPaneFillsTheScreen(name: String, key: Press) throws {
    let state = States.digits(.paused, States.small).after(key, "z")
    try GoldenScreen.expect(state.screen(), "zoomed-\(name)-80x24")
  }

  @Test func theWholeHelpStandsOnALargeScreen() throws {
    let state = States.digits(.paused, Size(width: 200, height: 60)).after("?")
    try GoldenScreen.expect(state.screen(), "help-200x60")
  }
}
