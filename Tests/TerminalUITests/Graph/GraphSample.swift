import TerminalUI

/// A graph made by hand, node by node.
struct GraphSample {
  var boxes: [GraphBox] = []
  var nodes: [GraphNode] = []

  /// Adds a node and returns its index.
  @discardableResult
  mutating func add(
    _ name: String, _ inputs: [Int] = [], group: String? = nil, right: String = "", more: [GraphLabel] = [],
    state: GraphNodeState = .waiting
  ) -> Int {
    let label = GraphLabel(TextLine(name), right: right.isEmpty ? TextLine() : TextLine(right))
    let node = GraphNode([label] + more, state: state)
    nodes.append(node)
    boxes.append(node.box(inputs: inputs, group: group))
    return nodes.count - 1
  }

  /// Adds a linear module: weight, bias and operation.
  mutating func addLinear(_ name: String, _ input: Int) -> Int {
    let weight = add(name + ".weight", group: name)
    let bias = add(name + ".bias", group: name)
    return add(name + ".linear", [input, weight, bias], group: name)
  }

  /// x → fc1 → relu → fc2 → cross_entropy.
  static var twoLayers: GraphSample {
    var sample = GraphSample()
    let hidden = sample.addLinear("fc1", sample.add("x"))
    let output = sample.addLinear("fc2", sample.add("relu", [hidden]))
    let targets = sample.add("targets")
    sample.add("cross_entropy", [output, targets])
    return sample
  }

  /// A graph of random shape whose edges run from lower to higher indices.
  static func random(seed: UInt64, count: Int, inputs: Int) -> GraphSample {
    var random = SplitMix(state: seed)
    var sample = GraphSample()
    for index in 0..<count {
      var sources: [Int] = []
      if index > 0 {
        for _ in 0..<random.below(inputs + 1) { sources.append(random.below(index)) }
      }
      let more = random.below(4) == 0 ? [GraphLabel("more")] : []
      sample.add(String(repeating: "n", count: 1 + random.below(9)), sources, more: more)
    }
    return sample
  }

  /// The lines of the whole graph as it is drawn.
  func lines(chosen: Int? = nil, current: Int? = nil, isUnicode: Bool = true) -> [String] {
    let layout = GraphLayout(boxes)
    return lines(
      layout, Rect(layout.size), GraphPoint(x: 0, y: 0), chosen: chosen, current: current,
      isUnicode: isUnicode)
  }

  /// The lines of the part of that size that begins at `scroll`.
  func lines(
    _ layout: GraphLayout, _ area: Rect, _ scroll: GraphPoint, chosen: Int? = nil, current: Int? = nil,
    isUnicode: Bool = true
  ) -> [String] {
    let size = Size(width: area.maxX, height: area.maxY)
    var buffer = Buffer(size: size, capabilities: TerminalCapabilities(isUnicode: isUnicode))
    GraphView(layout: layout, nodes: nodes, chosen: chosen, current: current, scroll: scroll)
      .draw(into: &buffer, area: area)
    return buffer.lines
  }
}

/// **Source**: Steele, Lea and Flood, 2014.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
