import TerminalUI
import Trace

/// The plane in the colours of the predicted classes, the paler the less sure the model is; on it all points of the set,
/// faint, and the batch's points, bright, in the colours of their labels. Both axes have the same scale.
///
/// Without colours a class is a letter: the predicted ones are dots and dashes, the set's points small letters, and the
/// batch's capitals.
struct RegionMap: Widget {
  let regions: DecisionRegions
  let samples: [BatchSnapshot.Sample]
  /// The sample that is marked, by its place.
  let chosen: Int

  /// The cells that the axes take at the left and below, where there is room for them.
  private static func margins(_ area: Rect) -> (left: Int, bottom: Int) {
    area.width >= 24 && area.height >= 9 ? (6, 1) : (0, 0)
  }

  /// The dots that a map in `area` has, each as high as it is wide; nil where there is no room.
  static func dots(_ area: Rect) -> ScreenNeeds.Dots? {
    let margins = margins(area)
    let plot = area.inset(left: margins.left, bottom: margins.bottom)
    return plot.isEmpty ? nil : ScreenNeeds.Dots(columns: plot.width, rows: 2 * plot.height)
  }

  func draw(into buffer: inout Buffer, area: Rect) {
    guard let frame = RegionFrame(regions, area, margins: RegionMap.margins(area)) else { return }
    buffer.clipped(to: area) { buffer in
      let look = RegionLook(buffer.capabilities)
      for y in 0..<frame.plot.height {
        for x in 0..<frame.plot.width {
          buffer[frame.plot.x + x, frame.plot.y + y] = cell(column: x, row: y, frame, look)
        }
      }
      for point in regions.points {
        guard let place = frame.place(x: point.x, y: point.y) else { continue }
        let background = buffer[place.column, place.row].style.background
        buffer[place.column, place.row] = look.point(of: point.label, on: background)
      }
      // The chosen one last, so that no other covers it.
      let order = samples.indices.filter { $0 != chosen } + samples.indices.filter { $0 == chosen }
      for index in order {
        guard let label = samples[index].label, let place = place(of: index, frame) else { continue }
        let background = buffer[place.column, place.row].style.background
        buffer[place.column, place.row] = look.sample(
          of: label, isChosen: index == chosen, on: background)
      }
      frame.drawAxes(into: &buffer, area: area)
    }
  }

  /// The sample whose point is nearest to a cell of the screen, within two cells of it.
  func sample(atX x: Int, y: Int, area: Rect) -> Int? {
    guard let frame = RegionFrame(regions, area, margins: RegionMap.margins(area)) else { return nil }
    let near = samples.indices.compactMap { index -> (distance: Int, index: Int)? in
      guard let place = place(of: index, frame) else { return nil }
      let distance = max(abs(place.column - x), 2 * abs(place.row - y))
      return distance <= 2 ? (distance, index) : nil
    }
    return near.min { $0 < $1 }?.index
  }

  private func place(of index: Int, _ frame: RegionFrame) -> (column: Int, row: Int)? {
    let values = samples[index].values
    return values.count == 2 ? frame.place(x: values[0], y: values[1]) : nil
  }

  private func cell(column: Int, row: Int, _ frame: RegionFrame, _ look: RegionLook) -> Cell {
    guard look.isColored else {
      guard let index = frame.index(column: column, halfRow: 2 * row + 1) else { return .blank }
      return look.texture(regions.classes[index], confidence(index))
    }
    func color(_ halfRow: Int) -> Color? {
      frame.index(column: column, halfRow: halfRow).map { look.color(regions.classes[$0], confidence($0)) }
    }
    guard let upper = color(2 * row) else { return .blank }
    let lower = color(2 * row + 1) ?? upper
    guard upper != lower, look.isUnicode else { return Cell(" ", style: .plain.background(lower)) }
    return Cell("▀", style: Style(foreground: upper, background: lower))
  }

  private func confidence(_ index: Int) -> UInt8 {
    regions.confidences.indices.contains(index) ? regions.confidences[index] : 255
  }
}
