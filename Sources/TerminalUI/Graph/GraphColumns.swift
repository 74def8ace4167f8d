/// The column of every item: chains of items as far to the left as the order in their layers allows.
struct GraphColumns {
  /// The column of each item's line, in which its edges enter and leave.
  private(set) var column: [Int]
  /// How far left of its line what is beside each item's box begins, in columns.
  private(set) var sideLeft: [Int]

  init(
    _ items: GraphItems, _ ordering: GraphOrdering, _ alignment: GraphAlignment, _ clusters: GraphClusters
  ) {
    var constraints = Constraints()
    var leftmost = [Int](repeating: 0, count: alignment.count)
    for layer in ordering.layers {
      for (place, item) in layer.enumerated() {
        let box = items.box[item]
        let left = box < 0 ? 0 : clusters.left[box]
        if place == 0 {
          leftmost[alignment.chain[item]] = max(leftmost[alignment.chain[item]], left)
        } else {
          let beside = items.box[layer[place - 1]]
          constraints.append(
            left: alignment.chain[layer[place - 1]], right: alignment.chain[item],
            distance: left + 1 + GraphMetrics.separation + (beside < 0 ? 0 : clusters.right[beside]))
        }
      }
    }
    var chainColumn = constraints.solve(leftmost: leftmost)
    constraints.pull(&chainColumn, towards: Self.neighbours(items, alignment))
    column = alignment.chain.map { chainColumn[$0] }
    sideLeft = items.box.map { $0 < 0 ? 0 : clusters.left[$0] }
    alignSides(items, ordering, clusters)
  }

  /// For each chain, the chains its lines lead to.
  private static func neighbours(_ items: GraphItems, _ alignment: GraphAlignment) -> [[Int]] {
    var neighbours = [[Int]](repeating: [], count: alignment.count)
    for segment in items.upper.indices {
      let upper = alignment.chain[items.upper[segment]]
      let lower = alignment.chain[items.lower[segment]]
      guard upper != lower else { continue }
      neighbours[upper].append(lower)
      neighbours[lower].append(upper)
    }
    return neighbours
  }

  /// Lets the boxes at the side of one column begin in one column too, where there is room.
  private mutating func alignSides(
    _ items: GraphItems, _ ordering: GraphOrdering, _ clusters: GraphClusters
  ) {
    var widest: [Int: Int] = [:]
    for (item, box) in items.box.enumerated() where box >= 0 && clusters.sideWidth[box] > 0 {
      widest[column[item]] = max(widest[column[item]] ?? 0, sideLeft[item])
    }
    for layer in ordering.layers {
      var occupied = Int.min / 2
      for item in layer {
        let box = items.box[item]
        if box >= 0, clusters.sideWidth[box] > 0, let left = widest[column[item]],
          column[item] - left > occupied + GraphMetrics.separation
        {
          sideLeft[item] = left
        }
        occupied = column[item] + (box < 0 ? 0 : clusters.right[box])
      }
    }
  }
}

/// Chains that must keep a distance: which is left of which, and how far apart.
private struct Constraints {
  private var left: [Int] = []
  private var right: [Int] = []
  private var distance: [Int] = []
  private var order: [Int] = []

  mutating func append(left: Int, right: Int, distance: Int) {
    self.left.append(left)
    self.right.append(right)
    self.distance.append(distance)
  }

  /// The smallest columns that keep every distance.
  mutating func solve(leftmost: [Int]) -> [Int] {
    let outgoing = Adjacency(count: leftmost.count, keys: left)
    var waiting = [Int](repeating: 0, count: leftmost.count)
    for chain in right { waiting[chain] += 1 }
    order = leftmost.indices.filter { waiting[$0] == 0 }
    var column = leftmost
    var next = 0
    while next < order.count {
      for constraint in outgoing[order[next]] {
        let chain = right[constraint]
        column[chain] = max(column[chain], column[order[next]] + distance[constraint])
        waiting[chain] -= 1
        if waiting[chain] == 0 { order.append(chain) }
      }
      next += 1
    }
    precondition(order.count == leftmost.count, "straight chains never cross, so their order has no cycle")
    return column
  }

  /// Moves chains to the right, into free room, towards the middle one of their neighbours.
  func pull(_ column: inout [Int], towards neighbours: [[Int]]) {
    let outgoing = Adjacency(count: column.count, keys: left)
    for chain in order.reversed() where !neighbours[chain].isEmpty {
      let wanted = neighbours[chain].map { column[$0] }.sorted()
      let middle = wanted[(wanted.count - 1) / 2]
      guard middle > column[chain] else { continue }
      let free = outgoing[chain].reduce(Int.max) { min($0, column[right[$1]] - distance[$1]) }
      column[chain] = max(column[chain], min(middle, free))
    }
  }
}
