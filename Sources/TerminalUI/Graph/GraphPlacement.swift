/// The frame of every box.
struct GraphPlacement {
  /// The cells of each box.
  private(set) var frames: [Rect]

  init(
    _ boxes: [GraphBox], _ sides: GraphSides, _ items: GraphItems, _ columns: GraphColumns,
    _ rows: GraphRows
  ) {
    frames = boxes.map {
      Rect(x: 0, y: 0, width: GraphClusters.width($0), height: GraphClusters.height($0))
    }
    for (item, box) in items.box.enumerated() where box >= 0 {
      let top = rows.top[items.layer[item]]
      move(box, x: columns.column[item] - GraphMetrics.port, y: top)
      var row = top
      for side in sides.attached[box] {
        move(side, x: columns.column[item] - columns.sideLeft[item], y: row)
        row += frames[side].height
      }
    }
  }

  /// Puts boxes without any edge in rows below the graph.
  mutating func flowIsolated(_ boxes: [GraphBox], _ topology: GraphTopology) {
    let isolated = boxes.indices.filter { topology.above[$0].isEmpty && topology.below[$0].isEmpty }
    guard !isolated.isEmpty else { return }
    let rest = frames.indices.filter { !topology.above[$0].isEmpty || !topology.below[$0].isEmpty }
    let width = rest.reduce(GraphMetrics.flowWidth) { max($0, frames[$1].maxX) }
    var row = rest.isEmpty ? 0 : rest.reduce(0) { max($0, frames[$1].maxY) } + 1
    var column = 0
    var tallest = 0
    for box in isolated {
      if column > 0, column + frames[box].width > width {
        row += tallest
        column = 0
        tallest = 0
      }
      move(box, x: column, y: row)
      column = frames[box].maxX + GraphMetrics.separation
      tallest = max(tallest, frames[box].height)
    }
  }

  private mutating func move(_ box: Int, x: Int, y: Int) {
    frames[box] = Rect(x: x, y: y, width: frames[box].width, height: frames[box].height)
  }
}
