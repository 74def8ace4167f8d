import Autograd
import Trace

/// The cells that meet in one cell of a result, with their numbers.
struct Meeting {
  /// Which way the result was computed.
  enum Direction {
    case forward, backward
  }

  let cells: CellReading
  private let inputs: [Tensor]
  private let upstream: Tensor?

  /// The cells of an operation's inputs as it read them, and of the gradient that came in.
  init(_ cells: CellReading, _ inputs: [Tensor], upstream: Tensor?) {
    self.cells = cells
    self.inputs = inputs
    self.upstream = upstream
  }

  /// A cell's number.
  func number(_ place: CellPlace) -> Double {
    switch place.source {
    case .input(let input): inputs[input].number(at: place.cell)
    case .upstream: upstream?.number(at: place.cell) ?? 0
    }
  }

  /// The cell that made the result so; nil where none did.
  func origin(of defect: Cause.Defect, in direction: Direction) -> CellPlace? {
    defect == .zero ? zero(direction) : broken(defect)
  }

  private func broken(_ defect: Cause.Defect) -> CellPlace? {
    var other: CellPlace?
    for place in cells.terms.lazy.flatMap(\.places) {
      let number = number(place)
      guard !number.isFinite else { continue }
      if number.isNaN == (defect == .nan) { return place }
      other = other ?? place
    }
    return other
  }

  private func zero(_ direction: Direction) -> CellPlace? {
    // Whatever an operator's derivative is, no gradient comes of none.
    if direction == .backward {
      let incoming = cells.terms.lazy.flatMap(\.places).filter { $0.source == .upstream }
      if let first = incoming.first, incoming.allSatisfy({ number($0) == 0 }) { return first }
    }
    switch cells.kind {
    case .products: return zeroFactor
    case .choice: return cells.terms.lazy.map(\.first).first { number($0) == 0 }
    case .function where direction == .forward:
      return cells.terms.first.flatMap { number($0.first) == 0 ? $0.first : nil }
    case .function, .mixture: return nil
    }
  }

  /// A factor that is 0, where every product has one: one that is 0 in all of them rather than others.
  private var zeroFactor: CellPlace? {
    guard let first = cells.terms.first else { return nil }
    if cells.terms.allSatisfy({ number($0.first) == 0 }) { return first.first }
    if cells.terms.allSatisfy({ $0.second.map(number) == 0 }) { return first.second }
    let factors = cells.terms.map { term in term.places.first { number($0) == 0 } }
    return factors.allSatisfy { $0 != nil } ? factors[0] : nil
  }
}
