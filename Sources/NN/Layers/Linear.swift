import Autograd

/// A fully connected layer: y = x · weightᵀ + bias.
///
/// **Shapes**: `[..., in] → [..., out]`; weight `[out, in]`, bias `[out]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Linear.html>
public final class Linear: Layer {
  /// The weights, `[out, in]`.
  public let weight: Tensor
  /// What is added to each output, `[out]`; nil without bias.
  public let bias: Tensor?

  /// A layer whose parameters are drawn from `generator`.
  ///
  /// PyTorch's default draws weight and bias evenly from ±1 ÷ √in; the named initializations draw the weight
  /// and leave the bias at zero.
  public init(
    _ inputFeatures: Int, _ outputFeatures: Int, bias: Bool = true,
    initialization: Initialization = .standard, dtype: DType = .float32, generator: inout Generator
  ) {
    weight = initialization.weight([outputFeatures, inputFeatures], dtype: dtype, generator: &generator)
    self.bias =
      bias
      ? initialization.bias(outputFeatures, fanIn: inputFeatures, dtype: dtype, generator: &generator) : nil
  }

  /// The parameters, by name.
  public var ownParameters: [NamedParameter] {
    [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
  }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try apply(LinearOperator(), to: bias.map { [input, weight, $0] } ?? [input, weight], at: location)
  }

  /// The options as PyTorch prints them.
  public var options: String {
    "in_features=\(weight.shape[1]), out_features=\(weight.shape[0]), bias=\(pythonText(bias != nil))"
  }
}
