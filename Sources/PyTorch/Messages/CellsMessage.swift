import Trace

/// Cells of tensors, and the calls of nodes, in the order in which they were asked for.
package struct CellsMessage: Sendable {
  struct Header: Decodable {
    var id: Int?
    var tensors: [Entry]?
    var calls: [OperatorCall?]?
  }

  /// What the message says about a tensor.
  struct Entry: Decodable {
    var shape: [Int]?
    var dtype: String?
    var missing: String?
    var count: Int?
  }

  let id: Int?
  /// The numbers of each tensor, without the places of the cells.
  package let tensors: [KnownCells]
  /// The call of each node; nil of one that has none.
  package let calls: [OperatorCall?]

  init(_ header: Header, _ arrays: ProbeArrays) {
    id = header.id
    tensors = (header.tensors ?? []).enumerated().map { place, entry in
      var known = KnownCells(
        shape: PossibleShape.of(entry.shape ?? []), dtype: entry.dtype ?? "float32",
        values: arrays.doubles("t\(place)"), obstacle: entry.missing?.withVisibleControls)
      known.count = max(1, entry.count ?? 1)
      return known
    }
    calls = (header.calls ?? []).map { $0.map(\.checked) }
  }
}
