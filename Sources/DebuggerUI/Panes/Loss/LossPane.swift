import Localization
import Numbers
import TerminalUI
import Trace

/// The curves of a run: the loss of training, step by step, and of validation, epoch by epoch; the accuracy of both; the
/// learning rate, the size of gradients and updates, and what the user plots.
struct LossPane: Pane {
  static let id = PaneID.loss
  static let corner = ScreenCorner.bottomLeft

  let state: DebuggerState
  private var look: LossPaneState { state.lossPane }
  private var regression: RegressionTarget? { state.description?.regression }
  private var chosen: CurveName { look.chosen }

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine {
    let muted = Style.foreground(Accents.muted)
    var line =
      chosen == .loss
      ? TextLine()
      : TextLine(" " + chosen.title(isRegression: regression != nil), .foreground(Accents.warning))
    guard chosen == .loss || chosen == .accuracy, let result = state.shownEpoch else { return line }
    // Where there is no accuracy, R² or the loss takes its place.
    let (train, validation) =
      result.trainAccuracy == nil
      ? (scoreText(result.loss, isTraining: true), result.validationLoss.map { scoreText($0) })
      : (result.trainAccuracy.map(percent), result.validationAccuracy.map(percent))
    for (name, value) in [
      (" " + localized("train") + " ", train), ("  " + localized("val") + " ", validation),
    ] {
      guard let value else { continue }
      line = line + TextLine([Span(name, muted), Span(value)])
    }
    return line
  }

  var trailing: TextLine {
    let words = [
      look.smoothing > 0
        ? localized("smoothed \(NumberText.setting(look.smoothing))") : nil,
      look.isLogarithmic ? localized("log") : nil,
      look.isStepLogarithmic ? localized("log steps") : nil,
    ]
    return TextLine(words.compactMap { $0 }.joined(separator: "  "), .foreground(Accents.warning))
  }

  /// The steps that are shown, and the step whose values are.
  func footer(width: Int) -> TextLine {
    var line = TextLine()
    if look.window != .all, let whole = state.stepsWithValues {
      let steps = look.window.steps(in: whole)
      let (first, last) = (steps.lowerBound, steps.upperBound)
      line.append(
        localized("steps \(NumberText.grouped(rounded(first)))–\(NumberText.grouped(rounded(last)))"),
        .foreground(Accents.warning))
    }
    if let cursor = look.cursor {
      line.append(
        (line.spans.isEmpty ? "" : "  ") + localized("at step \(NumberText.grouped(cursor))"),
        .foreground(Accents.focus))
    }
    return line
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let charts = CurveCharts(state, area) else { return draw(absence, into: &buffer, area) }
    for place in charts.places {
      var chart = place.chart
      guard chart.series.contains(where: { !$0.points.isEmpty }) else {
        let title = chart.title
        title.draw(into: &buffer, area: place.area)
        draw(absence(of: place.name), into: &buffer, place.area.inset(top: title.spans.isEmpty ? 0 : 1))
        continue
      }
      // Colours tell the curves apart, so they need no patterns.
      if buffer.capabilities.colorSupport != .none {
        for index in chart.series.indices where chart.series[index].pattern == nil {
          chart.series[index].pattern = .solid
        }
      }
      chart.draw(into: &buffer, area: place.area)
    }
  }

  private func draw(_ text: String, into buffer: inout Buffer, _ area: Rect) {
    Paragraph([TextLine(text, .foreground(Accents.muted))]).draw(into: &buffer, area: area)
  }

  private var absence: String { absence(of: chosen) }

  private func absence(of name: CurveName) -> String {
    name == .accuracy && !state.trainLoss.points.isEmpty
      ? localized("there is no accuracy: the targets are not classes") : name.absence
  }

  private func percent(_ share: Double) -> String {
    NumberText.field(NumberText.percent(share), NumberText.percentWidth)
  }

  /// R² where that is shown, else the loss.
  private func scoreText(_ loss: Double, isTraining: Bool = false) -> String {
    guard look.showsAccuracy, let regression else { return lossText(loss) }
    let r2 = isTraining ? regression.trainR2(loss: loss) : regression.validationR2(loss: loss)
    return r2.map { NumberText.field(NumberText.share($0), NumberText.percentWidth) } ?? lossText(loss)
  }

  private func lossText(_ loss: Double) -> String {
    NumberText.field(NumberText.loss(loss), NumberText.lossWidth)
  }

  private func rounded(_ step: Double) -> Int { Int(bounded: step.rounded(), to: 0...1 << 48) }
}
