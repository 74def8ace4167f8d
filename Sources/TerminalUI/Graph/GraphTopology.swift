/// The edges of a graph in flat arrays, and an order in which they all point down.
struct GraphTopology {
  /// How many boxes there are.
  let count: Int
  /// Where each edge starts, as given.
  private(set) var sources: [Int] = []
  /// Where each edge ends, as given.
  private(set) var targets: [Int] = []
  /// The upper end of each edge: its source, but for an edge that closes a cycle.
  private(set) var upper: [Int] = []
  /// The lower end of each edge.
  private(set) var lower: [Int] = []
  /// All boxes, every edge's upper end before its lower one.
  private(set) var order: [Int] = []
  /// The edges whose lower end a box is, in the order of its inputs.
  let above: Adjacency
  /// The edges whose upper end a box is.
  let below: Adjacency

  /// Inputs that name no box, and a box that takes its own output, are left out.
  init(_ boxes: [GraphBox]) {
    count = boxes.count
    for (target, box) in boxes.enumerated() {
      for source in box.inputs where boxes.indices.contains(source) && source != target {
        sources.append(source)
        targets.append(target)
      }
    }
    order = Self.sorted(count: count, sources: sources, targets: targets)
    var rank = [Int](repeating: 0, count: count)
    for (position, box) in order.enumerated() { rank[box] = position }
    upper = sources
    lower = targets
    for edge in sources.indices where rank[sources[edge]] > rank[targets[edge]] {
      upper[edge] = targets[edge]
      lower[edge] = sources[edge]
    }
    above = Adjacency(count: count, keys: lower)
    below = Adjacency(count: count, keys: upper)
  }

  /// A topological order; in a cycle the lowest index goes first.
  private static func sorted(count: Int, sources: [Int], targets: [Int]) -> [Int] {
    let outgoing = Adjacency(count: count, keys: sources)
    var waiting = [Int](repeating: 0, count: count)
    for target in targets { waiting[target] += 1 }
    var placed = waiting.map { $0 == 0 }
    var order = (0..<count).filter { placed[$0] }
    order.reserveCapacity(count)
    var next = 0
    var lowest = 0
    while true {
      while next < order.count {
        for edge in outgoing[order[next]] {
          let target = targets[edge]
          waiting[target] -= 1
          if waiting[target] == 0, !placed[target] {
            placed[target] = true
            order.append(target)
          }
        }
        next += 1
      }
      while lowest < count, placed[lowest] { lowest += 1 }
      guard lowest < count else { return order }
      placed[lowest] = true
      order.append(lowest)
    }
  }
}
