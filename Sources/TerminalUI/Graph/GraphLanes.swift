/// The edges of a very large graph that run beside it instead of through its layers.
///
/// An edge that skips layers takes a step in each. Where that would be too many steps, the edges that skip most
/// layers leave their box to the right, run down in a lane of their own beyond all boxes, and come back: the
/// shortest one nearest, so that nested edges do not cross.
struct GraphLanes {
  /// Up to this many steps, all edges run through the layers.
  static let mostSteps = 20_000
  /// An edge over at most this many layers always runs through them.
  static let nearLayers = 32

  /// Whether each edge runs in a lane.
  private(set) var isLane: [Bool]

  init(_ topology: GraphTopology, _ layers: GraphLayers) {
    isLane = [Bool](repeating: false, count: topology.sources.count)
    func span(_ edge: Int) -> Int {
      let (upper, lower) = (layers.layer[topology.upper[edge]], layers.layer[topology.lower[edge]])
      return upper < 0 || lower < 0 ? 0 : lower - upper
    }
    // The edges out of one box share their steps.
    var steps = 0
    for box in 0..<topology.count { steps += topology.below[box].reduce(0) { max($0, span($1)) } }
    guard steps > Self.mostSteps else { return }
    for edge in isLane.indices { isLane[edge] = span(edge) > Self.nearLayers }
  }

  /// The turns of the edges in lanes, the others left empty; `left` is the first column beyond all else.
  func points(_ topology: GraphTopology, _ frames: [Rect], left: Int) -> [[GraphPoint]] {
    var points = [[GraphPoint]](repeating: [], count: isLane.count)
    func rows(_ edge: Int) -> ClosedRange<Int> {
      let top = frames[topology.upper[edge]].y
      return top...max(top, frames[topology.lower[edge]].y)
    }
    let order = isLane.indices.filter { isLane[$0] }
      .sorted { (rows($0).count, $0) < (rows($1).count, $1) }
    var lanes: [[ClosedRange<Int>]] = []
    for edge in order {
      let own = rows(edge)
      let lane = lanes.firstIndex { !$0.contains { $0.overlaps(own) } } ?? lanes.count
      if lane == lanes.count { lanes.append([]) }
      lanes[lane].append(own)
      let x = left + 1 + 2 * lane
      let (source, target) = (frames[topology.upper[edge]], frames[topology.lower[edge]])
      let way = [
        GraphPoint(x: source.maxX - 1, y: source.y), GraphPoint(x: x, y: source.y),
        GraphPoint(x: x, y: target.y), GraphPoint(x: target.maxX - 1, y: target.y),
      ]
      points[edge] = topology.upper[edge] == topology.sources[edge] ? way : way.reversed()
    }
    return points
  }
}
