import TerminalUI
import Trace

/// The plane in the colours of the predicted classes, and the batch's points on it in those of their labels.
struct RegionMap: Widget {
  let regions: DecisionRegions
  let samples: [BatchSnapshot.Sample]
  /// The sample that is marked, by its place.
  let chosen: Int

  /// The signs of the classes, which tell them apart without colours.
  private static let signs: [Unicode.Scalar] = ["o", "x", "+", "*", "s", "d", "v", "z"]

  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, regions.columns > 0, regions.rows > 0 else { return }
    for y in 0..<area.height {
      for x in 0..<area.width {
        let predicted = regionClass(x, y, area)
        buffer[area.x + x, area.y + y] = Cell(
          " ", style: .plain.background(RegionMap.color(predicted).mixed(with: Accents.background, 0.8)))
      }
    }
    // The chosen one last, so that no other covers it.
    let order = samples.indices.filter { $0 != chosen } + samples.indices.filter { $0 == chosen }
    for index in order { drawPoint(samples[index], isChosen: index == chosen, into: &buffer, area) }
  }

  private func regionClass(_ x: Int, _ y: Int, _ area: Rect) -> Int {
    let column = x * regions.columns / area.width
    let row = y * regions.rows / area.height
    return regions.classes[row * regions.columns + column]
  }

  private func drawPoint(
    _ sample: BatchSnapshot.Sample, isChosen: Bool, into buffer: inout Buffer, _ area: Rect
  ) {
    guard sample.values.count == 2, let label = sample.label else { return }
    let across = (sample.values[0] - regions.left) / (regions.right - regions.left)
    let down = (regions.top - sample.values[1]) / (regions.top - regions.bottom)
    guard (0...1).contains(across), (0...1).contains(down) else { return }
    let x = area.x + min(area.width - 1, Int(across * Float(area.width)))
    let y = area.y + min(area.height - 1, Int(down * Float(area.height)))
    let background = buffer[x, y].style.background
    let style = Style(
      foreground: RegionMap.color(label), background: background,
      attributes: isChosen ? [.bold, .reverse] : .bold)
    buffer[x, y] = Cell(RegionMap.signs[label % RegionMap.signs.count], style: style)
  }

  private static func color(_ label: Int) -> Color { Accents.series[label % Accents.series.count] }
}
