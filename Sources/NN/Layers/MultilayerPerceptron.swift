import Autograd

/// The guide's network for any sizes: linear layers `fc1`, `fc2`, … with an activation between them, ReLU unless another is named.
///
/// **Shapes**: `[batch, sizes.first] → [batch, sizes.last]`.
public final class MultilayerPerceptron: Module {
  private let layers: [Linear]
  private let activation: Activation

  /// A network with layers between the given sizes: `[64, 128, 10]` has two.
  public init(
    sizes: [Int], activation: Activation = .relu, initialization: Initialization = .kaimingNormal,
    dtype: DType = .float32,
    generator: inout Generator
  ) {
    var layers: [Linear] = []
    for (inputFeatures, outputFeatures) in zip(sizes, sizes.dropFirst()) {
      layers.append(
        Linear(
          inputFeatures, outputFeatures, initialization: initialization, dtype: dtype, generator: &generator))
    }
    self.layers = layers
    self.activation = activation
  }

  /// The modules inside, by name.
  public var children: [Child] { layers.enumerated().map { ("fc\($0.offset + 1)", $0.element) } }

  /// The output for an input.
  public func forward(_ input: Tensor) throws -> Tensor {
    var x = input
    for layer in layers.dropLast() { x = try activation(layer(x)) }
    return try layers.last?(x) ?? x
  }
}
