import Autograd
import Trace

/// Finds the forward nodes that breakpoints name, as they run.
///
/// A name depends on all nodes before. So the nodes of the last whole step are kept, and as long as this
/// one runs the same operators in the same modules it has their names; only where it differs are names made anew.
struct NodeFinder {
  /// The names that are looked for.
  let wanted: [String]
  /// The node of each wanted name in this step, by its place on the tape; nil until it has run.
  private(set) var found: [Int?]

  private let names: ModelNames
  private var known: [KnownNode] = []
  /// How many nodes of this step have been followed.
  private var count = 0
  /// This step's own reading, once it differs from the last.
  private var reading: TapeReading?

  /// A finder that knows no step yet.
  init(_ wanted: [String], names: ModelNames) {
    self.wanted = wanted
    self.names = names
    found = Array(repeating: nil, count: wanted.count)
  }

  /// A finder of other names that knows the same step.
  func looking(for wanted: [String]) -> NodeFinder {
    var other = NodeFinder(wanted, names: names)
    other.known = known
    return other
  }

  /// Begins a step.
  mutating func begin() {
    count = 0
    reading = nil
    for place in found.indices { found[place] = nil }
  }

  /// Takes in the nodes that have run since.
  mutating func follow(_ tape: Tape) {
    guard !wanted.isEmpty else { return }
    while count < tape.forward.count {
      let name = name(of: count, on: tape)
      for place in wanted.indices where wanted[place] == name { found[place] = count }
      count += 1
    }
  }

  /// Keeps a whole step's nodes, unless it was as the one before.
  mutating func learn(_ tape: Tape) {
    guard !wanted.isEmpty, reading != nil || known.count != tape.forward.count else { return }
    let reading = TapeReading(tape, names: names)
    var places: [ObjectIdentifier: Int] = [:]
    known = tape.forward.enumerated().map { place, entry in
      defer { places[ObjectIdentifier(entry.output)] = place }
      return KnownNode(
        name: reading.nodeOfTensor[ObjectIdentifier(entry.output)].map { reading.graph.nodes[$0].name } ?? "",
        operation: entry.operation.name, module: entry.module, phase: entry.phase,
        source: source(of: entry, tape, places))
    }
  }

  private mutating func name(of place: Int, on tape: Tape) -> String {
    if reading == nil, place < known.count, follows(known[place], tape.forward[place], tape) {
      return known[place].name
    }
    var reading = self.reading ?? TapeReading(names: names)
    reading.follow(tape, upTo: place + 1)
    self.reading = reading
    return reading.nodeOfTensor[ObjectIdentifier(tape.forward[place].output)].map {
      reading.graph.nodes[$0].name
    } ?? ""
  }

  private func follows(_ known: KnownNode, _ entry: Tape.Forward, _ tape: Tape) -> Bool {
    guard
      known.phase == entry.phase, known.module == entry.module, known.operation == entry.operation.name
    else { return false }
    switch known.source {
    case .none: return true
    case .node(let place): return entry.inputs.first === tape.forward[place].output
    case .batch: return entry.inputs.first === tape.batch?.inputs
    case .other: return false
    }
  }

  /// What an operator outside any module took its group from.
  private func source(
    of entry: Tape.Forward, _ tape: Tape, _ places: [ObjectIdentifier: Int]
  ) -> KnownNode.Source {
    guard entry.module == nil, entry.phase == .forward, entry.inputs.count == 1,
      let input = entry.inputs.first
    else { return .none }
    if let place = places[ObjectIdentifier(input)] { return .node(place) }
    return input === tape.batch?.inputs ? .batch : .other
  }
}

/// A node of the last whole step, with all that its name was made from.
private struct KnownNode {
  /// The input whose group it shares.
  enum Source {
    case none
    case node(Int)
    case batch
    /// A tensor that cannot be known again.
    case other
  }

  let name: String
  let operation: String
  let module: ObjectIdentifier?
  let phase: Phase
  let source: Source
}
