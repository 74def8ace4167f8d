import DebuggerUI
import TerminalUI
import Trace

/// Debugger states that came about by events alone, as the program's do.
enum States {
  static let standard = Size(width: 120, height: 40)
  static let small = Size(width: 80, height: 24)

  /// A run in each status.
  enum Status: String, CaseIterable, Sendable {
    case preparing, running, paused, finished, failed

    var ofRun: RunUpdate.Status {
      switch self {
      case .preparing: .preparing
      case .running: .running
      case .paused: .paused
      case .finished: .finished
      case .failed: .failed(States.failure)
      }
    }
  }

  static let failure =
    "linear: the input has 63 columns but the weight expects 64 "
    + "(input [64, 63], weight [128, 64]), at Model.swift:12."

  /// A run of the digits in that status; a paused one is in the middle of backward.
  static func digits(_ status: Status, _ size: Size = standard) -> DebuggerState {
    switch status {
    case .preparing: DebuggerState(size: size, pace: 60)
    case .running: digits(status, DigitsRun.moment(.update, 3, isPlaying: true), size)
    case .paused: digits(status, DigitsRun.moment(.backward, 1), size)
    case .finished: digits(status, DigitsRun.moment(.update, 3, step: 480), size, epochs: 20)
    case .failed: digits(status, DigitsRun.moment(.forward, 0), size)
    }
  }

  /// A run of the digits at a moment.
  static func digits(
    _ status: Status, _ moment: Moment, _ size: Size = standard, epochs: Int = 12
  ) -> DebuggerState {
    var update = news
    update.status = status.ofRun
    update.moment = moment
    update.epochs = (1...epochs).map(epoch)
    update.losses = (1..<max(2, moment.position.step)).map(loss)
    var state = DebuggerState(size: size, pace: 60)
    _ = state.update(update, seconds: 10)
    return state
  }

  /// The first that is heard of a run.
  static var news: RunUpdate {
    var update = RunUpdate()
    update.description = DigitsRun.description
    update.status = .running
    return update
  }

  private static func epoch(_ epoch: Int) -> EpochResult {
    EpochResult(
      epoch: epoch, step: epoch * 24, loss: 1.4 / Double(epoch),
      validationLoss: 0.28 + 1.2 / Double(epoch),
      trainAccuracy: 1 - 0.3 / Double(epoch), validationAccuracy: 0.93 - 0.3 / Double(epoch),
      seconds: Double(epoch) / 8)
  }

  private static func loss(_ step: Int) -> RunUpdate.LossPoint {
    let noise = Numbers.values(count: 1, seed: UInt32(step))[0]
    return .init(step: step, loss: 2.4 / (1 + Float(step) / 20) * (1 + noise))
  }
}

extension DebuggerState {
  /// The state after those keys.
  func after(_ presses: Press...) -> DebuggerState {
    var state = self
    for press in presses { _ = state.update(.key(press.key)) }
    return state
  }

  /// The state after an event, and what it asks for.
  func on(_ event: TerminalEvent) -> (state: DebuggerState, effects: [DebuggerEffect]) {
    var state = self
    let effects = state.update(event)
    return (state, effects)
  }

  /// The state after news of the run, and what it asks for.
  func on(_ news: RunUpdate, seconds: Double) -> (state: DebuggerState, effects: [DebuggerEffect]) {
    var state = self
    let effects = state.update(news, seconds: seconds)
    return (state, effects)
  }

  /// What a key asks for.
  func effects(of press: Press) -> [DebuggerEffect] { on(.key(press.key)).effects }

  /// The whole screen.
  func screen(_ capabilities: TerminalCapabilities = .full) -> Buffer {
    var buffer = Buffer(size: size, capabilities: capabilities)
    draw(into: &buffer)
    return buffer
  }

  /// The rows of the whole screen.
  var lines: [String] { screen().lines }

  /// Everything that keys and the mouse can change, fact by fact.
  private var facts: [String] {
    [
      "\(size.width)×\(size.height)", "status \(status)", "pane \(PaneTable.number(of: pane))",
      isZoomed ? "zoomed" : "not zoomed", overlay.map { "\(Self.text($0)) open" } ?? "nothing open",
      "help row \((overlay as? HelpOverlay)?.row ?? 0)",
      lossPane.isLogarithmic ? "logarithmic" : "linear", "choice \(Self.text(focus))",
      "cell \(cell.row),\(cell.column)", "bar \(gradients.firstBar)", "pace \(Self.text(pace))",
      "folded \(graph.folded.sorted().joined(separator: " "))",
      graph.find.map { "find \($0.text)" } ?? "no find",
      nodePane.showsNumbers ? "numbers" : "picture", graph.wantsOverview == true ? "overview" : "no overview",
      nodePane.showsImages ? "images" : "no images", nodePane.showsEntries ? "entries" : "whole",
      "sample \(sample)", "bridge row \(bridge.row)",
      "smoothing \(lossPane.smoothing)", lossPane.chosen.text,
      "steps \(lossPane.window)",
      "cursor \(lossPane.cursor.map { "\($0)" } ?? "none")", "plots \(curves.plots.map(\.text))",
      "colors \(nodePane.colorMap?.name ?? "usual")", "scale \(nodePane.scale)",
      console.map { "line :\($0.input.text)" } ?? "no line", console?.problem.map(Self.text) ?? "no problem",
      notice.map { "'\($0.text)'" } ?? "no notice", "mark \(Self.text(mark))",
      "search \((overlay as? HelpOverlay)?.search.text ?? "")",
      "row \((overlay as? CauseOverlay)?.row ?? 0)",
      "breakpoints \(breakpoints.map(Self.text).joined(separator: ", "))",
      "event \(eventsPane.choice.map { "\($0)" } ?? "newest")", startsPaused ? "will pause" : "will play",
      "layout \(layout.text)",
    ]
  }

  /// What an event changes and what it asks for: `status running → run`; empty for neither.
  func answer(_ event: TerminalEvent) -> String { answer(on(event)) }

  /// What news of the run change and ask for.
  func answer(_ news: RunUpdate, seconds: Double) -> String { answer(on(news, seconds: seconds)) }

  private func answer(_ result: (state: DebuggerState, effects: [DebuggerEffect])) -> String {
    let (after, effects) = result
    let changes = zip(facts, after.facts).filter { $0 != $1 }.map(\.1)
    return (changes + effects.map { "→ \(Self.text($0))" }).joined(separator: " ")
  }

  /// What a key changes and asks for.
  func answer(_ press: Press) -> String { answer(.key(press.key)) }

  private static func text(_ focus: Focus) -> String {
    "\(focus.node ?? "run")\(focus.view.map { " \($0)" } ?? "")"
  }

  private static func text(_ overlay: any Overlay) -> String {
    switch overlay {
    case is HelpOverlay: "help"
    case is QuitQuestion: "quitQuestion"
    case is FutureQuestion: "futureQuestion"
    case is CauseOverlay: "cause"
    case is MenuOverlay: "menu"
    case is GradientCheckOverlay: "gradientCheck"
    default: "\(overlay)"
    }
  }

  private static func text(_ problem: ConsoleError) -> String {
    "\(problem.column.map { "\($0)" } ?? "–"): \(problem.message)"
  }

  private static func text(_ position: Position?) -> String {
    position.map { "\($0.step) \($0.phase) \($0.node)" } ?? "none"
  }

  private static func text(_ breakpoint: Breakpoint) -> String {
    "\(breakpoint.id)\(breakpoint.isEnabled ? "" : " off") \(breakpoint.text)"
  }

  private static func text(_ pace: Double?) -> String { pace.map { "\($0)" } ?? "none" }

  private static func text(_ effect: DebuggerEffect) -> String {
    switch effect {
    case .quit, .command(.quit): "quit"
    case .interrupt: "interrupt"
    case .remember(let name, let text): "remember \(name) \(text)"
    case .copy(let text): "copy \(text)"
    case .mouse(let isOn): "mouse \(isOn)"
    case .save(let picture): "save \(picture.file ?? picture.name)"
    case .readGhost(let path): "read ghost \(path)"
    case .command(.focus(let focus)): "focus \(text(focus))"
    case .command(.pace(let pace)): "pace \(text(pace))"
    case .command(.breakpoints(let list)): "breakpoints \(list.map(text).joined(separator: ", "))"
    case .command(.change(.hyperparameter(let name, let value), let future)):
      "change \(name) \(value) \(future)"
    case .command(.change(.cell(let parameter, let index, let value), let future)):
      "change \(parameter)\(index) \(value) \(future)"
    case .command(.change(.zeroGrad(let isOn), let future)): "change zeroGrad \(isOn) \(future)"
    case .command(.record(let path)): "record \(path)"
    case .command(.runTo(let node)): "runTo \(node)"
    case .command(.findCause(let node, let view, let cell)):
      "why \(node) \(view)\(cell.map { " \($0)" } ?? "")"
    case .command(.checkGradient(let parameter, let cell)): "check \(parameter) \(cell)"
    case .command(.searchBack(let breakpoint)): "searchBack \(text(breakpoint))"
    case .command(.seek(let position)): "seek \(text(position))"
    case .command(.mark(let position)): "mark \(text(position))"
    case .command(.goTo(let position)): "go to \(text(position))"
    case .command(let command): "\(command)"
    }
  }
}
