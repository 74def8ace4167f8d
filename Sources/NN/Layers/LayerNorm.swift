import Autograd

/// Each sample's features normalized to mean 0 and variance 1, then times weight plus bias.
///
/// **Shapes**: `[..., features] → [..., features]`; weight and bias `[features]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html>
public final class LayerNorm: Layer {
  /// The last dimensions, over which it normalises.
  public let normalizedShape: Shape
  /// What is added to the variance so that its root is never 0.
  public let epsilon: Double
  /// The factor of each feature; nil without affine parameters.
  public let weight: Tensor?
  /// What is added to each feature; nil without affine parameters.
  public let bias: Tensor?

  /// A layer over the last dimensions, whose factors start at 1 and offsets at 0.
  public init(_ normalizedShape: Shape, epsilon: Double = 1e-5, affine: Bool = true, dtype: DType = .float32)
  {
    self.normalizedShape = normalizedShape
    self.epsilon = epsilon
    weight = affine ? .filled(normalizedShape, 1, dtype, requiresGrad: true) : nil
    bias = affine ? .filled(normalizedShape, 0, dtype, requiresGrad: true) : nil
  }

  /// A layer over the last dimension alone, which has that many features.
  public convenience init(
    _ features: Int, epsilon: Double = 1e-5, affine: Bool = true, dtype: DType = .float32
  ) {
    self.init([features], epsilon: epsilon, affine: affine, dtype: dtype)
  }

  /// The parameters, by name.
  public var ownParameters: [NamedParameter] {
    (weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
  }

  /// The options as PyTorch prints them.
  public var options: String {
    let sizes = normalizedShape.map(String.init).joined(separator: ", ")
    let tuple = normalizedShape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
    return "\(tuple), eps=\(pythonText(epsilon)), elementwise_affine=\(pythonText(weight != nil)), "
      + "bias=\(pythonText(bias != nil))"
  }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.layerNorm(
      normalizedShape: normalizedShape, weight: weight, bias: bias, epsilon: epsilon, file: location.fileID,
      line: location.lineNumber)
  }
}
