/// Which operators are activation functions, by the names that nodes carry: the engine's, and PyTorch's others.
///
/// Each computes a number from one number, and keeps the samples apart. What is special about some of them, such as where they
/// saturate, is known where it is needed.
package enum ActivationNames {
  /// All of them.
  package static let all: Set<String> = [
    "celu", "elu", "gelu", "hardtanh", "leaky_relu", "mish", "prelu", "relu", "relu6", "selu", "sigmoid",
    "silu", "softplus", "tanh",
  ]
}
