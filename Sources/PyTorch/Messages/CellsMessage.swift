import Trace

/// Cells of tensors, and the calls of nodes, in the order in which they were asked for.
package struct CellsMessage: Sendable {
  struct Header: Decodable {
    var id: Int?
    var tensors: [Entry]?
    var calls: [OperatorCall?]?
  }

  /// What is said of a tensor.
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
        shape: GraphMessage.shape(entry.shape ?? []), dtype: entry.dtype ?? "float32",
        values: arrays.doubles("t\(place)"), obstacle: entry.missing?.withVisibleControls)
      known.count = max(1, entry.count ?? 1)
      return known
    }
    calls = (header.calls ?? []).map { $0.map(\.checked) }
  }
}

extension OperatorCall {
  /// The call with shapes that tensors can have, and its text cleaned.
  fileprivate var checked: OperatorCall {
    OperatorCall(
      node: node, operation.withVisibleControls,
      arguments.map { Argument($0.name?.withVisibleControls, $0.value.checked) },
      results: results.map(\.checked))
  }
}

extension OperatorCall.Tensor {
  fileprivate var checked: OperatorCall.Tensor {
    OperatorCall.Tensor(
      node: max(0, node), output: max(0, output), shape: GraphMessage.shape(shape),
      dtype: dtype.withVisibleControls)
  }
}

extension OperatorCall.Value {
  fileprivate var checked: OperatorCall.Value {
    switch self {
    case .tensor(let tensor): .tensor(tensor.checked)
    case .list(let parts): .list(parts.map(\.checked))
    case .text(let text): .text(text.withVisibleControls)
    case .other(let word): .other(word.withVisibleControls)
    case .type(let word): .type(word.withVisibleControls)
    case .slice(let bounds): .slice(bounds.map(\.checked))
    case .none, .flag, .whole, .number, .ellipsis: self
    }
  }
}
