import Autograd

/// A table with a row of learned features for each index.
///
/// **Shapes**: int64 `[...] → [..., features]`; weight `[entries, features]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html>
public final class Embedding: Layer {
  /// The table, `[entries, features]`.
  public let weight: Tensor

  /// A table drawn from a standard normal distribution.
  public init(_ entries: Int, _ features: Int, dtype: DType = .float32, generator: inout Generator) {
    weight = .filled([entries, features], 0, dtype, requiresGrad: true)
    weight.write { _ in generator.normal() }
  }

  /// The parameters, by name.
  public var ownParameters: [NamedParameter] { [("weight", weight)] }
  /// The options as PyTorch prints them.
  public var options: String { "\(weight.shape[0]), \(weight.shape[1])" }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try weight.embedding(input, file: location.fileID, line: location.lineNumber)
  }
}
