import Localization
import Numbers
import TerminalUI
import Trace

/// The samples with the greatest losses, a line each, the worst first.
struct WorstSampleList: Widget {
  private let worst: [WorstSample]
  private let words: WorstSampleWords
  private let chosen: Int
  private let isFocused: Bool
  /// What a row at the top says of the list; nil for none.
  private let head: TextLine?

  init(_ figures: PredictionFigures, _ state: DebuggerState) {
    worst = figures.worst
    let words = WorstSampleWords(figures, state)
    self.words = words
    chosen = max(0, min(state.batchPane.worst, figures.worst.count - 1))
    isFocused = state.pane == .batch
    switch figures.content {
    case .numbers: head = words.head
    case .classes(let classes):
      head = figures.cell.flatMap { words.head($0, classes, listed: figures.worst.count) }
    case .labels: head = nil
    }
  }

  /// The rows of the samples.
  func rows(_ area: Rect) -> Rect { area.inset(top: head != nil && area.height > 2 ? 1 : 0) }

  /// The samples in view.
  func visible(_ area: Rect) -> Range<Int> {
    ListWindow.visible(count: worst.count, height: rows(area).height, selected: chosen, first: 0)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty else { return }
    guard !worst.isEmpty else {
      return TextLine(localized("no samples yet"), .foreground(Accents.muted)).draw(into: &buffer, area: area)
    }
    let visible = visible(area)
    let top = area.row(0)
    let area = rows(area)
    if area.y > top.y { head?.draw(into: &buffer, area: top) }
    let width = worst.map { words.name($0).count }.max() ?? 0
    for (row, index) in visible.enumerated() {
      let sample = worst[index]
      let name = words.name(sample)
      let muted = Style.foreground(Accents.muted)
      let head = TextLine(name + String(repeating: " ", count: width - name.count + 2), muted)
      let loss = TextLine([
        Span(localized("loss") + " ", muted),
        Span(NumberText.field(NumberText.loss(sample.loss), NumberText.lossWidth) + "  "),
      ])
      let verdict = words.verdict(sample)
      let full = verdict + words.residual(sample)
      let short = loss + verdict
      let lines = [head + loss + full + words.place(sample), head + loss + full, head + short]
      (lines.first { $0.width < area.width } ?? short).draw(into: &buffer, area: area.row(row))
      if index == chosen, isFocused { buffer.highlight(area.row(row)) }
    }
    ScrollBar(total: worst.count, visible: visible).draw(
      into: &buffer, area: Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height))
  }
}

/// What is said of a sample with its loss.
struct WorstSampleWords {
  private let names: ClassNames
  private let target: String
  /// Whether targets were scaled for training, so that losses are not in their units.
  private let isScaled: Bool
  private let isScript: Bool

  init(_ figures: PredictionFigures, _ state: DebuggerState) {
    names = state.figureNames(figures)
    target = (state.description?.regression?.name ?? localized("target")).withVisibleControls
    isScaled = state.description?.regression.map { $0.deviation != 1 } ?? false
    isScript = state.description?.isScript == true
  }

  /// What is on both sides of the arrow between a regression's numbers.
  static var arrow: TextLine { TextLine("  " + localized("true → predicted"), .foreground(Accents.muted)) }

  /// What the rows of a regression say: its numbers are in the target's own units, and losses are not where it was scaled.
  var head: TextLine {
    isScaled ? Self.arrow + TextLine(", " + loss, .foreground(Accents.muted)) : Self.arrow
  }

  /// Which cell of the matrix samples are in, and whether they are only the worst of it.
  func head(_ cell: PredictionFigures.Cell, _ classes: ClassFigures, listed: Int) -> TextLine? {
    let matrix = ConfusionMatrix(classes, names, cursor: (cell.label, cell.prediction))
    guard let sentence = matrix.sentence else { return nil }
    let isPart = listed < classes.count(label: cell.label, prediction: cell.prediction)
    let rest = isPart ? "  " + localized("the worst \(listed)") : ""
    return TextLine([Span("  " + sentence), Span(rest, .foreground(Accents.muted))])
  }

  private var loss: String {
    isScaled ? localized("loss of the standardized target") : localized("loss")
  }

  /// Its number in the data; of a script's the batch and the row, since nobody knows more of it.
  func name(_ worst: WorstSample) -> String {
    guard isScript else { return "#\(worst.sample.index)" }
    let row = localized("row \(worst.row ?? 0)")
    return worst.step.map { localized("step \($0)") + " " + row }
      ?? localized("batch \(worst.sample.index)") + " " + row
  }

  /// `7→9 98.1 %`; of a regression `21.5→20.9`; of several labels those it has, and those it is predicted to have.
  func verdict(_ worst: WorstSample) -> TextLine {
    let sample = worst.sample
    if let label = sample.label, let prediction = sample.prediction {
      let style = Style.foreground(sample.isWrong ? Accents.bad : Accents.good)
      let words = "\(names.short(label, width: 14))→\(names.short(prediction, width: 14))"
      let share = sample.probability.flatMap { $0.isFinite ? NumberText.percent(Double($0)) : nil }
      return TextLine([
        Span((sample.isWrong ? "✗" : " ") + words, style),
        Span(share.map { " \($0)" } ?? "", .foreground(Accents.muted)),
      ])
    }
    if let target = sample.target, let output = sample.output {
      return TextLine("\(NumberText.term(Double(target)))→\(NumberText.term(Double(output)))")
    }
    guard !worst.labels.isEmpty || !worst.predictedLabels.isEmpty else { return TextLine() }
    return TextLine(list(worst.labels) + "→" + list(worst.predictedLabels))
  }

  /// How far a regression's prediction is from the target.
  func residual(_ worst: WorstSample) -> TextLine {
    guard let target = worst.sample.target, let output = worst.sample.output else { return TextLine() }
    return TextLine([
      Span("  " + localized("residual") + " ", .foreground(Accents.muted)),
      Span(NumberText.term(Double(output) - Double(target))),
    ])
  }

  /// The step in which it was trained on.
  func place(_ worst: WorstSample) -> TextLine {
    guard !isScript, let step = worst.step else { return TextLine() }
    return TextLine("  " + localized("step \(NumberText.grouped(step))"), .foreground(Accents.muted))
  }

  /// Lines of what is known of it.
  func lines(_ worst: WorstSample) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let sample = worst.sample
    func line(_ word: String, _ text: String, _ style: Style = .plain) -> TextLine {
      TextLine([Span(word + " ", muted), Span(text, style)])
    }
    var lines = [TextLine(name(worst), .bold), line(loss, NumberText.loss(worst.loss))]
    if !isScript, let step = worst.step { lines.append(line(localized("step"), NumberText.grouped(step))) }
    if let label = sample.label { lines.append(line(localized("true"), names.full(label))) }
    if let prediction = sample.prediction {
      let share = sample.probability.map { "  " + NumberText.percent(Double($0)) } ?? ""
      let style = Style.foreground(sample.isWrong ? Accents.bad : Accents.good)
      lines.append(
        line(localized("predicted"), (sample.isWrong ? "✗ " : "") + names.full(prediction) + share, style))
    }
    if let number = sample.target { lines.append(line(target, NumberText.term(Double(number)))) }
    if let output = sample.output {
      lines.append(line(localized("predicted"), NumberText.term(Double(output))))
      if let number = sample.target {
        lines.append(line(localized("residual"), NumberText.term(Double(output) - Double(number))))
      }
    }
    if !worst.labels.isEmpty || !worst.predictedLabels.isEmpty {
      lines.append(line(localized("true"), list(worst.labels)))
      lines.append(line(localized("predicted"), list(worst.predictedLabels)))
    }
    return lines + probabilities(sample)
  }

  /// The likeliest classes, with a bar each.
  private func probabilities(_ sample: BatchSnapshot.Sample) -> [TextLine] {
    let order = sample.probabilities.indices.sorted { sample.probabilities[$0] > sample.probabilities[$1] }
    return order.prefix(5).filter { sample.probabilities[$0].isFinite }.map { label in
      let share = Double(sample.probabilities[label])
      let name = names.short(label, width: 10)
      let bar = String(repeating: "▆", count: Int((share * 12).rounded()))
      return TextLine([
        Span(String(repeating: " ", count: max(0, 10 - name.count)) + name + " ", .foreground(Accents.muted)),
        Span(NumberText.briefPercent(share) + " "), Span(bar, .foreground(Accents.focus)),
      ])
    }
  }

  private func list(_ labels: [Int]) -> String {
    labels.isEmpty ? "∅" : labels.map { names.short($0, width: 12) }.joined(separator: " ")
  }
}
