/// Chains of items in one column, so that the lines between them are straight.
///
/// Between two layers the heaviest set of segments that do not cross is made straight: first the main
/// line of the graph, then long lines.
struct GraphAlignment {
  /// The chain of each item.
  private(set) var chain: [Int]
  /// How many chains there are.
  private(set) var count = 0

  private let items: GraphItems
  private let ordering: GraphOrdering
  private let layers: GraphLayers

  init(_ items: GraphItems, _ ordering: GraphOrdering, _ layers: GraphLayers) {
    self.items = items
    self.ordering = ordering
    self.layers = layers
    chain = [Int](repeating: -1, count: items.box.count)
    for (index, layer) in ordering.layers.enumerated() {
      if index > 0 {
        for segment in straightSegments(below: ordering.layers[index - 1], into: layer) {
          chain[items.lower[segment]] = chain[items.upper[segment]]
        }
      }
      for item in layer where chain[item] < 0 {
        chain[item] = count
        count += 1
      }
    }
  }

  /// The segments of the main line, of long lines, and the others.
  private func weight(_ segment: Int, mainBelow: Int, mainAbove: Int) -> Int {
    if segment == mainBelow, segment == mainAbove { return 1_000 }
    let bends = (items.box[items.upper[segment]] < 0, items.box[items.lower[segment]] < 0)
    return switch bends {
    case (true, true): 8
    case (false, false): 3
    default: 2
    }
  }

  /// The segment out of an item towards the longest way down.
  private func mainSegment(below item: Int) -> Int {
    mainSegment(of: items.below[item], to: items.lower, longest: layers.height)
  }

  /// The segment into an item by which the longest way comes down; the first input goes before others.
  private func mainSegment(above item: Int) -> Int {
    mainSegment(of: items.above[item], to: items.upper, longest: layers.depth)
  }

  private func mainSegment(of segments: ArraySlice<Int>, to ends: [Int], longest length: [Int]) -> Int {
    var (best, greatest) = (-1, -1)
    for segment in segments {
      let box = items.box[ends[segment]]
      if box >= 0, length[box] > greatest { (best, greatest) = (segment, length[box]) }
    }
    return best
  }

  /// The heaviest chain of segments whose ends both run strictly from left to right.
  private func straightSegments(below upperLayer: [Int], into lowerLayer: [Int]) -> [Int] {
    let mainAbove = lowerLayer.map { mainSegment(above: $0) }
    var heaviest = PrefixMaximum(count: lowerLayer.count)
    var candidates: [(segment: Int, total: Int, previous: Int)] = []
    var best = -1
    for item in upperLayer {
      var ends = items.below[item].map { (place: ordering.position[items.lower[$0]], segment: $0) }
      // From right to left, so that no two segments out of one item follow each other.
      if ends.count > 1 { ends.sort { $0.place > $1.place } }
      let mainBelow = mainSegment(below: item)
      for (place, segment) in ends {
        let own = weight(segment, mainBelow: mainBelow, mainAbove: mainAbove[place])
        let (total, previous) = heaviest.maximum(before: place)
        candidates.append((segment, total + own, previous))
        heaviest.raise(at: place, to: total + own, tag: candidates.count - 1)
        if best < 0 || total + own > candidates[best].total { best = candidates.count - 1 }
      }
    }
    var straight: [Int] = []
    while best >= 0 {
      straight.append(candidates[best].segment)
      best = candidates[best].previous
    }
    return straight
  }
}

/// Values at places, and the greatest of those before a place, in logarithmic time.
///
/// **Source**: Fenwick, 1994.
private struct PrefixMaximum {
  private var best: [(value: Int, tag: Int)]

  init(count: Int) { best = [(value: Int, tag: Int)](repeating: (0, -1), count: count + 1) }

  mutating func raise(at place: Int, to value: Int, tag: Int) {
    var node = place + 1
    while node < best.count {
      if value > best[node].value { best[node] = (value, tag) }
      node += node & -node
    }
  }

  /// The greatest value at the places `0..<place` and its tag; (0, −1) where there is none.
  func maximum(before place: Int) -> (value: Int, tag: Int) {
    var node = place
    var greatest = (value: 0, tag: -1)
    while node > 0 {
      if best[node].value > greatest.value { greatest = best[node] }
      node -= node & -node
    }
    return greatest
  }
}
