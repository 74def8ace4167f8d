import Autograd
import Localization
import NN

/// What can be wrong with a reference made in PyTorch. Carries data only; ``description`` has the wording.
public enum BridgeError: Error, Equatable {
  /// The reference has no tensor of a name that is needed.
  case missing(String)
  /// A tensor's shape does not fit the others.
  case shape(name: String, got: Shape, expected: Shape)
  /// A label that is not the number of a class.
  case label(row: Int, value: Double)
  /// A label of a class that the outputs do not have.
  case labelAbove(row: Int, value: Double, classes: Int)
  /// A tensor that is needed, of a type that cannot be read.
  case elementType(name: String, got: String)
  /// An activation that is not known.
  case activation(String)
  /// A layer that cannot be computed.
  case layer(name: String, tensor: String, shape: Shape, kind: OtherLayer)

  /// The kinds of layers that are recognised, but not computed.
  public enum OtherLayer: Equatable, Sendable {
    /// A weight of three dimensions and more.
    case convolution
    /// A running mean beside the weight.
    case batchNorm
    /// A weight of one dimension.
    case normalization
    /// An LSTM, GRU or plain RNN.
    case recurrent
    /// A projection of queries, keys and values.
    case attention

    /// What a sentence calls it.
    var words: String {
      switch self {
      case .convolution: localized("a convolution")
      case .batchNorm: localized("batch normalization")
      case .normalization: localized("a normalization, or another layer with one number a feature")
      case .recurrent: localized("a recurrent layer")
      case .attention: localized("attention")
      }
    }
  }
}

extension BridgeError: CustomStringConvertible {
  /// The message: what, where, expected, got and what to do.
  public var description: String {
    switch self {
    case .missing(let name):
      localized(
        """
        The reference has no \(name). It needs inputs, each layer's weight and bias, and outputs; with labels \
        also the loss and the gradients as fc1.weight.grad.
        """)
    case .shape(let name, let got, let expected):
      localized(
        """
        The reference's \(name) has shape \(got), but its other tensors require \(expected). Save all of them from one \
        network, at one step.
        """)
    case .label(let row, let value):
      localized(
        """
        The reference's labels have \(value) at [\(row)]; a label is the number of a class, from 0. Save them as \
        torch.int64.
        """)
    case .labelAbove(let row, let value, let classes):
      localized(
        """
        The reference's labels have \(Int(value)) at [\(row)], but its outputs have \(classes) classes; a label is the \
        number of a class, from 0 to \(classes - 1).
        """)
    case .elementType(let name, let got):
      localized(
        """
        The reference's \(name) is of type \(got), which cannot be read. Convert it before saving: \
        tensor.to(torch.float32).
        """)
    case .activation(let name):
      localized(
        """
        The reference's metadata says the activation \(name); expected one of \
        \(Activation.allCases.map(\.rawValue).joined(separator: ", ")) or none.
        """)
    case .layer(let name, let tensor, let shape, let kind):
      localized(
        """
        The reference's \(tensor) has shape \(shape): \(name) is \(kind.words). Only linear layers with an activation \
        between them can be compared: save the linear part of the network, with what goes in as inputs and what \
        comes out as outputs.
        """)
    }
  }
}
