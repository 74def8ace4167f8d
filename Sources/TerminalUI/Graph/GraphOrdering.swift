/// The order of the items within each layer, from left to right, so that few lines cross.
///
/// **Source**: Sugiyama, Tagawa and Toda, 1981: barycentre sweeps.
struct GraphOrdering {
  /// The items of each layer from left to right.
  private(set) var layers: [[Int]]
  /// The place of each item within its layer.
  private(set) var position: [Int]

  private let items: GraphItems
  private let component: [Int]
  private static let sweeps = 8

  init(_ items: GraphItems, layerCount: Int, height: [Int]) {
    self.items = items
    let walk = GraphWalk(items, height: height)
    component = walk.component
    layers = [[Int]](repeating: [], count: layerCount)
    position = [Int](repeating: 0, count: items.box.count)
    for item in walk.order { layers[items.layer[item]].append(item) }
    for layer in layers.indices { number(layer) }
    reduceCrossings()
  }

  private mutating func number(_ layer: Int) {
    for (place, item) in layers[layer].enumerated() { position[item] = place }
  }

  private mutating func reduceCrossings() {
    var fewest = crossings()
    var best = layers
    for sweep in 0..<Self.sweeps where fewest > 0 {
      if sweep % 2 == 0 {
        for layer in layers.indices.dropFirst() { sort(layer, by: items.above, items.upper) }
      } else {
        for layer in layers.indices.dropLast().reversed() { sort(layer, by: items.below, items.lower) }
      }
      let now = crossings()
      if now < fewest {
        fewest = now
        best = layers
      }
    }
    layers = best
    for layer in layers.indices { number(layer) }
  }

  /// Sorts a layer by the mean place of each item's neighbours; parts of the graph stay apart.
  private mutating func sort(_ layer: Int, by segments: Adjacency, _ end: [Int]) {
    guard layers[layer].count > 1 else { return }
    var keyed = layers[layer].map { item in
      let neighbours = segments[item]
      let total = neighbours.reduce(0) { $0 + position[end[$1]] }
      let mean = neighbours.isEmpty ? Double(position[item]) : Double(total) / Double(neighbours.count)
      return (component: component[item], mean: mean, position: position[item], item: item)
    }
    keyed.sort { ($0.component, $0.mean, $0.position) < ($1.component, $1.mean, $1.position) }
    layers[layer] = keyed.map(\.item)
    number(layer)
  }

  /// How many pairs of segments cross.
  private func crossings() -> Int {
    layers.indices.dropFirst().reduce(0) { $0 + crossings(above: $1) }
  }

  private func crossings(above layer: Int) -> Int {
    let upperLayer = layers[layer - 1]
    guard layers[layer].count > 1, upperLayer.count > 1 else { return 0 }
    var counted = PrefixTree(count: layers[layer].count)
    var seen = 0
    var crossings = 0
    for item in upperLayer {
      for segment in items.below[item] {
        crossings += seen - counted.sum(through: position[items.lower[segment]])
      }
      for segment in items.below[item] {
        counted.add(at: position[items.lower[segment]])
        seen += 1
      }
    }
    return crossings
  }
}

/// Counts at places, and their sum over all places up to one, in logarithmic time.
///
/// **Source**: Fenwick, 1994.
private struct PrefixTree {
  private var sums: [Int]

  init(count: Int) { sums = [Int](repeating: 0, count: count + 1) }

  mutating func add(at place: Int) {
    var node = place + 1
    while node < sums.count {
      sums[node] += 1
      node += node & -node
    }
  }

  func sum(through place: Int) -> Int {
    var node = place + 1
    var total = 0
    while node > 0 {
      total += sums[node]
      node -= node & -node
    }
    return total
  }
}
