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
      _ = state.update(.moment(320), seconds: 10.5)
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

  /// The command line, the questions and answers over the panes, and the events.
  static let consoleScenes = [
    Scene("line") { States.digits(.paused, $0).typing("break norm(fc1").after(.tab, .tab, .tab) },
    Scene("line-usage") { States.digits(.paused, $0).after("g", "3", "0") },
    Scene("line-problem") { States.digits(.paused, $0).typing("break norm(fc1.weihgt) > 5").after(.enter) },
    Scene("line-names") { States.digits(.paused, $0).after(":", .tab) },
    Scene("help-narrowed") { States.digits(.paused, $0).after("?", "g", "r", "a", "d") },
    Scene("quit-recording") { size in
      var update = RunUpdate()
      update.recording = RecordingStatus(path: "runs/digits.tapedeck", byteCount: 3_100_000)
      return States.digits(.paused, size).on(update, seconds: 11).state.after("q")
    },
    Scene("future") { size in
      var moment = DigitsRun.moment(.backward, 1, step: 50)
      moment.head = Position(step: 92, phase: .update, node: 3)
      return States.digits(.paused, moment, size).typing("lr 0.01").after(.enter)
    },
    Scene("cause") { size in
      States.digits(.paused, size).on(Answers.news(Answers.cause), seconds: 11).state.after(.down)
    },
    Scene("gradient-check") { size in
      States.digits(.paused, size).on(Answers.news(Answers.agreeing), seconds: 11).state
    },
    Scene("gradient-check-differs") { size in
      States.digits(.paused, size).on(Answers.news(Answers.differing), seconds: 11).state
    },
    Scene("events") { events($0) },
    Scene("hit") { size in
      var update = RunUpdate()
      update.moment = DigitsRun.moment(.backward, 1)
      update.moment?.hit = BreakpointHit(
        breakpoint: 1, text: "norm(fc1.weight.grad) > 5", measured: "norm(fc1.weight.grad) is 7.31")
      return events(size).on(update, seconds: 12).state.after(.pageUp, .pageUp)
    },
    Scene("notice") { States.digits(.paused, $0).after("G") },
  ]

  /// The events pane with breakpoints and one event of each kind.
  static func events(_ size: Size) -> DebuggerState {
    let texts: [RunEvent.Kind: String] = [
      .breakpoint: "breakpoint 1: norm(fc1.weight.grad) > 5, is 7.31", .pause: "paused",
      .change: "lr 0.1 → 0.01",
      .fork: "the old future, to step 92, is dropped", .mark: "marked",
      .note: "the loss jumps here", .check: "fc1.weight[3, 4]: relative error 1.7e−6",
      .cause: "fc2.linear of step 91 overflows", .warning: "step 40 was not reproduced bit for bit",
      .error: "linear: the input has 63 columns",
    ]
    var update = RunUpdate()
    update.events = RunEvent.Kind.allCases.enumerated().map { index, kind in
      RunEvent(
        kind, at: Position(step: 91 + index * 3, phase: .backward, node: index), texts[kind] ?? "")
    }
    let state = States.digits(.paused, size).typing("break norm(fc1.weight.grad) > 5").after(.enter)
      .typing("break fc1.relu backward").after(.enter).typing("disable 2").after(.enter)
    return state.on(update, seconds: 11).state.after("7")
  }

  @Test(arguments: consoleScenes)
  func theConsoleOn120By40(_ scene: Scene) throws {
    try GoldenScreen.expect(scene.make(States.standard).screen(), "\(scene.name)-120x40")
  }

  @Test(arguments: consoleScenes)
  func theConsoleOn80By24(_ scene: Scene) throws {
    try GoldenScreen.expect(scene.make(States.small).screen(), "\(scene.name)-80x24")
  }

  @Test func theEventsHaveTheirOwnPlaceOnALargeScreen() throws {
    let state = ScreenTests.events(Size(width: 200, height: 60)).after("1")
    try GoldenScreen.expect(state.screen(), "events-200x60")
  }

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
      ("events", "7"),
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
