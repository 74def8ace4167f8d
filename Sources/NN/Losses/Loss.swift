import Autograd

/// What a network is trained to make small: a scalar from its output and the targets.
public protocol Loss {
  /// The loss of an output.
  func callAsFunction(_ output: Tensor, _ target: Tensor, file: StaticString, line: UInt) throws -> Tensor
}
