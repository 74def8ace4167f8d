import Localization

extension OperatorInfo {
  /// Whether two elements are equal.
  package static let eq = OperatorInfo("eq", Sentence("y = whether a = b"), cells: .comparison)
  /// Whether two elements differ.
  package static let ne = OperatorInfo("ne", Sentence("y = whether a ≠ b"), cells: .comparison)
  /// Whether an element is below another.
  package static let lt = OperatorInfo("lt", Sentence("y = whether a < b"), cells: .comparison)
  /// Whether an element is at most another.
  package static let le = OperatorInfo("le", Sentence("y = whether a ≤ b"), cells: .comparison)
  /// Whether an element is above another.
  package static let gt = OperatorInfo("gt", Sentence("y = whether a > b"), cells: .comparison)
  /// Whether an element is at least another.
  package static let ge = OperatorInfo("ge", Sentence("y = whether a ≥ b"), cells: .comparison)
}

/// A comparison of each pair of elements, with a boolean for its result; it has no gradient.
struct Comparison: Operator {
  /// Which comparison, under its name in PyTorch.
  enum Relation {
    case eq, ne, lt, le, gt, ge

    @inline(__always)
    func holds<S: Comparable>(_ a: S, _ b: S) -> Bool {
      switch self {
      case .eq: a == b
      case .ne: a != b
      case .lt: a < b
      case .le: a <= b
      case .gt: a > b
      case .ge: a >= b
      }
    }
  }

  let relation: Relation
  var info: OperatorInfo {
    switch relation {
    case .eq: .eq
    case .ne: .ne
    case .lt: .lt
    case .le: .le
    case .gt: .gt
    case .ge: .ge
    }
  }
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let shape = try call.broadcast(inputs[0].shape, inputs[1].shape, .bool, inputs)
    let pool = call.context.pool
    let promoted = DType.promoting(inputs[0], inputs[1])
    let dtype = promoted == .bool ? .int64 : promoted
    let a = Kernels.convert(inputs[0], to: dtype, pool: pool)
    let b = Kernels.convert(inputs[1], to: dtype, pool: pool)
    let result = Tensor.empty(shape, .bool, pool: pool)
    switch dtype {
    case .float32: Kernels.zip(a, b, result, Float.self) { relation.holds($0, $1) }
    case .float64: Kernels.zip(a, b, result, Double.self) { relation.holds($0, $1) }
    case .int64, .bool: Kernels.zip(a, b, result, Int64.self) { relation.holds($0, $1) }
    }
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [nil, nil] }
}

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence

extension Tensor {
  private func compare(_ relation: Comparison.Relation, _ other: Tensor, _ location: SourceLocation) throws
    -> Tensor
  {
    try apply(Comparison(relation: relation), to: [self, other], at: location)
  }

  /// Whether each pair of elements is equal.
  ///
  /// **Shapes**: two that broadcast → the broadcast shape, of booleans.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.eq.html>
  public func eq(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.eq, other, SourceLocation(file: file, line: line))
  }

  /// Whether each pair of elements differs; as ``eq(_:file:line:)`` in shapes.
  public func ne(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.ne, other, SourceLocation(file: file, line: line))
  }

  /// Whether each element is below its partner; as ``eq(_:file:line:)`` in shapes.
  public func lt(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.lt, other, SourceLocation(file: file, line: line))
  }

  /// Whether each element is at most its partner; as ``eq(_:file:line:)`` in shapes.
  public func le(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.le, other, SourceLocation(file: file, line: line))
  }

  /// Whether each element is above its partner; as ``eq(_:file:line:)`` in shapes.
  public func gt(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.gt, other, SourceLocation(file: file, line: line))
  }

  /// Whether each element is at least its partner; as ``eq(_:file:line:)`` in shapes.
  public func ge(_ other: Tensor, file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try compare(.ge, other, SourceLocation(file: file, line: line))
  }

  /// Whether each pair of elements is equal.
  public static func .== (left: Tensor, right: Tensor) throws -> Tensor { try left.eq(right) }
  /// Whether each pair of elements differs.
  public static func .!= (left: Tensor, right: Tensor) throws -> Tensor { try left.ne(right) }
  /// Whether each element is below its partner.
  public static func .< (left: Tensor, right: Tensor) throws -> Tensor { try left.lt(right) }
  /// Whether each element is at most its partner.
  public static func .<= (left: Tensor, right: Tensor) throws -> Tensor { try left.le(right) }
  /// Whether each element is above its partner.
  public static func .> (left: Tensor, right: Tensor) throws -> Tensor { try left.gt(right) }
  /// Whether each element is at least its partner.
  public static func .>= (left: Tensor, right: Tensor) throws -> Tensor { try left.ge(right) }
  /// Whether each element equals a number.
  public static func .== (left: Tensor, right: Double) throws -> Tensor { try left.eq(left.scalar(right)) }
  /// Whether each element differs from a number.
  public static func .!= (left: Tensor, right: Double) throws -> Tensor { try left.ne(left.scalar(right)) }
  /// Whether each element is below a number.
  public static func .< (left: Tensor, right: Double) throws -> Tensor { try left.lt(left.scalar(right)) }
  /// Whether each element is at most a number.
  public static func .<= (left: Tensor, right: Double) throws -> Tensor { try left.le(left.scalar(right)) }
  /// Whether each element is above a number.
  public static func .> (left: Tensor, right: Double) throws -> Tensor { try left.gt(left.scalar(right)) }
  /// Whether each element is at least a number.
  public static func .>= (left: Tensor, right: Double) throws -> Tensor { try left.ge(left.scalar(right)) }
  /// Whether each element equals a whole number; exact for whole numbers.
  public static func .== (left: Tensor, right: Int) throws -> Tensor { try left.eq(left.scalar(right)) }
  /// Whether each element differs from a whole number.
  public static func .!= (left: Tensor, right: Int) throws -> Tensor { try left.ne(left.scalar(right)) }
  /// Whether each element is below a whole number.
  public static func .< (left: Tensor, right: Int) throws -> Tensor { try left.lt(left.scalar(right)) }
  /// Whether each element is at most a whole number.
  public static func .<= (left: Tensor, right: Int) throws -> Tensor { try left.le(left.scalar(right)) }
  /// Whether each element is above a whole number.
  public static func .> (left: Tensor, right: Int) throws -> Tensor { try left.gt(left.scalar(right)) }
  /// Whether each element is at least a whole number.
  public static func .>= (left: Tensor, right: Int) throws -> Tensor { try left.ge(left.scalar(right)) }
}

extension CellRule {
  /// A comparison, which has no gradient.
  static let comparison = CellRule { call, cell in CellOperands(.mixture, sources(call, cell)) }
}

extension Comparison: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let (relation, sign) = (relation, relation.sign)
    return .call(
      CellFunction("[%1 \(sign) %2]") { relation.holds($0[0], $0[1]) ? 1 : 0 },
      CellRule.sources(call, cell).map { .cell($0) })
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? { nil }
}

extension Comparison.Relation {
  /// The sign between the two sides.
  fileprivate var sign: String {
    switch self {
    case .eq: "="
    case .ne: "≠"
    case .lt: "<"
    case .le: "≤"
    case .gt: ">"
    case .ge: "≥"
    }
  }
}
