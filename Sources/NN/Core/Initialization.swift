import Autograd

/// How a layer's parameters are drawn at the start.
///
/// **Source**: <https://pytorch.org/docs/stable/nn.init.html>
public enum Initialization: String, Sendable, CaseIterable {
  /// PyTorch's default for `nn.Linear`: evenly from ±1 ÷ √fanIn, the bias too.
  case standard
  /// He's, normal: standard deviation √(2 ÷ fanIn).
  case kaimingNormal
  /// He's, even: ±√(6 ÷ fanIn).
  case kaimingUniform
  /// Glorot's, normal: standard deviation √(2 ÷ (fanIn + fanOut)).
  case xavierNormal
  /// Glorot's, even: ±√(6 ÷ (fanIn + fanOut)).
  case xavierUniform
  /// All zeros.
  case zeros

  /// Weights of shape `[fanOut, fanIn]`, requiring a gradient.
  public func weight(_ shape: Shape, dtype: DType, generator: inout Generator) -> Tensor {
    let (fanOut, fanIn) = (Double(shape[0]), Double(shape[1]))
    switch self {
    case .standard:
      return uniform(shape, bound: 1 / max(fanIn, 1).squareRoot(), dtype, &generator)
    case .kaimingNormal:
      return normal(shape, deviation: (2 / max(fanIn, 1)).squareRoot(), dtype, &generator)
    case .kaimingUniform:
      return uniform(shape, bound: (6 / max(fanIn, 1)).squareRoot(), dtype, &generator)
    case .xavierNormal:
      return normal(shape, deviation: (2 / max(fanIn + fanOut, 1)).squareRoot(), dtype, &generator)
    case .xavierUniform:
      return uniform(shape, bound: (6 / max(fanIn + fanOut, 1)).squareRoot(), dtype, &generator)
    case .zeros:
      return .filled(shape, 0, dtype, requiresGrad: true)
    }
  }

  /// A bias of `count` values, requiring a gradient.
  public func bias(_ count: Int, fanIn: Int, dtype: DType, generator: inout Generator) -> Tensor {
    guard self == .standard else { return .filled([count], 0, dtype, requiresGrad: true) }
    return uniform([count], bound: 1 / Double(max(fanIn, 1)).squareRoot(), dtype, &generator)
  }

  private func uniform(_ shape: Shape, bound: Double, _ dtype: DType, _ generator: inout Generator) -> Tensor
  {
    let result = Tensor.filled(shape, 0, dtype)
    result.write { _ in (2 * generator.uniform() - 1) * bound }
    return result.requiringGrad()
  }

  private func normal(_ shape: Shape, deviation: Double, _ dtype: DType, _ generator: inout Generator)
    -> Tensor
  {
    let result = Tensor.filled(shape, 0, dtype)
    result.write { _ in generator.normal() * deviation }
    return result.requiringGrad()
  }
}
