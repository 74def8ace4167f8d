/// Where every box and every edge of a graph is, from the top down in the order of the data's flow.
///
/// ```
/// · x
/// │
/// · fc1.linear
/// ```
///
/// The main line of the graph runs down one column. What only one operation uses, such as its weight
/// and bias, is on that operation's row, to its left. Edges that skip operations run down beside
/// them. All work is O((V + E) log V) but for edges that pass many layers, which take a step a layer; where
/// that would be too many, they run in lanes beside the graph.
///
/// **Source**: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
/// structures", 1981.
package struct GraphLayout: Sendable {
  /// The cells of each box: its marks and its label.
  package let frames: [Rect]
  /// The way of each edge. An input that names no box, or the box itself, has none.
  package let routes: [GraphRoute]
  /// The cells of the whole.
  package let size: Size

  /// The smallest rectangle that holds each route.
  let routeBounds: [Rect]
  /// For each box, the routes that leave it.
  let outgoing: Adjacency
  /// For each box, the routes that enter it.
  let incoming: Adjacency

  /// Lays a graph out. Cycles are allowed: the edge that closes one runs upwards.
  package init(_ boxes: [GraphBox]) {
    let topology = GraphTopology(boxes)
    let sides = GraphSides(boxes, topology)
    let layers = GraphLayers(boxes, topology, sides)
    let lanes = GraphLanes(topology, layers)
    let items = GraphItems(topology, layers, lanes)
    let ordering = GraphOrdering(items, layerCount: layers.count, height: layers.height)
    let alignment = GraphAlignment(items, ordering, layers)
    let clusters = GraphClusters(boxes, sides)
    let columns = GraphColumns(items, ordering, alignment, clusters)
    let rows = GraphRows(items, ordering, columns, clusters)
    var placement = GraphPlacement(boxes, sides, items, columns, rows)
    placement.flowIsolated(boxes, topology)
    let router = GraphRouter(topology, sides, items, columns, rows, placement)
    var points = topology.sources.indices.map { lanes.isLane[$0] ? [] : router.points($0) }
    var bounds = GraphBounds()
    for frame in placement.frames { bounds.include(frame) }
    for way in points { for point in way { bounds.include(point) } }
    for (edge, way) in lanes.points(topology, placement.frames, left: bounds.right).enumerated()
    where lanes.isLane[edge] {
      points[edge] = way
      for point in way { bounds.include(point) }
    }
    frames = placement.frames.map {
      Rect(x: $0.x - bounds.left, y: $0.y, width: $0.width, height: $0.height)
    }
    routes = points.indices.map { edge in
      GraphRoute(
        source: topology.sources[edge], target: topology.targets[edge],
        points: points[edge].map { GraphPoint(x: $0.x - bounds.left, y: $0.y) })
    }
    routeBounds = routes.map(\.bounds)
    size = Size(width: bounds.right - bounds.left, height: bounds.bottom)
    outgoing = Adjacency(count: boxes.count, keys: topology.sources)
    incoming = Adjacency(count: boxes.count, keys: topology.targets)
  }
}

/// The columns and rows that boxes and lines take.
private struct GraphBounds {
  private(set) var left = 0
  private(set) var right = 0
  private(set) var bottom = 0
  private var isEmpty = true

  mutating func include(_ frame: Rect) {
    left = isEmpty ? frame.x : min(left, frame.x)
    right = isEmpty ? frame.maxX : max(right, frame.maxX)
    bottom = max(bottom, frame.maxY)
    isEmpty = false
  }

  mutating func include(_ point: GraphPoint) {
    include(Rect(x: point.x, y: point.y, width: 1, height: 1))
  }
}
