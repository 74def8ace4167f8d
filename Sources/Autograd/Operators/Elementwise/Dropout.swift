import Localization

extension OperatorInfo {
  /// Elements dropped at random.
  package static let dropout = OperatorInfo(
    "dropout", Sentence("y = x × mask, with mask 0 at probability p, else 1 ÷ (1 − p)"),
    Sentence("∂x = g × mask"),
    cells: .elementwise,
    reasons: DefectReasons(
      nan: Sentence("infinity times the 0 of a dropped element is NaN"), zero: Sentence("dropout dropped it"),
      blocked: Sentence("dropout passes no gradient to what it dropped")),
    samples: GradientSample([3, 4]) { try $0[0].dropout(p: 0.3, generator: Generator(seed: 5)) })
}

/// Each element times a mask that is 0 with probability p, else 1 ÷ (1 − p); the gradient passes the same mask.
///
/// The mask is a function of the generator alone, so it is drawn again in backward and not kept.
struct Dropout: Operator {
  var info: OperatorInfo { .dropout }
  let probability: Double
  let generator: Generator
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    guard probability >= 0, probability <= 1 else {
      throw call.argumentError("p", probability, expected: localized("a probability from 0 to 1"))
    }
    return masked(try call.checkedFloating(inputs[0]), call)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [masked(upstream, call)]
  }

  private func masked(_ x: Tensor, _ call: Call) -> Tensor {
    let x = call.packed(x)
    let result = call.empty(x.shape, x.dtype)
    if x.dtype == .float32 { mask(x, result, Float.self) } else { mask(x, result, Double.self) }
    return result
  }

  private func mask<S: FloatingScalar>(_ x: Tensor, _ result: Tensor, _ type: S.Type) {
    let (source, target, count) = (x.pointer(S.self), result.pointer(S.self), x.elementCount)
    let scale = probability < 1 ? S(1 / (1 - probability)) : 0
    // A 32-bit word below the threshold drops its element.
    let threshold = UInt64(probability * 0x1p32)
    for start in stride(from: 0, to: count, by: 4) {
      let words = generator.block(at: generator.position + UInt64(start / 4))
      let drops = SIMD4(words.0, words.1, words.2, words.3)
      for lane in 0..<min(4, count - start) {
        let index = start + lane
        // A product with 0, not 0 itself: NaN stays NaN, and infinity becomes NaN, as in PyTorch.
        target[index] = source[index] * (UInt64(drops[lane]) < threshold ? 0 : scale)
      }
    }
  }
}

extension Tensor {
  /// Each element 0 with probability `p`, else times 1 ÷ (1 − p); itself where it is not `training`.
  ///
  /// Which elements are dropped is drawn from `generator`, or from the run's random numbers where none is
  /// given: the same again when the step is run again.
  /// **Shapes**: any → the same.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html>
  public func dropout(
    p: Double = 0.5, training: Bool = true, generator: Generator? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) throws -> Tensor {
    guard training else { return self }
    let generator = generator ?? ExecutionContext.current.randomness.next(.dropout)
    return try apply(
      Dropout(probability: p, generator: generator), to: [self], at: SourceLocation(file: file, line: line))
  }
}

extension Dropout: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? { product(.input(0, cell), cell, call) }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    product(.upstream(cell), cell, call)
  }

  private func product(_ place: CellPlace, _ cell: Int, _ call: CellCall) -> CellExpression {
    let words = generator.block(at: generator.position + UInt64(cell / 4))
    let isDropped = UInt64(SIMD4(words.0, words.1, words.2, words.3)[cell % 4]) < UInt64(probability * 0x1p32)
    return .masked(place, by: isDropped || probability >= 1 ? 0 : 1 / (1 - probability), at: cell, in: call)
  }
}

extension CellExpression {
  /// A cell times its factor in a mask.
  fileprivate static func masked(
    _ place: CellPlace, by factor: Double, at cell: Int, in call: CellCall
  ) -> CellExpression {
    let index = call.output.index(of: cell).map(String.init).joined(separator: ",")
    return .cell(place) * .call(.result("mask[\(index)]") { _ in factor }, [])
  }
}

/// Dropout that was drawn outside the engine, with the mask that it had.
package struct DrawnDropout: Operator {
  package var info: OperatorInfo { .dropout }
  package var saved: SavedValues { [] }
  /// What each element is multiplied by; NaN where that is not known.
  private let mask: Tensor

  /// Dropout with a mask of its input's shape.
  package init(mask: Tensor) { self.mask = mask }

  package func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try noGrad { try inputs[0].mul(mask) }
  }

  package func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [try noGrad { try upstream.mul(mask) }]
  }
}

extension DrawnDropout: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? { product(.input(0, cell), cell, call) }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    product(.upstream(cell), cell, call)
  }

  private func product(_ place: CellPlace, _ cell: Int, _ call: CellCall) -> CellExpression? {
    let factor = mask.number(at: cell)
    return factor.isNaN ? nil : .masked(place, by: factor, at: cell, in: call)
  }
}
