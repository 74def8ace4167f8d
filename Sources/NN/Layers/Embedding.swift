import Autograd

/// A table with a row of learned features for each index.
///
/// **Shapes**: int64 `[...] → [..., features]`; weight `[entries, features]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html>
public final class Embedding: Layer {
  /// The table, `[entries, features]`.
  public let weight: Tensor

  /// The row that stands for no entry: it starts at 0 and gets no gradient.
  public let paddingIndex: Int?

  /// A table drawn from a standard normal distribution.
  public init(
    _ entries: Int, _ features: Int, paddingIndex: Int? = nil, dtype: DType = .float32,
    generator: inout Generator
  ) {
    self.paddingIndex = paddingIndex.map { $0 < 0 ? $0 &+ entries : $0 }
    weight = .filled([entries, features], 0, dtype, requiresGrad: true)
    let padding = self.paddingIndex
    weight.write { place in
      let value = generator.normal()
      return place / features == padding ? 0 : value
    }
  }

  /// The parameters, by name.
  public var ownParameters: [NamedParameter] { [("weight", weight)] }
  /// The options as PyTorch prints them.
  public var options: String {
    "\(weight.shape[0]), \(weight.shape[1])" + (paddingIndex.map { ", padding_idx=\($0)" } ?? "")
  }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try weight.embedding(input, paddingIndex: paddingIndex, file: location.fileID, line: location.lineNumber)
  }
}
