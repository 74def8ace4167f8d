import TerminalUI
import Trace

/// The status line: what is trained, and how far it has come.
struct Header: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard area.height >= 1 else { return }
    what.draw(into: &buffer, area: area.row(0).inset(left: 1))
    if area.height >= 2 { drawProgress(into: &buffer, area.row(1).inset(left: 1)) }
  }

  private var what: TextLine {
    let muted = Style.foreground(Accents.muted)
    var line = TextLine("TAPEDECK", .foreground(Accents.focus).bold)
    guard let description = state.description else { return line + TextLine("  preparing data and model…", muted) }
    line.append("  \(description.data)", .bold)
    line.append("  \(description.network)")
    line.append("  \(description.optimizer)", muted)
    line.append("  batch \(description.batchSize)", muted)
    line.append("  seed \(description.seed)", muted)
    return line
  }

  private func drawProgress(into buffer: inout Buffer, _ row: Rect) {
    let x = buffer.draw(badge, x: row.x, y: row.y, maxWidth: row.width)
    guard let description = state.description, let moment = state.moment else { return }
    let (iteration, total) = (moment.position.iteration, max(1, description.iterationCount))
    let epoch = (iteration - 1) / max(1, description.iterationsPerEpoch) + 1
    let head = "  epoch \(epoch)/\(description.epochs) "
    var left = buffer.draw(head, x: x, y: row.y, maxWidth: row.maxX - x)
    let barWidth = min(20, max(0, row.width - 74))
    if barWidth >= 4 {
      let done = state.status == .finished ? 1 : Double(iteration - 1) / Double(total)
      let bar = Rect(x: left, y: row.y, width: barWidth, height: 1)
      ProgressBar(fraction: done).draw(into: &buffer, area: bar)
      left += barWidth
    }
    buffer.draw(facts(moment, total), x: left, y: row.y, maxWidth: row.maxX - left)
  }

  private var badge: TextLine {
    let (text, color): (String, Color) =
      switch state.status {
      case .preparing: ("… LOAD ", Accents.muted)
      case .running: ("▶ RUN  ", Accents.good)
      case .paused: ("▮ PAUSE", Accents.warning)
      case .finished: ("■ DONE ", Accents.focus)
      case .failed: ("✗ ERROR", Accents.bad)
      }
    return TextLine(text, .foreground(color).bold)
  }

  private func facts(_ moment: Moment, _ total: Int) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    var line = TextLine(" step \(NumberText.grouped(moment.position.iteration))")
    line.append(" of \(NumberText.grouped(total))", muted)
    if !state.isRunning { line.append("  \(moment.position.phase.name)", .foreground(Accents.warning)) }
    if state.isRunning, let speed = state.speed.iterationsPerSecond {
      line.append("  \(NumberText.grouped(Int(speed.rounded()))) step/s", muted)
    }
    let loss = moment.loss.map(Double.init) ?? state.trainLoss.points.last?.value
    if let loss { line = line + TextLine([Span("  loss ", muted), Span(NumberText.significant(loss, digits: 4))]) }
    if let accuracy = state.epochs.last?.validationAccuracy {
      line = line + TextLine([Span("  val acc ", muted), Span("\(NumberText.fixed(accuracy * 100, decimals: 1)) %")])
    }
    if let pace = state.pace {
      line.append("  pace \(NumberText.trimmed(NumberText.fixed(pace, decimals: 3)))/s", muted)
    }
    return line
  }
}
