import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Every key of the table in every state, with everything that may be open over the panes.
struct EveryKeyTests {
  /// A state in which keys are pressed.
  struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    let state: DebuggerState

    var testDescription: String { name }
  }

  /// The statuses of a run, and one that is paused in the past.
  private static var runs: [Scene] {
    var past = DigitsRun.moment(.backward, 1, step: 50)
    past.head = Position(step: 92, phase: .update, node: 3)
    return States.Status.allCases.map { Scene(name: $0.rawValue, state: States.digits($0)) } + [
      Scene(name: "past", state: States.digits(.paused, past)),
      Scene(name: "first moment", state: States.digits(.paused, DigitsRun.moment(.batch, 0, step: 1))),
      Scene(name: "smallest screen", state: States.digits(.paused, Size(width: 60, height: 16))),
    ]
  }

  /// What may be open over a run.
  private static func openings(_ scene: Scene) -> [Scene] {
    func open(_ name: String, _ change: (inout DebuggerState) -> Void) -> Scene {
      var state = scene.state
      change(&state)
      return Scene(name: "\(scene.name), \(name)", state: state)
    }
    return [
      scene, open("help") { $0 = $0.after("?") }, open("narrowed help") { $0 = $0.after("?", "b") },
      open("quit question") { $0.overlay = QuitQuestion() },
      open("future question") { $0.overlay = FutureQuestion(.zeroGrad(false)) },
      open("cause") { $0.overlay = CauseOverlay(Answers.cause) },
      open("cause without steps") {
        $0.overlay = CauseOverlay(Cause(defect: .zero, path: [], conclusion: ""))
      },
      open("gradient check") { $0.overlay = GradientCheckOverlay(Answers.agreeing) },
      open("line") { $0 = $0.typing("break lo") },
      open("failed line") { $0 = $0.typing("lr x").after(.enter) },
      open("find") { $0 = $0.after("/", "f") }, open("zoom") { $0.isZoomed = true },
      open("breakpoints and events") {
        $0.breakpoints = [Breakpoint(id: 4, node: "fc1.relu"), Breakpoint(id: 7, condition: .nan)]
        var update = RunUpdate()
        update.events = [RunEvent(.mark, at: .start, "marked")]
        _ = $0.update(update, seconds: 12)
      },
    ]
  }

  static let scenes = runs.flatMap(openings)

  /// Every key of the table, and some that are in none of its rows.
  private static let keys: [Key] =
    CommandTable.standard.keys.sorted { "\($0)" < "\($1)" } + [
      .character("J"), .character("é"), .control("a"), .control("c"), .insert, .function(5),
    ]

  @Test(arguments: scenes)
  func everyKeyInEveryPaneLeavesASoundState(_ scene: Scene) {
    // One expectation for all keys: one for each would take most of the time.
    var faults: [String] = []
    // What is open takes the keys, whatever the pane.
    let isCovered = scene.state.overlay != nil || scene.state.console != nil
    let panes = isCovered ? Array(PaneTable.ids.prefix(2)) : PaneTable.ids
    for (index, pane) in panes.enumerated() {
      var start = scene.state
      start.pane = pane
      for (place, key) in EveryKeyTests.keys.enumerated() {
        let (after, effects) = start.on(.key(key))
        var found = Self.unsound(after) + Self.unfit(effects, start)
        // Drawing takes longest, so each key is drawn in one pane only.
        if place % panes.count == index,
          after.lines.count != after.size.height
        {
          found.append("is not drawn in the screen's size")
        }
        if effects.contains(.command(.breakpoints(after.breakpoints)))
          != (after.breakpoints != start.breakpoints)
        {
          found.append("does not send just the changes of breakpoints")
        }
        faults += found.map { "pane \(pane), \(key): \($0)" }
      }
    }
    #expect(faults == [])
  }

  @Test(arguments: scenes)
  func escapeAgainAndAgainLeavesThePanesAlone(_ scene: Scene) {
    var state = scene.state
    for _ in 0..<4 { state = state.after(.escape) }
    #expect(state.overlay == nil)
    #expect(state.console == nil)
    #expect(state.graph.find == nil)
    #expect(!state.isZoomed)
    #expect(state.pane == scene.state.pane)
  }

  /// What is wrong with the state after a key: choices point at what is there, and one thing at most takes the keys.
  private static func unsound(_ state: DebuggerState) -> [String] {
    let size = state.moment?.focus?.matrixSize ?? (rows: 0, columns: 0)
    let facts = [
      "row of the cell": (0...max(0, size.rows - 1)).contains(state.cell.row),
      "column of the cell": (0...max(0, size.columns - 1)).contains(state.cell.column),
      "row of the help": (state.overlay as? HelpOverlay)?.row ?? 0 >= 0,
      "row of the cause": (state.overlay as? CauseOverlay)?.row ?? 0 >= 0,
      "first bar": state.gradients.firstBar >= 0,
      "two breakpoints with one number": Set(state.breakpoints.map(\.id)).count == state.breakpoints.count,
      "pace": state.pace.map { (0.125...1e6).contains($0) } ?? true,
      "history of the command line": state.consoleHistory.count <= 1,
      "command line beside a question": !(state.overlay is FutureQuestion) || state.console == nil,
    ]
    return facts.compactMap { $1 ? nil : $0 }
  }

  /// What is asked for though the run in its status cannot be asked.
  private static func unfit(_ effects: [DebuggerEffect], _ state: DebuggerState) -> [String] {
    let wrong = effects.filter { effect in
      guard case .command(let command) = effect else { return false }
      return switch (state.status, command) {
      case (_, .pace), (_, .breakpoints), (_, .focus): false
      case (.failed, _), (.preparing, .seek), (.preparing, .seekHead), (.preparing, .searchBack),
        (.preparing, .mark), (.running, .nextNode), (.running, .nextPhase), (.running, .nextStep),
        (.running, .run), (.finished, .run), (.finished, .nextNode), (.finished, .pause):
        true
      case (_, .change(_, .dropped)), (_, .change(_, .ghost)):
        (state.overlay as? FutureQuestion)?.change != .zeroGrad(false)
      default: false
      }
    }
    return wrong.map { "\($0) when \(state.status)" }
      + (effects.count > 2 ? ["\(effects.count) effects"] : [])
  }
}
