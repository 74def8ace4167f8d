import DebuggerUI
import TerminalUI
import Testing
import Trace

/// What panes show on their keys, and of recordings, at the two usual sizes.
@Suite struct PaneScreenTests {
  static let scenes = [
    ScreenTests.Scene("loss") { States.digits(.paused, DigitsRun.moment(.loss, 0), $0) },
    ScreenTests.Scene("folded") { States.digits(.paused, $0).after("O") },
    ScreenTests.Scene("breakpoints") { size in
      var state = States.digits(.paused, size)
      state.breakpoints = [Breakpoint(id: 1, node: "fc2.linear"), Breakpoint(id: 2, node: "fc1.relu")]
      state.breakpoints[1].isEnabled = false
      return state
    },
    ScreenTests.Scene("broken") { size in
      var moment = DigitsRun.moment(.backward, 1)
      for node in [4, 7, 9] { moment.states[node].valueNorm = .nan }
      moment.states[7].gradientNorm = .infinity
      moment.parameters[2].gradientNorm = .nan
      moment.parameters[3].gradientNorm = 3e5
      return States.digits(.paused, moment, size)
    },
    // One weight used twice, and an input that skips both uses.
    ScreenTests.Scene("residual") { size in
      let graph = ComputationGraph(nodes: [
        .init(id: 0, name: "x", operation: "x", kind: .input, shape: [8, 16]),
        .init(
          id: 1, name: "tied.weight", operation: "weight", kind: .parameter, group: "tied", shape: [16, 16]),
        .init(
          id: 2, name: "tied.linear", operation: "linear", kind: .operation, group: "tied", shape: [8, 16],
          inputs: [0, 1]),
        .init(id: 3, name: "relu", operation: "relu", kind: .operation, shape: [8, 16], inputs: [2]),
        .init(
          id: 4, name: "tied.linear_2", operation: "linear", kind: .operation, group: "tied", shape: [8, 16],
          inputs: [3, 1]),
        .init(id: 5, name: "add", operation: "add", kind: .operation, shape: [8, 16], inputs: [4, 0]),
        .init(id: 6, name: "y", operation: "y", kind: .input, shape: [8], phase: .loss),
        .init(
          id: 7, name: "mse", operation: "mse", kind: .operation, shape: [], inputs: [5, 6], phase: .loss),
      ])
      let moment = Moment(
        position: Position(step: 1, phase: .loss, node: 0), current: 7, graph: graph,
        states: graph.nodes.map { NodeState(progress: .forward, valueNorm: Float($0.id + 1)) })
      return States.digits(.paused, moment, size)
    },
    ScreenTests.Scene("find") { States.digits(.paused, $0).after("/", "f", "c", "2", .down) },
    ScreenTests.Scene("images") { size in
      let focus = Focus(node: "fc1.weight", view: .value)
      let moment = DigitsRun.moment(.backward, 3, focus: focus)
      return States.digits(.paused, moment, size).after("2", "i", "]", "]", .down, .right)
    },
    ScreenTests.Scene("slices") { size in
      var moment = DigitsRun.moment(.backward, 1)
      moment.focus = TensorSnapshot(
        node: "fc2.linear", view: .gradient, shape: [8, 16, 5], values: Numbers.values(count: 640, seed: 3))
      return States.digits(.paused, moment, size).after("2", "]", "]", .down, .right, "s", "s", "c", "c", "c")
    },
    ScreenTests.Scene("entries") { size in
      let focus = Focus(node: "fc1.weight", view: .value)
      return States.digits(.paused, DigitsRun.moment(.backward, 3, focus: focus), size)
        .after("2", "E", .pageDown, .right)
    },
    ScreenTests.Scene("smoothed") { States.digits(.paused, $0).after("4", "A", "A", "m") },
    ScreenTests.Scene("accuracy") { size in
      var update = RunUpdate()
      update.losses = (300..<420).map {
        .init(step: $0, loss: 0.3, accuracy: 0.9 + Numbers.values(count: 1, seed: UInt32($0))[0] / 8)
      }
      return States.digits(.paused, size).after("4").on(update, seconds: 11).state.after("a", "A")
    },
    ScreenTests.Scene("ghost") { size in
      var update = RunUpdate()
      update.fork = RunUpdate.Fork(
        position: Position(step: 150, phase: .update, node: 3), future: .ghost)
      update.losses = (151..<230).map { .init(step: $0, loss: 0.2) }
      return States.digits(.paused, size).after("4").on(update, seconds: 11).state
    },
    ScreenTests.Scene("classes") { States.digits(.paused, DigitsRun.moment(.backward, 0), $0).after("3") },
    ScreenTests.Scene("formula") { size in
      var moment = DigitsRun.moment(.update, 0)
      moment.explanation?.update = ["v ← 0.9·0.1 + 0.2 = 0.29", "w ← 1 − 0.1·0.29 = 0.971"]
      return States.digits(.paused, moment, size).after("3")
    },
    ScreenTests.Scene("sample") {
      States.digits(.paused, DigitsRun.moment(.backward, 0), $0).after("6", .down)
    },
    ScreenTests.Scene("replay") { size in
      var update = RunUpdate()
      update.description = DigitsRun.description
      update.description?.source = .replay(file: "digits.tapedeck")
      var moment = DigitsRun.moment(.backward, 1)
      moment.focus = nil
      moment.limitation = "The recording has pictures only here: the data it was made of is not at hand."
      moment.thumbnails = [
        Thumbnail(
          node: "fc2.linear", view: .gradient, shape: [64, 10], rows: 32, columns: 10,
          levels: (0..<320).map { UInt8($0 * 7 % 256) }, minimum: -0.3, maximum: 0.3)
      ]
      update.moment = moment
      return States.digits(.paused, size).on(update, seconds: 11).state
    },
    ScreenTests.Scene("seek") { size in
      var update = RunUpdate()
      update.progress = RunUpdate.Progress(start: 100, step: 162, target: 200)
      update.recording = RecordingStatus(path: "runs/digits.tapedeck", byteCount: 3_120_000)
      return States.digits(.paused, size).on(update, seconds: 11).state
    },
  ]

  @Test(arguments: scenes)
  func theScreenOf120By40(_ scene: ScreenTests.Scene) throws {
    try GoldenScreen.expect(scene.make(States.standard).screen(), "\(scene.name)-120x40")
  }

  @Test(arguments: scenes)
  func theScreenOf80By24(_ scene: ScreenTests.Scene) throws {
    try GoldenScreen.expect(scene.make(States.small).screen(), "\(scene.name)-80x24")
  }

  @Test(arguments: scenes)
  func theScreenIsReadableWithoutColorsAndInASCII(_ scene: ScreenTests.Scene) {
    let lines = scene.make(States.standard).screen(
      TerminalCapabilities(colorSupport: .none, isUnicode: false)
    ).lines
    #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
    #expect(!lines.contains { $0.contains("?") && !$0.contains("? help") })
  }
}
