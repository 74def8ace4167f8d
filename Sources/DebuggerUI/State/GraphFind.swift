import Trace

/// The search for a node by its name: what was typed, and what the search found.
package struct GraphFind: Sendable, Equatable {
  /// What a name must hold, in any case.
  package var text = ""
  /// Whether keys go into the line.
  package var isTyping = true
  /// The choice before the search, to return to.
  let before: Focus

  /// A search that begins.
  init(before: Focus) { self.before = before }

  /// The nodes found, by id, in the order of the graph; none for an empty line.
  func matches(in graph: ComputationGraph) -> [Int] {
    guard !text.isEmpty else { return [] }
    let wanted = text.lowercased()
    return graph.nodes.filter { $0.name.lowercased().contains(wanted) }.map(\.id)
  }

  /// Where the text stands in a name, counted in characters; nil where it does not.
  func range(in name: String) -> Range<Int>? {
    let (name, wanted) = (Array(name.lowercased()), Array(text.lowercased()))
    guard !wanted.isEmpty, wanted.count <= name.count else { return nil }
    return (0...name.count - wanted.count)
      .first { name[$0..<$0 + wanted.count] == wanted[...] }
      .map { $0..<$0 + wanted.count }
  }
}
