import Arrays
import Trace

/// Nodes of the watched step, as far as they differ from those sent before.
package struct GraphMessage: Decodable, Sendable {
  /// The most nodes that a step may have.
  static let mostNodes = 1 << 20

  /// A node as the probe describes it.
  struct Node: Decodable, Sendable {
    let id: Int
    let name: String
    let operation: String
    let kind: String
    var group: String?
    var shape: [Int]?
    var inputs: [Int]?
    var phase: String?
    var location: String?
    var remark: String?
    var dtype: String?
  }

  let step: Int
  let from: Int
  let nodes: [Node]

  /// The nodes with these in place of the last ones.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where they do not fit.
  func nodes(after known: [ComputationGraph.Node]) throws(ProbeError) -> [ComputationGraph.Node] {
    guard (0...known.count).contains(from), from + nodes.count <= GraphMessage.mostNodes else {
      throw .broken("a graph with a gap")
    }
    // Where nothing differs, the later nodes are those of the step before, still to come.
    guard !nodes.isEmpty else { return known }
    var result = Array(known.prefix(from))
    result.reserveCapacity(from + nodes.count)
    for node in nodes {
      guard node.id == result.count else { throw .broken("a node out of order") }
      result.append(ComputationGraph.Node(node))
    }
    return result
  }
}

extension ComputationGraph.Node {
  /// A node from the probe, its text cleaned and its inputs checked.
  init(_ node: GraphMessage.Node) {
    self.init(
      id: node.id, name: node.name.withVisibleControls, operation: node.operation.withVisibleControls,
      kind: Kind(rawValue: node.kind) ?? .operation, group: node.group?.withVisibleControls,
      shape: PossibleShape.of(node.shape ?? []),
      inputs: (node.inputs ?? []).filter { $0 >= 0 && $0 < node.id },
      phase: Phase.allCases.first { $0.name == node.phase } ?? .forward,
      location: node.location?.withVisibleControls)
    let isUsual = node.dtype == nil || node.dtype == "float32"
    let words = [isUsual ? nil : node.dtype, node.remark].compactMap { $0?.withVisibleControls }
    remark = words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

/// The order in which nodes ran.
package struct VisitsMessage: Sendable {
  struct Header: Decodable {
    let step: Int
    let from: Int
  }

  let step: Int
  let from: Int
  let visits: [WatchedStep.Visit]
  /// What nodes had from which visit on, as far as it has not been told.
  let norms: [WatchedStep.Norm]

  init(_ header: Header, _ arrays: ProbeArrays) throws(ProbeError) {
    (step, from) = (header.step, header.from)
    let (phases, nodes) = (arrays.integers("phase"), arrays.integers("node"))
    guard from >= 0, phases.count == nodes.count else { throw .broken("visits of another length") }
    var visits: [WatchedStep.Visit] = []
    for (phase, node) in zip(phases, nodes) {
      guard let phase = Phase(rawValue: phase) else { throw .broken("a phase that there is not") }
      visits.append(WatchedStep.Visit(phase: phase, node: node))
    }
    self.visits = visits
    let columns = ["normVisit", "normNode", "normView"].map(arrays.integers)
    let values = arrays.floats("norm")
    guard columns.allSatisfy({ $0.count == values.count }) else { throw .broken("norms of another length") }
    norms = values.indices.map { place in
      WatchedStep.Norm(
        visit: columns[0][place], node: columns[1][place], view: columns[2][place] == 1 ? .gradient : .value,
        norm: values[place] == -1 ? nil : values[place])
    }
  }
}
