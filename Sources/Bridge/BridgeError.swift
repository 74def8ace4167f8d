import Autograd
import Localization

/// What can be wrong with a reference made in PyTorch. Carries data only; ``description`` has the wording.
public enum BridgeError: Error, Equatable {
  /// The reference has no tensor of a name that is needed.
  case missing(String)
  /// A tensor's shape does not fit the others.
  case shape(name: String, got: Shape, expected: Shape)
  /// A label that is not the number of a class.
  case label(row: Int, value: Double)
}

extension BridgeError: CustomStringConvertible {
  /// The message: what, where, expected and got.
  public var description: String {
    switch self {
    case .missing(let name):
      localized(
        """
        The reference has no \(name). It needs inputs, each layer's weight and bias, and outputs; with labels \
        also the loss and the gradients as fc1.weight.grad.
        """)
    case .shape(let name, let got, let expected):
      localized("The reference's \(name) has shape \(got), but its other tensors require \(expected).")
    case .label(let row, let value):
      localized("The reference's labels have \(value) at [\(row)]; a label is the number of a class, from 0.")
    }
  }
}
