import TerminalUI
import Trace

/// Something that happened, as the debugger's state hears of it.
public enum DebuggerEvent: Sendable {
  case key(Key)
  case mouse(MouseEvent)
  case resize(Size)
  /// News of the run, taken at a time in seconds.
  case run(RunUpdate, seconds: Double)
}

/// What the state asks for in answer to an event.
public enum DebuggerEffect: Sendable, Equatable {
  case command(Command)
  case quit
}

extension DebuggerState {
  /// Takes an event in, and says what is to be done about it.
  public mutating func update(_ event: DebuggerEvent) -> [DebuggerEffect] {
    defer { arrange() }
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse): return use(mouse)
    case .resize(let size):
      self.size = size
      helpRow = min(helpRow, lastHelpRow)
      return []
    case .run(let update, let seconds):
      take(update, at: seconds)
      return askForCell()
    }
  }

  private mutating func take(_ update: RunUpdate, at seconds: Double) {
    status = update.status ?? status
    description = update.description ?? description
    epochs += update.epochs
    warnings += update.warnings
    for point in update.losses { trainLoss.append(iteration: point.iteration, value: Double(point.loss)) }
    if let moment = update.moment { self.moment = moment }
    if status == .running, let moment {
      speed.reached(moment.position.iteration, at: seconds)
    } else {
      speed.pause()
    }
    if !isRunning, overlay == .quitQuestion { overlay = nil }
    clampCell()
  }

  /// Keeps the laid-out graph in step with the moment, and the node that matters in view.
  private mutating func arrange() {
    guard let moment else { return }
    let view = ScreenLayout(self).inside(.graph).size
    graph.arrange(moment.graph, in: view)
    let shown = shownNode.flatMap { moment.graph.node(named: $0)?.id }
    if let node = (isRunning ? shown : focus.node == nil ? moment.current : shown) {
      graph.show(node)
    }
  }
}
