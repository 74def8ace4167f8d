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
      .character("x"), .character("é"), .control("a"), .control("c"), .insert, .function(5),
    ]

  @Test(arguments: scenes)
  func everyKeyInEveryPaneLeavesASoundState(_ scene: Scene) {
    for pane in PaneTable.ids {
      var start = scene.state
      start.pane = pane
      for (place, key) in EveryKeyTests.keys.enumerated() {
        let (after, effects) = start.on(.key(key))
        expectSound(after, "\(scene.name), pane \(pane), \(key)")
        expectFit(effects, start, "\(scene.name), pane \(pane), \(key)")
        // Drawing takes longest, so each key is drawn in one pane only.
        if place % PaneTable.ids.count + 1 == PaneTable.number(of: pane) {
          #expect(after.lines.count == after.size.height, "\(scene.name), pane \(pane), \(key)")
        }
        // Only changes of the breakpoints are sent to the run.
        #expect(
          effects.contains(.command(.breakpoints(after.breakpoints)))
            == (after.breakpoints != start.breakpoints), "\(scene.name), pane \(pane), \(key)")
      }
    }
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

  /// The state after any key: choices point at what is there, and one thing at most takes the keys.
  private func expectSound(_ state: DebuggerState, _ comment: Comment) {
    let size = state.moment?.focus?.matrixSize ?? (rows: 0, columns: 0)
    #expect((0...max(0, size.rows - 1)).contains(state.cell.row), comment)
    #expect((0...max(0, size.columns - 1)).contains(state.cell.column), comment)
    #expect((state.overlay as? HelpOverlay)?.row ?? 0 >= 0, comment)
    #expect((state.overlay as? CauseOverlay)?.row ?? 0 >= 0 && state.gradients.firstBar >= 0, comment)
    #expect(Set(state.breakpoints.map(\.id)).count == state.breakpoints.count, comment)
    #expect(state.pace.map { (0.125...1e6).contains($0) } ?? true, comment)
    #expect(state.consoleHistory.count <= 1, comment)
    if state.overlay is FutureQuestion { #expect(state.console == nil, comment) }
  }

  /// What is asked for: nothing that the run in its status cannot be asked.
  private func expectFit(_ effects: [DebuggerEffect], _ state: DebuggerState, _ comment: Comment) {
    #expect(effects.count <= 2, comment)
    for effect in effects {
      guard case .command(let command) = effect else { continue }
      switch (state.status, command) {
      case (_, .pace), (_, .breakpoints), (_, .focus): break
      case (.failed, _): Issue.record("\(command) of a failed run: \(comment)")
      case (.preparing, .seek), (.preparing, .seekHead), (.preparing, .searchBack), (.preparing, .mark):
        Issue.record("\(command) before the run is there: \(comment)")
      case (.running, .nextNode), (.running, .nextPhase), (.running, .nextStep), (.running, .run):
        Issue.record("\(command) of a run that plays: \(comment)")
      case (.finished, .run), (.finished, .nextNode), (.finished, .pause):
        Issue.record("\(command) of a run that is done: \(comment)")
      case (_, .change(_, .dropped)), (_, .change(_, .ghost)):
        #expect((state.overlay as? FutureQuestion)?.change == .zeroGrad(false), comment)
      default: break
      }
    }
  }
}
