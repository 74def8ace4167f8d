/// The items of the layers: boxes, and bends where an edge passes a layer on its way down.
///
/// All edges out of one box share their bends: a line leaves the box once and branches where it must.
struct GraphItems {
  /// The box of each item, or −1 for a bend.
  private(set) var box: [Int] = []
  /// The layer of each item.
  private(set) var layer: [Int] = []
  /// The item of each box, or −1 where it has none.
  private(set) var item: [Int]
  /// The first bend of the line out of each box; the others follow, one a layer.
  private(set) var firstBend: [Int]
  /// The upper item of each segment, a piece of line from one layer to the next.
  private(set) var upper: [Int] = []
  /// The lower item of each segment.
  private(set) var lower: [Int] = []
  /// The segment in which each edge reaches its lower end, or −1.
  private(set) var lastSegment: [Int]
  /// The segment that leads to each bend; −1 for boxes.
  private(set) var segmentIntoBend: [Int] = []
  /// The segments that leave each item.
  private(set) var below = Adjacency(count: 0, keys: [])
  /// The segments that reach each item.
  private(set) var above = Adjacency(count: 0, keys: [])

  init(_ topology: GraphTopology, _ layers: GraphLayers, _ lanes: GraphLanes) {
    item = [Int](repeating: -1, count: topology.count)
    firstBend = item
    lastSegment = [Int](repeating: -1, count: topology.sources.count)
    for index in 0..<topology.count where layers.layer[index] >= 0 {
      item[index] = append(box: index, layer: layers.layer[index])
    }
    for index in topology.order where item[index] >= 0 {
      let edges = topology.below[index].filter { !lanes.isLane[$0] }
      appendBends(below: index, edges, topology, layers)
      appendSegments(below: index, edges, topology, layers)
    }
    below = Adjacency(count: box.count, keys: upper)
    above = Adjacency(count: box.count, keys: lower)
  }

  /// The bend of the line out of `source` in that layer.
  func bend(of source: Int, inLayer layer: Int) -> Int {
    firstBend[source] + layer - self.layer[item[source]] - 1
  }

  private mutating func append(box: Int, layer: Int) -> Int {
    self.box.append(box)
    self.layer.append(layer)
    segmentIntoBend.append(-1)
    return self.box.count - 1
  }

  private mutating func appendSegment(_ upper: Int, _ lower: Int) -> Int {
    self.upper.append(upper)
    self.lower.append(lower)
    return self.upper.count - 1
  }

  private mutating func appendBends(
    below source: Int, _ edges: [Int], _ topology: GraphTopology, _ layers: GraphLayers
  ) {
    let top = layers.layer[source]
    let bottom = edges.reduce(top) { max($0, layers.layer[topology.lower[$1]]) }
    guard bottom > top + 1 else { return }
    firstBend[source] = box.count
    var previous = item[source]
    for layer in top + 1..<bottom {
      let bend = append(box: -1, layer: layer)
      segmentIntoBend[bend] = appendSegment(previous, bend)
      previous = bend
    }
  }

  private mutating func appendSegments(
    below source: Int, _ edges: [Int], _ topology: GraphTopology, _ layers: GraphLayers
  ) {
    // A box that takes the same output twice has two edges and one line.
    var segments: [Int: Int] = [:]
    for edge in edges {
      let target = topology.lower[edge]
      if edges.count > 1, let segment = segments[target] {
        lastSegment[edge] = segment
        continue
      }
      let above = layers.layer[target] - 1
      let from = above == layers.layer[source] ? item[source] : bend(of: source, inLayer: above)
      lastSegment[edge] = appendSegment(from, item[target])
      if edges.count > 1 { segments[target] = lastSegment[edge] }
    }
  }
}
