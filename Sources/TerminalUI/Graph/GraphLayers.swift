/// The layer of every box: its longest way from the top.
struct GraphLayers {
  /// The layer of each box; −1 for one that is beside another or has no edge at all.
  private(set) var layer: [Int]
  /// How many layers there are.
  private(set) var count = 0
  /// The longest way down from each box, in layers.
  private(set) var height: [Int]
  /// The longest way down to each box, in layers.
  private(set) var depth: [Int]

  init(_ boxes: [GraphBox], _ topology: GraphTopology, _ sides: GraphSides) {
    layer = [Int](repeating: -1, count: topology.count)
    height = [Int](repeating: 0, count: topology.count)
    depth = []
    // Nothing holds a floating box at the top but the longest-way rule: all that leads to it leads
    // nowhere else, or is a parameter whose line runs on to other uses anyway.
    var floating = [Bool](repeating: true, count: topology.count)
    for box in topology.order where sides.owner[box] < 0 {
      let above = topology.above[box]
      guard !above.isEmpty || !topology.below[box].isEmpty else { continue }
      layer[box] = 0
      for edge in above where sides.owner[topology.upper[edge]] < 0 {
        let upper = topology.upper[edge]
        layer[box] = max(layer[box], layer[upper] + 1)
        let isParameter = topology.above[upper].isEmpty && boxes[upper].group != nil
        let isShared = topology.below[upper].count > 1 && !isParameter
        if !floating[upper] || isShared { floating[box] = false }
      }
      count = max(count, layer[box] + 1)
    }
    depth = layer
    for box in topology.order.reversed() where layer[box] >= 0 {
      var highest = Int.max
      for edge in topology.below[box] {
        let lower = topology.lower[edge]
        highest = min(highest, layer[lower])
        height[box] = max(height[box], height[lower] + 1)
      }
      if floating[box], highest < .max { layer[box] = highest - 1 }
    }
  }
}
