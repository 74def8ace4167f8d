import Localization
import Numbers
import TerminalUI
import Trace

/// One bar per parameter: the norm of its gradient on a log scale, where there is room its last norms as a sparkline, and
/// how much the last update changed it.
struct GradientsPane: Pane {
  static let id = PaneID.gradients
  static let corner = ScreenCorner.bottomRight

  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  var heading: TextLine { TextLine(" " + localized("norms"), .foreground(Accents.muted)) }

  /// What the ratio beside a bar means, once there is one.
  var trailing: TextLine {
    let hasRatio = state.moment?.parameters.contains { $0.updateRatio != nil } == true
    return hasRatio ? TextLine(localized("Δ/w: update ÷ weight"), .foreground(Accents.muted)) : TextLine()
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    // The bars keep two rows at least.
    let height = min(RankRows.height(state.ranks), area.height - 2)
    guard let ranks = state.ranks, height > 1 else { return drawBars(into: &buffer, area: area) }
    let parts = area.splitRows([.fixed(height), .fill(1)])
    RankRows(ranks: ranks).draw(into: &buffer, area: parts[0])
    drawBars(into: &buffer, area: parts[1])
  }

  private func drawBars(into buffer: inout Buffer, area: Rect) {
    let parameters = state.moment?.parameters ?? []
    guard parameters.contains(where: { $0.gradientNorm != nil }) else {
      return drawAbsence(into: &buffer, area: area)
    }
    let cancelled = state.moment?.graph.biasesBeforeBatchNorm ?? []
    var bars = Bars(
      parameters.map { bar($0, isCancelled: cancelled.contains($0.name)) }, first: state.gradients.firstBar)
    for index in parameters.indices {
      bars.bars[index].control = .command("focus \(parameters[index].name)")
    }
    bars.keepsNotes = parameters.contains { $0.obstacle != nil }
    bars.draw(into: &buffer, area: area.splitRows([.fixed(parameters.count + 1), .fill(1)])[0])
  }

  /// Why there are no gradients, and those of the step before where they are known.
  private func drawAbsence(into buffer: inout Buffer, area: Rect) {
    let muted = Style.foreground(Accents.muted)
    let known = state.moment?.parameters.map(\.name) ?? []
    let all = known.isEmpty ? state.description?.parameterNames ?? [] : known
    guard let before = state.gradients.history.stepBefore,
      case let names = all.filter({ before.norms[$0] != nil }), !names.isEmpty
    else {
      return Paragraph([TextLine(absence, muted)]).draw(into: &buffer, area: area)
    }
    let head = localized("step \(NumberText.grouped(before.number)) had:")
    let short = TextLine("\(absence); \(head)", muted)
    let lines =
      short.width <= area.width
      ? [short] : TextLine(absence, muted).wrapped(width: area.width) + [TextLine(head, muted)]
    Paragraph(lines, wraps: false).draw(into: &buffer, area: area)
    Bars(
      names.map { Bars.Bar($0, before.norms[$0].map(Double.init), style: muted) },
      first: state.gradients.firstBar
    )
    .draw(
      into: &buffer, area: area.inset(top: lines.count).splitRows([.fixed(names.count + 1), .fill(1)])[0])
  }

  private var absence: String {
    if state.description?.parameterNames.isEmpty == true { return localized("the model has no parameters") }
    guard let phase = state.moment?.position.phase, phase >= .backward else {
      return localized("no gradients before backward has run")
    }
    return isBackwardDone
      ? localized("backward has reached no parameter") : localized("backward has not reached a parameter yet")
  }

  /// Whether no further parameter can get a gradient in this step.
  private var isBackwardDone: Bool {
    guard let moment = state.moment, moment.position.phase == .backward else { return true }
    return state.status == .finished || moment.phaseNodeCount.map { moment.position.node + 1 >= $0 } == true
  }

  /// The bar of a parameter; the gradient of one that is cancelled is rounding, whose size says nothing.
  private func bar(_ parameter: ParameterSnapshot, isCancelled: Bool) -> Bars.Bar {
    guard let norm = parameter.gradientNorm else {
      let note = parameter.obstacle.map { TextLine($0, .foreground(Accents.warning)) } ?? notReached
      return Bars.Bar(parameter.name, nil, note: note)
    }
    let health =
      isCancelled && norm.isFinite
      ? .usual : GradientHealth(parameter, usual: state.gradients.history.usualNorm(of: parameter.name))
    var bar = Bars.Bar(
      parameter.name, Double(norm), note: note(parameter, health),
      style: .foreground(health == .usual ? Accents.heat(norm: Double(norm)) : Accents.bad))
    bar.history = state.gradients.history.lastNorms(of: parameter.name, count: Bars.mostHistory)
      .map { $0.map(Double.init) }
    return bar
  }

  /// Why a parameter has no gradient: while backward runs it may still get one.
  private var notReached: TextLine {
    TextLine(isBackwardDone ? localized("no gradient") : localized("not reached"), .foreground(Accents.muted))
  }

  private func note(_ parameter: ParameterSnapshot, _ health: GradientHealth) -> TextLine {
    if let obstacle = parameter.obstacle { return TextLine(obstacle, .foreground(Accents.warning)) }
    if health != .usual { return TextLine(health.word, .foreground(Accents.bad).bold) }
    let muted = Style.foreground(Accents.muted)
    guard let ratio = parameter.updateRatio else {
      // Nothing is a multiple of a weight of 0.
      return parameter.updateNorm.map { TextLine("Δ \(NumberText.brief(Double($0))), w 0", muted) } ?? ""
    }
    return TextLine("Δ/w \(NumberText.field(NumberText.brief(Double(ratio)), NumberText.briefWidth))", muted)
  }
}
