import Autograd

/// max(0, x) for each element.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html>
public final class ReLU: Layer {
  /// The layer; it has no options.
  public init() {}

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.relu(file: location.fileID, line: location.lineNumber)
  }
}

/// 1 ÷ (1 + e⁻ˣ) for each element.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html>
public final class Sigmoid: Layer {
  /// The layer; it has no options.
  public init() {}

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.sigmoid(file: location.fileID, line: location.lineNumber)
  }
}

/// The hyperbolic tangent of each element.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html>
public final class Tanh: Layer {
  /// The layer; it has no options.
  public init() {}

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.tanh(file: location.fileID, line: location.lineNumber)
  }
}

/// x·Φ(x) for each element, with Φ the normal distribution.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.GELU.html>
public final class GELU: Layer {
  /// How the distribution is computed.
  public let approximate: GELUApproximation

  /// The layer with a way to compute the distribution, the exact one by default.
  public init(approximate: GELUApproximation = .none) { self.approximate = approximate }

  /// The options as PyTorch prints them.
  public var options: String { "approximate='\(approximate.rawValue)'" }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.gelu(approximate: approximate, file: location.fileID, line: location.lineNumber)
  }
}

/// x where it is positive, else a small multiple of it.
///
/// **Shapes**: any → the same.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html>
public final class LeakyReLU: Layer {
  /// What negative elements are multiplied by.
  public let negativeSlope: Double

  /// The layer with the slope below 0.
  public init(negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }

  /// The options as PyTorch prints them.
  public var options: String { "negative_slope=\(negativeSlope)" }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.leakyReLU(negativeSlope: negativeSlope, file: location.fileID, line: location.lineNumber)
  }
}

/// Softmax along a dimension; for a classifier's output, not before ``CrossEntropyLoss``.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html>
public final class Softmax: Layer {
  /// The dimension that adds up to 1.
  public let dim: Int

  /// The layer along a dimension.
  public init(dim: Int) { self.dim = dim }

  /// The options as PyTorch prints them.
  public var options: String { "dim=\(dim)" }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.softmax(dim: dim, file: location.fileID, line: location.lineNumber)
  }
}

/// x·σ(x) for each element.
///
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html>
public final class SiLU: Layer {
  /// The layer; it has no options.
  public init() {}

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.silu(file: location.fileID, line: location.lineNumber)
  }
}
