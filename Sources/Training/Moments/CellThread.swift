import Autograd
import Trace

/// Follows a cell through a step: in every other node, the cell of the largest gradient among those that it is computed
/// from, or that are computed from it.
struct CellThread {
  private let tape: Tape
  private let reading: TapeReading

  /// The threads through a tape's tensors.
  init(_ tape: Tape, _ reading: TapeReading) {
    self.tape = tape
    self.reading = reading
  }

  /// The cell of a node to look at; without one that is followed, or a way to it, that of the largest gradient.
  func cell(of id: Int, following followed: [FollowedCell]) -> Int? {
    guard count(of: id) > 0 else { return nil }
    return self.followed(followed, to: id) ?? largest(of: id)
  }

  /// The cell of a node that followed cells lead to; nil where there is no way.
  func followed(_ followed: [FollowedCell], to id: Int) -> Int? {
    // Of equally near cells the one that was shown last.
    var cells: [Int: Int] = [:]
    for cell in followed { if let node = reading.graph.node(named: cell.node) { cells[node.id] = cell.cell } }
    let recent = followed.reversed().compactMap { reading.graph.node(named: $0.node)?.id }
    guard let way = way(from: recent, to: id), let start = way.first, var cell = cells[start]
    else { return nil }
    for (from, to) in zip(way, way.dropFirst()) {
      guard let next = step(from, cell, to) else { return nil }
      cell = next
    }
    return count(of: id) > 0 ? min(cell, count(of: id) - 1) : nil
  }

  private func count(of id: Int) -> Int {
    reading.tensors.indices.contains(id) ? reading.tensors[id].value?.elementCount ?? 0 : 0
  }

  /// The cell worth looking at: that of the largest gradient, or before backward of the largest value.
  private func largest(of id: Int) -> Int? {
    guard let (tensor, rank) = ranking(of: id) else { return nil }
    let values = tensor.array(Float.self)
    return values.indices.max { rank(Double(values[$0])) < rank(Double(values[$1])) }
  }

  /// By which numbers a node's cells are compared: the magnitude of gradients and weights, else the value, since what is
  /// negative is often cut off by the next activation. NaN is worth a look before all others.
  private func ranking(of id: Int) -> (tensor: Tensor, rank: (Double) -> Double)? {
    let tensors = reading.tensors[id]
    guard let tensor = tensors.gradient ?? tensors.value else { return nil }
    let isSigned = tensors.gradient == nil && reading.graph.nodes[id].kind == .operation
    return (tensor, { $0.isNaN ? .infinity : isSigned ? $0 : abs($0) })
  }

  // MARK: The way

  /// The nodes on the shortest way along the edges of the graph, from the nearest of some nodes.
  private func way(from starts: [Int], to end: Int) -> [Int]? {
    var previous = [Int?](repeating: nil, count: reading.graph.nodes.count)
    var users: [[Int]] = Array(repeating: [], count: reading.graph.nodes.count)
    for node in reading.graph.nodes { for input in node.inputs { users[input].append(node.id) } }
    var waiting: [Int] = []
    for start in starts where previous[start] == nil {
      previous[start] = start
      waiting.append(start)
    }
    var place = 0
    while place < waiting.count, previous[end] == nil {
      let node = waiting[place]
      place += 1
      for next in reading.graph.nodes[node].inputs + users[node] where previous[next] == nil {
        previous[next] = node
        waiting.append(next)
      }
    }
    var way = [end]
    while let last = way.last, let before = previous[last] {
      if before == last { return way.reversed() }
      way.append(before)
    }
    return nil
  }

  /// The cell of a neighbour that belongs to a cell.
  private func step(_ from: Int, _ cell: Int, _ to: Int) -> Int? {
    if reading.graph.nodes[from].inputs.contains(to) {
      guard let (call, inputs) = call(from), cell < call.output.elementCount else { return nil }
      let places = call.operation.info.cells?.value(call, cell)?.terms.flatMap(\.places) ?? []
      return best(
        places.compactMap { place in
          guard case .input(let input) = place.source,
            reading.nodeOfTensor[ObjectIdentifier(inputs[input])] == to
          else { return nil }
          return place.cell
        }, of: to)
    }
    guard let (call, inputs) = call(to) else { return nil }
    let cells = inputs.indices.flatMap { input -> [Int] in
      guard reading.nodeOfTensor[ObjectIdentifier(inputs[input])] == from, cell < inputs[input].elementCount
      else { return [] }
      return call.operation.info.cells?.gradient(call, input, cell)?.terms.flatMap(\.places)
        .compactMap { $0.source == .upstream ? $0.cell : nil } ?? []
    }
    return best(cells, of: to)
  }

  private func call(_ id: Int) -> (call: CellCall, inputs: [Tensor])? {
    guard let value = reading.tensors[id].value,
      let entry = tape.forward.first(where: { $0.output === value })
    else { return nil }
    let inputs = entry.inputs.map(reading.asItWasRead)
    return (CellCall(entry.operation, inputs: inputs, output: value.shape), entry.inputs)
  }

  private func best(_ cells: [Int], of id: Int) -> Int? {
    guard let (tensor, rank) = ranking(of: id) else { return cells.first }
    return cells.max { rank(tensor.number(at: $0)) < rank(tensor.number(at: $1)) }
  }
}
