import Localization
import Numbers
import TerminalUI
import Trace

/// The step's samples with label and prediction; for points in the plane, the decision regions. In their place, how well
/// the model predicts: the confusion matrix, figures by class, and the worst samples.
struct BatchPane: Pane {
  static let id = PaneID.batch
  static let corner = ScreenCorner.bottomRight

  private let state: DebuggerState
  private let classNames: ClassNames
  private var batch: BatchSnapshot? { state.moment?.batch }

  init(_ state: DebuggerState) {
    self.state = state
    classNames = ClassNames(state.description?.classNames ?? [])
  }

  var titles: [PaneTitle] {
    if let figures = FiguresView(state) { return figures.titles }
    // What the arrow between two numbers means is told where there is room.
    let isRegression = batch?.samples.first.map { $0.label == nil && $0.target != nil } == true
    let meaning = isRegression ? [PaneTitle(heading + WorstSampleWords.arrow, trailing)] : []
    return meaning + [PaneTitle(heading, trailing)]
  }

  var heading: TextLine {
    guard let batch else { return "" }
    let muted = Style.foreground(Accents.muted)
    guard let correct = batch.correctCount else {
      return TextLine(
        " " + (batch.count == 1 ? localized("1 sample") : localized("\(batch.count) samples")), muted)
    }
    return TextLine([Span(" \(correct)"), Span(" " + localized("of \(batch.count) right"), muted)])
  }

  /// That not all samples of a large batch are shown.
  var trailing: TextLine {
    guard let batch, batch.samples.count < batch.count else { return TextLine() }
    return TextLine(localized("first \(batch.samples.count) shown"), .foreground(Accents.muted))
  }

  /// The chosen sample in words, while the pane has the focus and where there is room.
  func footer(width: Int) -> TextLine {
    if let figures = FiguresView(state) { return figures.footer(width: width) }
    guard state.pane == .batch, let sample = state.chosenSample else { return TextLine() }
    let number = TextLine([Span("#\(sample.index)  ", .foreground(Accents.muted))])
    return [number + sentence(sample), number + verdict(sample)].first { $0.width <= width } ?? TextLine()
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    if let figures = FiguresView(state) { return figures.draw(into: &buffer, area: area) }
    guard let batch, !batch.samples.isEmpty else {
      return Paragraph([TextLine(localized("no batch yet"), .foreground(Accents.muted))])
        .draw(into: &buffer, area: area)
    }
    if let regions = batch.regions {
      RegionMap(regions: regions, samples: batch.samples, chosen: state.sample).draw(
        into: &buffer, area: area)
      return
    }
    let layout = BatchLayout(batch, chosen: state.sample, area: area, capabilities: buffer.capabilities)
    let digits = batch.samples.map(\.index).max().map { "\($0)".count } ?? 1
    for index in layout.visible {
      let (sample, place) = (batch.samples[index], layout.place(index))
      let words = place.row(place.height - 1)
      if let size = batch.imageSize, layout.image != .zero {
        drawImage(
          sample, size, into: &buffer,
          Rect(x: place.x, y: place.y, width: layout.image.width, height: layout.image.height))
        (classNames.areLong ? named(sample, width: words.width) : verdict(sample))
          .draw(into: &buffer, area: words)
      } else {
        let text = "#\(sample.index)"
        let number = TextLine(
          text + String(repeating: " ", count: digits + 2 - text.count), .foreground(Accents.muted))
        // A mark, two names with an arrow, and the column of the scroll bar.
        let room = max(3, min(9, (words.width - number.width - 3) / 2))
        let lines = [true, false].map { number + verdict(sample, hasPercent: $0, nameWidth: room) }
        (lines.first { $0.width < words.width } ?? lines[1]).draw(into: &buffer, area: words)
      }
      if index == state.sample { buffer.highlight(words) }
    }
    guard layout.hasRoomForScrollBar else { return }
    let bar = Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height)
    ScrollBar(total: batch.samples.count, visible: layout.visible).draw(into: &buffer, area: bar)
  }

  private func drawImage(
    _ sample: BatchSnapshot.Sample, _ size: BatchSnapshot.ImageSize, into buffer: inout Buffer, _ area: Rect
  ) {
    let image = Matrix(rows: size.rows, columns: size.columns, values: sample.values)
    HeatMap(image, colorMap: .grey, showsLegend: false, keepsProportions: false).draw(
      into: &buffer, area: area)
  }

  /// `label 7  predicted 9 with 98.1 %`.
  private func sentence(_ sample: BatchSnapshot.Sample) -> TextLine {
    guard let label = sample.label else { return number(sample, isLong: true) }
    let muted = Style.foreground(Accents.muted)
    let line = TextLine([Span(localized("label") + " ", muted), Span(classNames.full(label))])
    guard let prediction = sample.prediction, let probability = sample.probability else { return line }
    guard probability.isFinite else {
      return line + TextLine("  ✗ " + localized("the network's output is NaN"), .foreground(Accents.bad))
    }
    let style = Style.foreground(sample.isWrong ? Accents.bad : Accents.good)
    return line
      + TextLine([
        Span((sample.isWrong ? "  ✗ " : "  ") + localized("predicted") + " ", muted),
        Span(classNames.full(prediction), style),
        Span(" " + localized("with \(NumberText.percent(Double(probability)))"), muted),
      ])
  }

  /// `✗7→9 98%`, whose mark and percent have columns of their own; the label alone before forward has run.
  private func verdict(
    _ sample: BatchSnapshot.Sample, hasPercent: Bool = true, nameWidth: Int = 9
  ) -> TextLine {
    guard let label = sample.label else { return number(sample, isLong: false) }
    func name(_ label: Int) -> String { self.name(label, width: nameWidth) }
    guard let prediction = sample.prediction, let probability = sample.probability else {
      return TextLine(" \(name(label))", .foreground(Accents.muted))
    }
    // NaN predicts no class.
    guard probability.isFinite else {
      return TextLine("✗\(name(label))→? NaN", .foreground(Accents.bad).bold)
    }
    let style = Style.foreground(sample.isWrong ? Accents.bad : Accents.good)
    let percent = NumberText.briefPercent(Double(probability))
    return TextLine([
      Span(
        "\(sample.isWrong ? "✗" : " ")\(name(label))→\(name(prediction))", sample.isWrong ? style.bold : style
      ),
      Span(hasPercent ? " \(percent)" : "", .foreground(Accents.muted)),
    ])
  }

  /// `✓Ankle boot 98%`, or `✗Ankle…→Sneak…`: what fits below an image whose class has a name.
  private func named(_ sample: BatchSnapshot.Sample, width: Int) -> TextLine {
    guard let label = sample.label else { return number(sample, isLong: false) }
    guard let prediction = sample.prediction, let probability = sample.probability else {
      return TextLine(" " + classNames.short(label, width: max(1, width - 1)), .foreground(Accents.muted))
    }
    guard probability.isFinite else {
      let name = classNames.short(label, width: max(1, width - 7))
      return TextLine("✗\(name)→? NaN", .foreground(Accents.bad).bold)
    }
    let room = max(1, (width - 2) / 2)
    guard sample.isWrong else {
      let percent = " " + NumberText.briefPercent(Double(probability))
      var line = TextLine(
        "✓" + classNames.short(label, width: max(1, width - 1)), .foreground(Accents.good))
      if line.width + percent.count <= width { line.append(percent, .foreground(Accents.muted)) }
      return line
    }
    return TextLine(
      "✗\(classNames.short(label, width: room))→\(classNames.short(prediction, width: room))",
      .foreground(Accents.bad).bold)
  }

  /// `target 21.5  output 20.9`, or `21.5→20.9`: a regression's target and what the network says.
  private func number(_ sample: BatchSnapshot.Sample, isLong: Bool) -> TextLine {
    guard let target = sample.target else { return "" }
    let muted = Style.foreground(Accents.muted)
    let text = NumberText.term(Double(target))
    let output = sample.output.map { NumberText.term(Double($0)) }
    guard isLong else { return TextLine([Span(text, muted), Span(output.map { "→\($0)" } ?? "")]) }
    let line = TextLine([
      Span((state.description?.regression?.name ?? "").withVisibleControls + " ", muted), Span(text),
    ])
    guard let output else { return line }
    return line + TextLine([Span("  " + localized("predicted") + " ", muted), Span(output)])
  }

  /// The class's name where there is room for it, else its number.
  private func name(_ label: Int, width: Int) -> String {
    // Below an image there is room for a letter or two.
    guard batch?.imageSize != nil else { return classNames.short(label, width: width) }
    let name = classNames.full(label)
    return name.count <= 2 ? name : "\(label)"
  }
}
