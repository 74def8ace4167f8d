import Autograd

/// An activation that can be chosen by name, as `--activation` does.
public enum Activation: String, Sendable, CaseIterable {
  case relu, tanh, sigmoid, gelu, silu

  /// The activation of each element.
  ///
  /// **Shapes**: any → the same.
  public func callAsFunction(
    _ input: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    switch self {
    case .relu: try input.relu(file: file, line: line)
    case .tanh: try input.tanh(file: file, line: line)
    case .sigmoid: try input.sigmoid(file: file, line: line)
    case .gelu: try input.gelu(file: file, line: line)
    case .silu: try input.silu(file: file, line: line)
    }
  }
}
