/// A differentiable operation: the forward computation with its derivative beside it.
///
/// The built-in operators conform; so may a user's own. Its options (a dimension, a factor) are its fields.
/// Source: <https://pytorch.org/docs/stable/notes/extending.html>
public protocol Operation {
  /// The operator's name in PyTorch, `matmul`.
  var name: String { get }

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

extension Operation {
  public var saved: SavedValues { [.inputs, .output] }
}

/// Which of a node's values its derivative reads.
public struct SavedValues: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Values given to the operator.
  public static let inputs = SavedValues(rawValue: 1)
  /// The value it computed.
  public static let output = SavedValues(rawValue: 2)
}

/// One call of an operator: where it stands in the user's source, and the context it runs in.
public struct Call {
  package let operatorName: String
  /// Where the user called the operator.
  public let location: SourceLocation
  package let context: ExecutionContext

  /// A contiguous tensor with undefined contents for a result.
  package func empty(_ shape: Shape, _ dtype: DType) -> Tensor {
    .empty(shape, dtype, pool: context.pool)
  }

  /// This tensor's values in row-major order.
  package func packed(_ tensor: Tensor) -> Tensor { tensor.packed(pool: context.pool) }

  /// The error for shapes that the operator cannot take.
  public func shapeError(_ inputs: [Tensor], expected: String) -> AutogradError {
    .shapes(operator: operatorName, shapes: inputs.map(\.shape), expected: expected, location: location)
  }

  /// The error for element types that the operator cannot take.
  public func typeError(_ inputs: [Tensor], expected: String) -> AutogradError {
    .types(operator: operatorName, types: inputs.map(\.dtype), expected: expected, location: location)
  }

  /// The error for an option out of its range.
  public func argumentError(_ name: String, _ got: some CustomStringConvertible, expected: String)
    -> AutogradError
  {
    .argument(
      operator: operatorName, name: name, got: got.description, expected: expected, location: location)
  }
}
