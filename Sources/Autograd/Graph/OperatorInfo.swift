import Localization

/// What is known about an operator: its name, its formulas, and what the debugger says of it.
///
/// One object for each operator, made once in the operator's own file, to which calls and nodes refer. An operator
/// of a user's own needs a name; the debugger shows its formulas where it has them.
public final class OperatorInfo: Sendable {
  /// The name in PyTorch, as nodes carry it: `matmul`.
  public let name: String
  /// y, in terms of the inputs.
  public var formula: String? { formulaSentence?.text }
  /// The gradient of each input, with g the gradient of y; nil where there is none.
  public var derivative: String? { derivativeSentence?.text }
  /// From which cells each cell is computed; nil for an operator of a user's own.
  package let cells: CellRule?
  /// Why its result can be NaN, infinite or 0.
  package let reasons: DefectReasons
  /// The lines that stand for it in the guide's networks; nil where they do not have it.
  package let guide: OperatorGuide?
  /// What is most likely a mistake in a call that the operator allows; nil where nothing is known of such calls.
  package let caution: (@Sendable (_ inputs: [Tensor]) -> Caution?)?
  /// Calls whose gradients a test compares with finite differences; none for an operator without a gradient.
  package let samples: [GradientSample]

  private let formulaSentence: Sentence?
  private let derivativeSentence: Sentence?

  /// Whether it is an operator of a user's own.
  package var isOfUser: Bool { cells == nil }

  /// An operator of a user's own.
  public init(_ name: String, formula: String? = nil, derivative: String? = nil) {
    self.name = name
    formulaSentence = formula.map(Sentence.init(stringLiteral:))
    derivativeSentence = derivative.map(Sentence.init(stringLiteral:))
    cells = nil
    reasons = DefectReasons()
    guide = nil
    caution = nil
    samples = []
  }

  /// An operator of the engine.
  init(
    _ name: String, _ formula: Sentence, _ derivative: Sentence? = nil, cells: CellRule,
    reasons: DefectReasons = DefectReasons(), guide: OperatorGuide? = nil,
    caution: (@Sendable (_ inputs: [Tensor]) -> Caution?)? = nil, samples: GradientSample...
  ) {
    self.name = name
    formulaSentence = formula
    derivativeSentence = derivative
    self.cells = cells
    self.reasons = reasons
    self.guide = guide
    self.caution = caution
    self.samples = samples
  }
}

/// Why an operator makes NaN, infinity or 0 of numbers that are none of these, as clauses of a sentence.
package struct DefectReasons: Sendable {
  /// Why its result is NaN.
  package var nan: String? { sentences.nan?.text }
  /// Why its result is infinite.
  package var infinite: String? { sentences.infinite?.text }
  /// Why its result is 0.
  package var zero: String? { sentences.zero?.text }
  /// Why a gradient that is not 0 comes out of its backward as 0.
  package var blocked: String? { sentences.blocked?.text }
  /// Why its derivative is infinite where its result is 0.
  package var steep: String? { sentences.steep?.text }

  private let sentences:
    (nan: Sentence?, infinite: Sentence?, zero: Sentence?, blocked: Sentence?, steep: Sentence?)

  /// Reasons where there is one to give.
  init(
    nan: Sentence? = nil, infinite: Sentence? = nil, zero: Sentence? = nil, blocked: Sentence? = nil,
    steep: Sentence? = nil
  ) {
    sentences = (nan, infinite, zero, blocked, steep)
  }

  /// Those of a sum of products.
  static let overflow = DefectReasons(
    nan: Sentence("products that overflow to inf and −inf add up to NaN"),
    infinite: Sentence("the sum of products is too large for the element type"))

  /// Those of an operator that selects some of its cells.
  static let selection = DefectReasons(
    blocked: Sentence("it passes gradient only to the cells that it selected"))
}
