/// Which boxes are beside their operation instead of above it.
///
/// A box that nothing flows into and that only one operation uses (a weight, a bias, the targets)
/// is on the row of that operation, to its left, the next ones beneath it. The operation keeps
/// above it what it mainly works on: results of other operations and what others use too, or else
/// the first input that belongs to no module.
struct GraphSides {
  /// The operation that a box is beside, or −1.
  private(set) var owner: [Int]
  /// The boxes at the side of each box, by index.
  let attached: Adjacency

  init(_ boxes: [GraphBox], _ topology: GraphTopology) {
    var owner = [Int](repeating: -1, count: boxes.count)
    for box in boxes.indices {
      let inputs = topology.above[box].map { topology.upper[$0] }
      let leaves = inputs.filter { Self.isLeaf($0, of: box, topology) }
      guard let first = leaves.first else { continue }
      let main = leaves.first { boxes[$0].group == nil } ?? first
      // A parameter that others use too is above, but does not take the place of the data.
      let hasData = inputs.contains { input in
        !topology.above[input].isEmpty || (boxes[input].group == nil && !leaves.contains(input))
      }
      for leaf in leaves where hasData || leaf != main { owner[leaf] = box }
    }
    self.owner = owner
    attached = Adjacency(count: boxes.count, keys: owner)
  }

  /// Whether nothing flows into `input` and nothing but `box` takes its output.
  private static func isLeaf(_ input: Int, of box: Int, _ topology: GraphTopology) -> Bool {
    topology.above[input].isEmpty && topology.below[input].allSatisfy { topology.lower[$0] == box }
  }
}
