import Localization
import TerminalUI
import Trace

/// How far a test of the model has come: `learning one batch ▕████▏ 62 %  12 s left  esc stops`.
struct ModelTestBar: Widget {
  let progress: ModelTestProgress
  let secondsLeft: Double?

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    let head = TextLine(name + " ", .foreground(Accents.focus))
    let x = buffer.draw(head, x: area.x, y: area.y, maxWidth: area.width)
    let percent = " \(Int(progress.share * 100)) %"
    let rest = TextLine([
      Span(secondsLeft.map { "  " + TimeLeft.text($0) } ?? ""),
      Span(localized("  esc stops"), .foreground(Accents.muted), control: .key(.escape)),
    ])
    let hasRest = area.maxX - x - percent.count - rest.width >= 10
    let width = min(40, area.maxX - x - percent.count - (hasRest ? rest.width : 0))
    guard width >= 4 else { return }
    ProgressBar(fraction: progress.share)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    let end = buffer.draw(percent, x: x + width, y: area.y)
    if hasRest { buffer.draw(rest, x: end, y: area.y) }
  }

  private var name: String {
    switch progress.test {
    case .overfit: localized("learning one batch")
    case .learningRates: localized("trying learning rates")
    case .gradients: localized("checking derivatives")
    }
  }
}
