import Autograd
import Trace

/// The cells from which one cell of a result was computed, with their values.
struct OperandValues {
  /// In which direction the result was computed.
  enum Direction {
    case forward, backward
  }

  let operands: CellOperands
  private let inputs: [Tensor]
  private let upstream: Tensor?

  /// Values from an operation's inputs as it read them, and from the gradient of its output.
  init(_ operands: CellOperands, _ inputs: [Tensor], upstream: Tensor?) {
    self.operands = operands
    self.inputs = inputs
    self.upstream = upstream
  }

  /// The value of a cell.
  func number(_ place: CellPlace) -> Double {
    switch place.source {
    case .input(let input): inputs[input].number(at: place.cell)
    case .upstream: upstream?.number(at: place.cell) ?? 0
    }
  }

  /// Whether one of the cells is of a gradient that is not 0.
  var receivesGradient: Bool {
    operands.terms.contains { term in
      term.places.contains { $0.source == .upstream && number($0) != 0 }
    }
  }

  /// The operand that gave the result its defect; nil where none did.
  func origin(of defect: Cause.Defect, in direction: Direction) -> CellPlace? {
    defect == .zero ? zeroOperand(direction) : brokenOperand(defect)
  }

  private func brokenOperand(_ defect: Cause.Defect) -> CellPlace? {
    var other: CellPlace?
    for place in operands.terms.lazy.flatMap(\.places) {
      let number = number(place)
      guard !number.isFinite else { continue }
      if number.isNaN == (defect == .nan) { return place }
      other = other ?? place
    }
    return other
  }

  private func zeroOperand(_ direction: Direction) -> CellPlace? {
    // Whatever the operator's derivative, a gradient of 0 gives a gradient of 0.
    if direction == .backward {
      let incoming = operands.terms.lazy.flatMap(\.places).filter { $0.source == .upstream }
      if let first = incoming.first, incoming.allSatisfy({ number($0) == 0 }) { return first }
    }
    switch operands.kind {
    case .products: return zeroFactor
    case .choice: return operands.terms.lazy.map(\.first).first { number($0) == 0 }
    case .function where direction == .forward:
      return operands.terms.first.flatMap { number($0.first) == 0 ? $0.first : nil }
    case .function, .mixture: return nil
    }
  }

  /// A factor that is 0, where every product has one; preferably one that is 0 in all of them.
  private var zeroFactor: CellPlace? {
    guard let first = operands.terms.first else { return nil }
    if operands.terms.allSatisfy({ number($0.first) == 0 }) { return first.first }
    if operands.terms.allSatisfy({ $0.second.map(number) == 0 }) { return first.second }
    let factors = operands.terms.map { term in term.places.first { number($0) == 0 } }
    return factors.allSatisfy { $0 != nil } ? factors[0] : nil
  }
}
