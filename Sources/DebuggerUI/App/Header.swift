import Localization
import Numbers
import TerminalUI
import Trace

/// The top two lines: what is trained, and how far training has come.
struct Header: Widget {
  private let state: DebuggerState

  init(_ state: DebuggerState) { self.state = state }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard area.height >= 1 else { return }
    drawFirstRow(into: &buffer, area.row(0).inset(left: 1))
    if area.height >= 2 { drawProgress(into: &buffer, area.row(1).inset(left: 1)) }
  }

  /// What is trained at the left, and the recording at the right, which takes its room first.
  private func drawFirstRow(into buffer: inout Buffer, _ row: Rect) {
    let recording = state.recording.map(RecordingText.line) ?? TextLine()
    let right = row.inset(left: max(0, row.width - recording.width - 1), right: 1)
    let left = row.inset(right: recording.width > 0 ? recording.width + 3 : 0)
    guard recording.width == 0 || left.width >= 10 else {
      recording.draw(into: &buffer, area: row)
      return
    }
    let what = what(width: left.width)
    (what.width <= left.width ? what : shortWarning ?? what).draw(into: &buffer, area: left)
    recording.draw(into: &buffer, area: right)
  }

  /// A warning or an error in place of the program's name, where there is no room for both.
  private var shortWarning: TextLine? {
    let sentence = state.warnings.last ?? (state.status == .paused ? nil : state.failure)
    return sentence.map { TextLine("✗ \($0)", .foreground(Accents.bad).bold) }
  }

  /// What is trained; settings that do not fit are left out, not cut.
  private func what(width: Int) -> TextLine {
    let muted = Style.foreground(Accents.muted)
    var line = TextLine("TAPEDECK", .foreground(Accents.focus).bold)
    if let warning = state.warnings.last {
      line.append("  ✗ \(warning)", .foreground(Accents.bad).bold)
      return line + TextLine([Span(localized("  esc"), muted, control: .key(.escape))])
    }
    if case .halted(let sentence) = state.status {
      return line + TextLine("  ✗ \(sentence)", .foreground(Accents.bad).bold)
    }
    if let hit = state.moment?.hit {
      return line + TextLine("  ● \(Header.sentence(hit))", .foreground(Accents.warning).bold)
    }
    if !Caption.isOn(state), state.description.map({ $0.source != .live }) == true,
      let note = Caption(state).text
    {
      return line + TextLine("  ✎ \(note)", .foreground(Accents.warning).bold)
    }
    guard let description = state.description else {
      guard state.status == .preparing else { return line }
      if let file = state.openedFile { return line + TextLine(localized("  opening \(file)…"), muted) }
      return line + TextLine(localized("  preparing data and model…"), muted)
    }
    switch description.source {
    case .live: break
    case .replay(let file):
      line.append(localized("  ▶ REPLAY"), .foreground(Accents.good).bold)
      line.append(" \(RecordingText.fileName(file))")
    case .watch(let file):
      line.append(localized("  ◉ WATCH"), .foreground(Accents.warning).bold)
      line.append(" \(RecordingText.fileName(file))")
    }
    line.append("  \(description.data)", .bold)
    if description.preparation?.isStandardized == true {
      line.append("  " + localized("standardized"), muted)
    }
    line.append("  \(description.network)")
    line.append("  \(state.moment?.optimizer ?? description.optimizer)", muted)
    // A script's batches and seed are its own.
    guard !description.isScript else { return line }
    for setting in [
      localized("  batch \(description.batchSize)"), localized("  seed \(description.seed)"),
    ] {
      guard line.width + setting.count <= width else { break }
      line.append(setting, muted)
    }
    return line
  }

  /// `breakpoint 2: norm(fc1.weight.grad) > 5, is 7.31`.
  private static func sentence(_ hit: BreakpointHit) -> String {
    let text = localized("breakpoint \(hit.breakpoint): \(hit.text)")
    guard let measured = hit.measured else { return text }
    // A quantity that is measured alone is not named twice.
    guard !measured.contains(" " + localized("and") + " "), !measured.contains(", ") else {
      return "\(text): \(measured)"
    }
    let quantity = String(measured.prefix(measured.characterOffset(of: " " + localized("is") + " ") ?? 0))
    guard !quantity.isEmpty, hit.text.hasPrefix(quantity) else { return "\(text): \(measured)" }
    return text + "," + measured.dropFirst(quantity.count)
  }

  private func drawProgress(into buffer: inout Buffer, _ row: Rect) {
    let x = buffer.draw(badge, x: row.x, y: row.y, maxWidth: row.width)
    if let bar = WorkBar(state) { return bar.draw(into: &buffer, area: row.inset(left: x + 2 - row.x)) }
    guard let description = state.description, let moment = state.moment else { return }
    let (step, total) = (moment.position.step, max(1, description.stepCount))
    guard description.stepCount > 0 else { return drawFacts(moment, nil, from: x, into: &buffer, row) }
    let epoch = (step - 1) / max(1, description.stepsPerEpoch) + 1
    let head =
      "  " + localized("epoch") + " "
      + NumberText.field("\(epoch)/\(description.epochs)", 2 * digits(description.epochs) + 1)
    var left = buffer.draw(head, x: x, y: row.y, maxWidth: row.maxX - x)
    let barWidth = min(20, row.width - 100)
    if barWidth >= 6 {
      left += 1
      let done = state.status == .finished ? 1 : Double(step - 1) / Double(total)
      let bar = Rect(x: left, y: row.y, width: barWidth, height: 1)
      ProgressBar(fraction: done).draw(into: &buffer, area: bar)
      buffer.add(.command("goto"), bar, steps: 1...total)
      left += barWidth
    }
    drawFacts(moment, total, from: left, into: &buffer, row)
  }

  /// Below so many columns the number of steps gives its room to the loss.
  private static let narrow = 72

  /// Draws as many facts as there is room for.
  private func drawFacts(_ moment: Moment, _ total: Int?, from x: Int, into buffer: inout Buffer, _ row: Rect)
  {
    var left = x
    for variants in facts(moment, total, isNarrow: row.width < Header.narrow) {
      guard let fact = variants.first(where: { left + 2 + $0.width <= row.maxX }) else { return }
      left = buffer.draw(fact, x: left + 2, y: row.y)
    }
  }

  private var badge: TextLine {
    let (text, color): (String, Color) =
      switch state.status {
      case .paused where state.moment?.isBehindHead == true: (localized("◀ PAST "), Accents.focus)
      case .preparing: (localized("… LOAD "), Accents.muted)
      case .running: (localized("▶ RUN  "), Accents.good)
      case .paused: (localized("▮ PAUSE"), Accents.warning)
      case .finished: (localized("■ DONE "), Accents.focus)
      case .halted, .failed: (localized("✗ ERROR"), Accents.bad)
      }
    return TextLine([Span(text, .foreground(color).bold, control: .key(" "))])
  }

  /// The facts, the most important first, each in as many words as fit; those that do not fit are left out. A fact has
  /// the same width in every frame, so that nothing moves while its number changes.
  private func facts(_ moment: Moment, _ total: Int?, isNarrow: Bool) -> [[TextLine]] {
    let width = NumberText.grouped(total ?? max(moment.head.step, 10_000)).count
    let step = TextLine([
      Span(localized("step \(NumberText.field(NumberText.grouped(moment.position.step), width))")),
      Span(
        isNarrow ? "" : total.map { localized(" of \(NumberText.grouped($0))") } ?? "",
        .foreground(Accents.muted)),
    ])
    let phase = NumberText.field(moment.position.phase.name, Phase.longestName)
    let pace = state.pace.map { pace in
      // The pace that the keys give after a paced run has as many digits as the measured speed.
      let number = NumberText.trimmed(NumberText.measure(pace))
      // It is the last, so nothing moves with it.
      return state.isReplay ? fact(localized("speed"), "\(number)×") : fact(localized("pace"), "\(number)/s")
    }
    let facts = [
      [step], FindingBadge(state).variants, rank,
      state.isRunning ? [] : [TextLine(phase, .foreground(Accents.warning))],
      moment.isBehindHead
        ? [fact(localized("head"), NumberText.field(NumberText.grouped(moment.head.step), width))] : [],
      loss(moment).map { [$0, Header.withoutMargin($0)] } ?? [], validation,
      state.mark.map { [fact(localized("mark"), NumberText.field(NumberText.grouped($0.step), width))] }
        ?? [],
      speed.map { [$0] } ?? [], pace.map { [$0] } ?? [],
    ]
    return facts.filter { !$0.isEmpty }
  }

  /// Which of several processes is shown, and whether their parameters differ.
  private var rank: [TextLine] {
    guard let ranks = state.ranks else { return [] }
    var line = fact(localized("rank"), "\(ranks.shown)/\(ranks.rows.count)")
    if ranks.difference != nil { line.append(" ≠", .foreground(Accents.bad).bold) }
    return [line]
  }

  private var speed: TextLine? {
    guard state.isRunning, let speed = state.speed.stepsPerSecond else { return nil }
    return fact(
      localized("step/s"),
      NumberText.field(NumberText.grouped(Int(bounded: speed.rounded(), to: 0...1 << 40)), 6))
  }

  /// The validation accuracy after the last epoch; the loss where there is no accuracy.
  private var validation: [TextLine] {
    guard let epoch = state.shownEpoch else { return [] }
    if let accuracy = epoch.validationAccuracy {
      let text = NumberText.field(NumberText.percent(accuracy), NumberText.percentWidth)
      return [fact(localized("val acc"), text), fact(localized("val"), text)]
    }
    guard let loss = epoch.validationLoss else { return [] }
    if let regression = state.description?.regression, let r2 = regression.validationR2(loss: loss) {
      let text = fact(localized("val R²"), NumberText.field(NumberText.share(r2), NumberText.percentWidth))
      let error = NumberText.field(NumberText.measure(regression.error(loss: loss)), NumberText.lossWidth)
      return [text + TextLine("  ") + fact(localized("error"), error), text]
    }
    return [fact(localized("val loss"), lossText(loss))]
  }

  /// The line without the spaces before it, which keep what follows in its place.
  private static func withoutMargin(_ line: TextLine) -> TextLine {
    var line = line
    if !line.spans.isEmpty { line.spans[0].text = String(line.spans[0].text.drop { $0 == " " }) }
    return line
  }

  private func loss(_ moment: Moment) -> TextLine? {
    // Both names take as many columns: from phase to phase it is one and then the other.
    if let loss = moment.loss { return fact(localized("     loss"), lossText(Double(loss))) }
    // At the head of a run without a moment of its own, that of the step shown is known.
    let end = moment.isBehindHead ? moment.position.step : .max
    return state.trainLoss.value(before: end).map { fact(localized("last loss"), lossText($0)) }
  }

  private func lossText(_ value: Double) -> String {
    NumberText.field(NumberText.loss(value), NumberText.lossWidth)
  }

  private func digits(_ count: Int) -> Int { "\(count)".count }

  private func fact(_ name: String, _ value: String) -> TextLine {
    TextLine([Span("\(name) ", .foreground(Accents.muted)), Span(value)])
  }
}
