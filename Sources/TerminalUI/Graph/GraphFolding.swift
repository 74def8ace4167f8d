/// A graph some of whose modules are folded to one box each.
///
/// ```swift
/// let folding = GraphFolding(boxes, folded: ["fc1"]) { name, members in name.count }
/// let layout = GraphLayout(folding.boxes)
/// ```
package struct GraphFolding: Sendable {
  /// What a box of the folded graph stands for.
  package enum Content: Hashable, Sendable {
    /// A box of the original graph, by its index there.
    case box(Int)
    /// A folded module and the boxes in it, by their indices in the original graph.
    case group(String, members: [Int])
  }

  /// The folded graph.
  package let boxes: [GraphBox]
  /// What each box of the folded graph stands for.
  package let contents: [Content]
  /// For each original box, the box of the folded graph that shows it.
  package let place: [Int]

  /// Folds every box whose module, or a module around it, is in `folded`; the outermost one counts.
  ///
  /// A module that the data leaves and comes back to is folded to one box for each stay, so that the
  /// folded module does not feed itself. `width` gives the columns of the label of such a box.
  package init(_ original: [GraphBox], folded: Set<String>, width: (String, [Int]) -> Int) {
    let names = original.map { box in box.group.flatMap { Self.outermost(of: $0, in: folded) } }
    let stays = Self.stays(original, names)
    var contents: [Content] = []
    var place = [Int](repeating: 0, count: original.count)
    let members = Dictionary(grouping: original.indices.filter { names[$0] != nil }) {
      Stay(name: names[$0] ?? "", number: stays[$0])
    }
    for (index, name) in names.enumerated() {
      guard let name else {
        place[index] = contents.count
        contents.append(.box(index))
        continue
      }
      // The box of a module takes the place of its last member, below all that flows into it.
      let all = members[Stay(name: name, number: stays[index])] ?? []
      guard all.last == index else { continue }
      for member in all { place[member] = contents.count }
      contents.append(.group(name, members: all))
    }
    boxes = contents.enumerated().map { index, content in
      switch content {
      case .box(let box):
        var folded = original[box]
        folded.inputs = folded.inputs.filter(original.indices.contains).map { place[$0] }
        return folded
      case .group(let name, let members):
        var inputs: [Int] = []
        for input in members.flatMap({ original[$0].inputs }) where original.indices.contains(input) {
          if place[input] != index, !inputs.contains(place[input]) { inputs.append(place[input]) }
        }
        return GraphBox(width: width(name, members), inputs: inputs, group: Self.parent(of: name))
      }
    }
    self.contents = contents
    self.place = place
  }

  private struct Stay: Hashable {
    let name: String
    let number: Int
  }

  /// The first of `a`, `a.b`, `a.b.c` that is folded.
  private static func outermost(of group: String, in folded: Set<String>) -> String? {
    guard !folded.isEmpty else { return nil }
    for end in group.indices where group[end] == "." {
      let prefix = String(group[..<end])
      if folded.contains(prefix) { return prefix }
    }
    return folded.contains(group) ? group : nil
  }

  private static func parent(of group: String) -> String? {
    group.lastIndex(of: ".").map { String(group[..<$0]) }
  }

  /// For each box in a folded module, how often the data has left that module on its way there.
  private static func stays(_ boxes: [GraphBox], _ names: [String?]) -> [Int] {
    let topology = GraphTopology(boxes)
    var stays = [Int](repeating: 0, count: boxes.count)
    for name in Set(names.compactMap { $0 }) {
      var exits = [Int](repeating: 0, count: boxes.count)
      for box in topology.order {
        for edge in topology.above[box] {
          let upper = topology.upper[edge]
          let leaves = names[upper] == name && names[box] != name
          exits[box] = max(exits[box], exits[upper] + (leaves ? 1 : 0))
        }
        if names[box] == name { stays[box] = exits[box] }
      }
    }
    return stays
  }
}
