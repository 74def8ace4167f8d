import TerminalUI
import Trace

/// What the state asks for in answer to an event.
package enum DebuggerEffect: Sendable, Equatable {
  case command(Command)
  case quit
}

extension DebuggerState {
  /// Takes in what the user did, and says what is to be done about it. Signals, wakes and deadlines are the caller's.
  package mutating func update(_ event: TerminalEvent) -> [DebuggerEffect] {
    defer { arrange() }
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse): return use(mouse)
    case .paste(let text): paste(text)
    case .resize(let size):
      self.size = size
      helpRow = min(helpRow, lastHelpRow)
    case .wake, .deadline, .signal, .endOfInput: break
    }
    return []
  }

  /// Takes in what has happened in the run; `seconds` is the time now, from any start.
  package mutating func update(_ news: RunUpdate, seconds: Double) -> [DebuggerEffect] {
    defer { arrange() }
    take(news, at: seconds)
    return askForCell()
  }

  private mutating func take(_ update: RunUpdate, at seconds: Double) {
    status = update.status ?? status
    description = update.description ?? description
    if let fork = update.fork { take(fork) }
    epochs.add(update.epochs)
    warnings += update.warnings
    for point in update.losses {
      trainLoss.append(iteration: point.iteration, value: Double(point.loss))
      guard let accuracy = point.accuracy else { continue }
      trainAccuracy.append(iteration: point.iteration, value: Double(accuracy))
    }
    if let fork = update.fork { hits.fork(at: fork.position) }
    // A journey ends with the moment that it led to.
    journey = update.journey ?? (update.moment == nil ? journey : nil)
    if let moment = update.moment { take(moment) }
    events.take(update)
    recording = update.recording ?? recording
    takeAnswers(update)
    if status == .running, let moment {
      speed.reached(moment.position.iteration, at: seconds)
    } else {
      speed.pause()
    }
    if !asksBeforeQuitting, overlay == .quitQuestion { overlay = nil }
    clampCell()
    clampSample()
  }

  private mutating func take(_ moment: Moment) {
    let shown = shownNode
    self.moment = moment
    if shownNode != shown { bridgeRow = 0 }
    if moment.position.phase >= .backward { wholeGraph = moment.graph }
    hits.take(moment)
  }

  /// Shows the answers to the user's questions.
  private mutating func takeAnswers(_ update: RunUpdate) {
    if let cause = update.cause {
      causeRow = 0
      show(.cause(cause))
    }
    if let check = update.gradientCheck { show(.gradientCheck(check)) }
    let isAnswer = update.cause != nil || update.gradientCheck != nil || update.moment != nil
    if notice?.kind == .waiting, isAnswer || !update.warnings.isEmpty { notice = nil }
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
