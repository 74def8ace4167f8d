import Localization
import TerminalUI
import Trace

/// How far a test of the model has come: `learning one batch ▕████▏ 62 %  12 s left  esc stops`.
struct ModelTestBar: Widget {
  let progress: ModelTestProgress
  let secondsLeft: Double?

  func draw(into buffer: inout Buffer, area: Rect) {
    WorkBar(name: name, fraction: progress.share, secondsLeft: secondsLeft).draw(into: &buffer, area: area)
  }

  private var name: String {
    switch progress.test {
    case .overfit: localized("learning one batch")
    case .learningRates: localized("trying learning rates")
    case .gradients: localized("checking derivatives")
    }
  }
}
