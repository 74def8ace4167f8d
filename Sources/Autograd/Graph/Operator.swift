/// A differentiable operator: the forward computation with its derivative beside it.
///
/// The built-in operators conform; so may a user's own. Its options (a dimension, a factor) are its fields.
///
/// ```swift
/// struct Halving: Operator {
///   static let halving = OperatorInfo("halving", formula: "y = x ÷ 2", derivative: "∂x = g ÷ 2")
///   var info: OperatorInfo { Halving.halving }
///   var saved: SavedValues { [] }
///   func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { try inputs[0] / 2 }
///   func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [try upstream / 2] }
/// }
/// ```
/// Source: <https://pytorch.org/docs/stable/notes/extending.html>
public protocol Operator {
  /// Its name and what else is known about it; asked for at every call, so made once.
  var info: OperatorInfo { get }

  /// Which values ``backward(_:of:in:)`` reads, so that a change in place is caught.
  var saved: SavedValues { get }

  /// Computes the output.
  ///
  /// - Throws: ``AutogradError`` if the inputs do not fit; ``Call`` makes such errors.
  mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor

  /// The gradient of each input from `upstream`, the gradient of the output: the chain rule.
  ///
  /// nil for an input that has no gradient. `node` has the inputs, the output, and which inputs need one.
  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?]
}

extension Operator {
  /// The operator's name in PyTorch, `matmul`.
  public var name: String { info.name }

  /// The inputs and the output.
  public var saved: SavedValues { [.inputs, .output] }
}

/// Which of a node's values its derivative reads.
public struct SavedValues: OptionSet, Sendable {
  /// One bit for each value.
  public let rawValue: Int
  /// The values that have their bit in `rawValue`.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Values given to the operator.
  public static let inputs = SavedValues(rawValue: 1)
  /// The value it computed.
  public static let output = SavedValues(rawValue: 2)
}

/// One call of an operator: its place in the user's source, and the context it runs in.
public struct Call {
  private let info: OperatorInfo
  /// Where the user called the operator.
  public let location: SourceLocation
  package let context: ExecutionContext

  /// A call of the operator that `info` describes.
  package init(
    _ info: OperatorInfo, at location: SourceLocation, in context: ExecutionContext = .current
  ) {
    self.info = info
    self.location = location
    self.context = context
  }

  /// A contiguous tensor with undefined contents for a result.
  package func empty(_ shape: Shape, _ dtype: DType) -> Tensor {
    .empty(shape, dtype, pool: context.pool)
  }

  /// This tensor's values in row-major order.
  package func packed(_ tensor: Tensor) -> Tensor { tensor.packed(pool: context.pool) }

  /// The error for shapes that the operator cannot take.
  public func shapeError(_ inputs: [Tensor], expected: String) -> AutogradError {
    context.observer?.willRefuse(inputs, info, at: location)
    return .shapes(operator: info.name, shapes: inputs.map(\.shape), expected: expected, location: location)
  }

  /// The error for element types that the operator cannot take.
  public func typeError(_ inputs: [Tensor], expected: String) -> AutogradError {
    context.observer?.willRefuse(inputs, info, at: location)
    return .types(operator: info.name, types: inputs.map(\.dtype), expected: expected, location: location)
  }

  /// The error for a label or an index out of its range, by its place in row-major order.
  func elementError(
    _ name: String, _ got: Int, at place: Int, in shape: Shape, expected: String
  ) -> AutogradError {
    .element(
      operator: info.name, name: name, got: got, index: shape.index(of: place), shape: shape,
      expected: expected, location: location)
  }

  /// The error for an option out of its range.
  public func argumentError(_ name: String, _ got: some CustomStringConvertible, expected: String)
    -> AutogradError
  {
    .argument(
      operator: info.name, name: name, got: got.description, expected: expected, location: location)
  }
}
