import TerminalUI
import Trace

/// Where the parts of the node pane are: below the statistics the readout of a cell, the picture, and the histogram at
/// the foot where that leaves room for the picture.
///
/// The picture of a vector takes few rows. What is left goes to its numbers, to columns with an axis of values, to what a
/// parameter's gradient was in the steps before, and to a higher histogram.
struct NodeRooms {
  let readout: Rect
  let picture: Rect
  /// The numbers below a small picture; empty for none.
  let numbers: Rect
  /// A vector as columns; empty for none.
  let bars: Rect
  /// The history of a parameter; empty for none.
  let history: Rect
  let histogram: Rect

  /// The most dots of an entry of the picture, two in a row of cells, and the rows of its legend and its cursor's column.
  private static let (dotsOfEntry, rowsAround) = (16, 2)
  private static let historyRows = 8...14
  private static let mostHistogramRows = 16

  init(_ tensor: TensorSnapshot, _ state: DebuggerState, _ area: Rect) {
    let above = NodeStatistics.lines(tensor.statistics, width: area.width).count
    var histogram = area.height >= 24 ? 5 : area.height >= 10 ? 1 : 0
    let gap = histogram > 1 ? 1 : 0
    let middle = area.inset(top: above + 1, bottom: histogram + gap)
    readout = area.row(above)
    guard let wanted = NodeRooms.pictureHeight(tensor, state, in: middle.height), wanted < middle.height,
      histogram > 0
    else {
      picture = middle
      (numbers, bars, history) = (Rect(.zero), Rect(.zero), Rect(.zero))
      self.histogram = area.inset(top: max(0, area.height - histogram))
      return
    }
    picture = middle.inset(bottom: middle.height - wanted)
    var rest = middle.inset(top: wanted)
    func take(_ rows: Int) -> Rect {
      defer { rest = rest.inset(top: rows + 1) }
      return rest.inset(bottom: rest.height - rows)
    }
    let used = NodeNumbers(tensor, state, area: rest)?.usedHeight ?? .max
    numbers = used < rest.height ? take(used) : Rect(.zero)
    let hasHistory = state.gradients.history.points(of: tensor.node, .gradientNorm).count > 1
    let isVector = VectorBars(tensor, state, width: area.width) != nil && histogram > 1
    let barRows = hasHistory ? rest.height * 2 / 3 : rest.height - 1
    bars = isVector && barRows >= VectorBars.leastHeight ? take(barRows) : Rect(.zero)
    // Both charts one above the other, where there is that much room.
    let most = NodeRooms.historyRows.upperBound * (rest.height > 3 * NodeRooms.historyRows.lowerBound ? 2 : 1)
    history =
      hasHistory && rest.height > NodeRooms.historyRows.lowerBound
      ? take(min(most, rest.height - 1)) : Rect(.zero)
    if histogram > 1 || rest.height >= 4 {
      histogram = min(NodeRooms.mostHistogramRows, histogram + rest.height)
    }
    self.histogram = area.inset(top: max(0, area.height - histogram))
  }

  /// The rows that the picture uses of so many; nil for all.
  private static func pictureHeight(
    _ tensor: TensorSnapshot, _ state: DebuggerState, in height: Int
  ) -> Int? {
    let look = state.nodePane
    guard !look.showsImages, !look.showsNumbers, !look.showsEntries, tensor.values.count > 1 else {
      return nil
    }
    let (rows, dots) = (TensorSlices(tensor).rowsPerSlice, 2 * max(0, height - rowsAround))
    guard rows > 0, dots > 0 else { return nil }
    // All entries are as many whole dots high, or as many of them share a dot.
    let shared = (rows - 1) / dots + 1
    let entries = (rows - 1) / shared + 1
    let wanted = (entries * min(dotsOfEntry, dots / entries) + 1) / 2 + rowsAround
    return shared == 1 || height - wanted > historyRows.lowerBound ? wanted : nil
  }
}

/// What a parameter's gradient and update were in the steps before.
struct NodeHistory: Widget {
  private let charts: [LineChart]

  /// The history of a node; without one there is nothing to draw.
  init(of node: String, _ state: DebuggerState) {
    charts = [PlotSeries.gradientNorm, .updateRatio].compactMap { series in
      let points = state.gradients.history.points(of: node, series)
      guard points.count > 1 else { return nil }
      var curve = ChartSeries("", points: points, style: .foreground(Accents.series[0]))
      curve.marksPoints = true
      var chart = LineChart([curve], isLogarithmic: true)
      chart.title = TextLine(CurveName.series(series).title(isRegression: false), .bold)
      chart.isFilled = true
      return chart
    }
  }

  /// One above the other or beside it where there is room for both.
  func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, !charts.isEmpty else { return }
    let isStacked = area.height >= 16
    let count = isStacked || area.width >= 72 ? charts.count : 1
    let lengths = Array(repeating: Length.fill(1), count: count)
    let places = isStacked ? area.splitRows(lengths) : area.splitColumns(lengths)
    for (place, chart) in zip(places, charts) {
      chart.draw(into: &buffer, area: place.inset(right: place.maxX < area.maxX ? 2 : 0))
    }
  }
}
