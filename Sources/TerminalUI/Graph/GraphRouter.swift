/// Finds the cells along each edge.
struct GraphRouter {
  private let topology: GraphTopology
  private let sides: GraphSides
  private let items: GraphItems
  private let columns: GraphColumns
  private let rows: GraphRows
  private let frames: [Rect]

  init(
    _ topology: GraphTopology, _ sides: GraphSides, _ items: GraphItems, _ columns: GraphColumns,
    _ rows: GraphRows, _ placement: GraphPlacement
  ) {
    self.topology = topology
    self.sides = sides
    self.items = items
    self.columns = columns
    self.rows = rows
    frames = placement.frames
  }

  /// The turns of an edge, from its source to its target.
  func points(_ edge: Int) -> [GraphPoint] {
    let upper = topology.upper[edge]
    let fromTheSide = sides.owner[upper] >= 0
    let down = fromTheSide ? across(from: upper, to: topology.lower[edge]) : down(edge)
    return upper == topology.sources[edge] ? down : down.reversed()
  }

  /// From a box at the side of its operation: across, up to the operation's row, and across again.
  private func across(from side: Int, to operation: Int) -> [GraphPoint] {
    let start = GraphPoint(x: frames[side].maxX - 1, y: frames[side].y)
    let end = GraphPoint(x: frames[operation].x + GraphMetrics.port, y: frames[operation].y)
    guard start.y != end.y else { return [start, end] }
    let turn = frames[operation].x - 1
    return [start, GraphPoint(x: turn, y: start.y), GraphPoint(x: turn, y: end.y), end]
  }

  /// From a box down through the layers.
  private func down(_ edge: Int) -> [GraphPoint] {
    let source = topology.upper[edge]
    let target = topology.lower[edge]
    var points = [GraphPoint(x: frames[source].x + GraphMetrics.port, y: frames[source].y)]
    let last = items.layer[items.item[target]]
    for layer in items.layer[items.item[source]] + 1..<last {
      appendTurns(&points, items.segmentIntoBend[items.bend(of: source, inLayer: layer)])
    }
    appendTurns(&points, items.lastSegment[edge])
    points.append(GraphPoint(x: frames[target].x + GraphMetrics.port, y: frames[target].y))
    return points
  }

  private func appendTurns(_ points: inout [GraphPoint], _ segment: Int) {
    let gap = items.layer[items.upper[segment]]
    let tracks = rows.tracks[gap]
    let place = rows.place[segment]
    guard tracks.row[place] >= 0 else { return }
    var turn = GraphPoint(x: columns.column[items.upper[segment]], y: rows.bottom[gap] + tracks.row[place])
    points.append(turn)
    if let dogleg = tracks.dogleg[place] {
      turn.x = dogleg.column
      points.append(turn)
      turn.y = rows.bottom[gap] + dogleg.row
      points.append(turn)
    }
    turn.x = columns.column[items.lower[segment]]
    points.append(turn)
  }
}
