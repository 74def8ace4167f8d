import Numbers
import TerminalUI
import Trace

/// Where the plane is on the screen: half a cell is as high as a cell is wide, so that both axes have the same scale.
struct RegionFrame {
  /// The cells of the map.
  let plot: Rect
  private let regions: DecisionRegions
  /// What a cell is wide, and half a cell high.
  private let unit: Float
  private let left: Float
  private let top: Float

  /// The largest frame of regions within an area, beside whose map there are margins for the axes; nil without room.
  init?(_ regions: DecisionRegions, _ area: Rect, margins: (left: Int, bottom: Int)) {
    let room = area.inset(left: margins.left, bottom: margins.bottom)
    let (width, height) = (regions.right - regions.left, regions.top - regions.bottom)
    guard !room.isEmpty, regions.columns > 0, regions.rows > 0, width > 0, height > 0, width.isFinite,
      height.isFinite, regions.classes.count >= regions.columns * regions.rows
    else { return nil }
    self.regions = regions
    unit = max(width / Float(room.width), height / Float(2 * room.height))
    plot = Rect(
      x: room.x, y: room.y, width: min(room.width, max(1, Int((width / unit).rounded()))),
      height: min(room.height, max(1, Int((height / unit / 2).rounded()))))
    left = regions.left
    top = regions.top
  }

  /// The place in the grid that a half of a cell shows, counted from the top left of the plot; nil beside the grid.
  func index(column: Int, halfRow: Int) -> Int? {
    let x = left + unit * (Float(column) + 0.5)
    let y = top - unit * (Float(halfRow) + 0.5)
    let across = Int(
      bounded: (x - left) / (regions.right - left) * Float(regions.columns), to: 0...regions.columns - 1)
    let down = Int(
      bounded: (top - y) / (top - regions.bottom) * Float(regions.rows), to: 0...regions.rows - 1)
    return down * regions.columns + across
  }

  /// The cell of the screen over a point; nil outside the plot.
  func place(x: Float, y: Float) -> (column: Int, row: Int)? {
    let (across, down) = ((x - left) / unit, (top - y) / unit / 2)
    guard across >= 0, across < Float(plot.width), down >= 0, down < Float(plot.height) else { return nil }
    return (plot.x + Int(across), plot.y + Int(down))
  }

  /// Draws the numbers of both axes at the left and below, where there is room.
  func drawAxes(into buffer: inout Buffer, area: Rect) {
    let room = plot.x - area.x
    guard room > 1, plot.maxY < area.maxY else { return }
    let style = Style.foreground(Accents.muted)
    let isUnicode = buffer.capabilities.glyphs.isUnicode
    let ticks = RegionTicks(from: regions.bottom, to: regions.top, atMost: max(2, plot.height / 3))
    for value in ticks.values {
      guard let row = place(x: left, y: value)?.row else { continue }
      let label = ticks.label(value)
      guard label.count < room else { continue }
      buffer.draw(label, x: plot.x - 1 - label.count, y: row, style: style)
      buffer[plot.x - 1, row] = Cell(isUnicode ? "┤" : "-", style: style)
    }
    let across = RegionTicks(from: regions.left, to: regions.right, atMost: max(2, plot.width / 8))
    var end = area.x
    for value in across.values {
      guard let column = place(x: value, y: top - unit / 2)?.column else { continue }
      let label = across.label(value)
      let x = min(column - label.count / 2, plot.maxX - label.count)
      guard x >= end else { continue }
      end = buffer.draw(label, x: x, y: plot.maxY, style: style) + 1
    }
  }
}

/// The numbers at an axis: multiples of 1, 2 or 5 times a power of ten.
struct RegionTicks {
  private(set) var values: [Float] = []
  private var decimals = 0

  /// At most that many numbers from `low` to `high`, or two where they have no smaller step.
  init(from low: Float, to high: Float, atMost count: Int) {
    let span = Double(high) - Double(low)
    guard span > 0, span.isFinite, count > 0 else { return }
    let exponent = Int(Logarithm.decimal(span / Double(count)).rounded(.down))
    let steps = [1.0, 2, 5, 10].map { Logarithm.scaled($0, byPowerOfTen: exponent) }
    let step = steps.first { span / $0 <= Double(count) } ?? steps[3]
    decimals = max(0, -Int(Logarithm.decimal(step * 1.0001).rounded(.down)))
    var place = (Double(low) / step).rounded(.up)
    while place * step <= Double(high), values.count <= count {
      values.append(Float(place * step))
      place += 1
    }
  }

  /// The number as it is written.
  func label(_ value: Float) -> String {
    decimals > 4 ? NumberText.brief(Double(value)) : NumberText.fixed(Double(value), decimals: decimals)
  }
}
