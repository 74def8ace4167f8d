import TerminalUI
import Trace

/// The iteration's samples with label and prediction; for points in the plane, the decision regions.
struct BatchPane: PaneContent {
  private let state: DebuggerState
  private var batch: BatchSnapshot? { state.moment?.batch }

  init(_ state: DebuggerState) { self.state = state }

  var title: TextLine {
    guard let batch else { return "" }
    let muted = Style.foreground(Accents.muted)
    guard let correct = batch.correctCount else { return TextLine(" \(batch.count) samples", muted) }
    return TextLine([Span(" \(correct)"), Span(" of \(batch.count) right", muted)])
  }

  var trailing: TextLine { TextLine() }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let batch, !batch.samples.isEmpty else {
      return TextLine("no batch yet", .foreground(Accents.muted)).draw(into: &buffer, area: area)
    }
    if let regions = batch.regions {
      RegionMap(regions: regions, samples: batch.samples).draw(into: &buffer, area: area)
    } else if let size = batch.imageSize {
      drawImages(batch.samples, size, into: &buffer, area)
    } else {
      for (row, sample) in batch.samples.prefix(area.height).enumerated() {
        (TextLine("#\(sample.index)  ", .foreground(Accents.muted)) + verdict(sample))
          .draw(into: &buffer, area: area.row(row))
      }
    }
  }

  private func drawImages(
    _ samples: [BatchSnapshot.Sample], _ size: BatchSnapshot.ImageSize, into buffer: inout Buffer,
    _ area: Rect
  ) {
    // Large images are drawn at half their size, so that several stand side by side.
    let shrink = max(1, (size.columns + 15) / 16)
    let width = max((size.columns + shrink - 1) / shrink, 8)
    let cellsHigh =
      buffer.capabilities.colorSupport >= .palette256 && buffer.capabilities.glyphs.isUnicode ? 2 : 1
    let height = (size.rows + shrink * cellsHigh - 1) / (shrink * cellsHigh)
    let perRow = max(1, (area.width + 1) / (width + 1))
    for (index, sample) in samples.enumerated() {
      let place = Rect(
        x: area.x + index % perRow * (width + 1), y: area.y + index / perRow * (height + 1), width: width,
        height: height + 1)
      guard place.maxY <= area.maxY else { return }
      let image = Matrix(rows: size.rows, columns: size.columns, values: sample.values)
      HeatMap(image, colorMap: .grey, showsLegend: false, keepsProportions: false).draw(
        into: &buffer,
        area: Rect(x: place.x, y: place.y, width: (size.columns + shrink - 1) / shrink, height: height))
      verdict(sample).draw(into: &buffer, area: place.row(height))
    }
  }

  /// `7→7 98%`, marked where it is wrong; the label alone before forward has run.
  private func verdict(_ sample: BatchSnapshot.Sample) -> TextLine {
    guard let label = sample.label else { return "" }
    guard let prediction = sample.prediction, let probability = sample.probability else {
      return TextLine(name(label), .foreground(Accents.muted))
    }
    let style = Style.foreground(sample.isWrong ? Accents.bad : Accents.good)
    let percent = "\(NumberText.fixed(Double(probability) * 100, decimals: 0))%"
    return TextLine([
      Span(
        "\(sample.isWrong ? "✗" : "")\(name(label))→\(name(prediction))", sample.isWrong ? style.bold : style),
      Span(" \(percent)", .foreground(Accents.muted)),
    ])
  }

  /// The class's name where it is short, else its number.
  private func name(_ label: Int) -> String {
    let names = state.description?.classNames ?? []
    return names.indices.contains(label) && names[label].count <= 2 ? names[label] : "\(label)"
  }
}
