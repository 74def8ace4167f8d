import Autograd

/// In training each element 0 with probability p, the rest times 1 ÷ (1 − p); else the input itself.
///
/// The numbers come from the run's ``RandomStreams``: a step that is run again drops the same elements.
/// **Shapes**: any → the same. **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html>
public final class Dropout: Layer {
  /// The probability of an element to be dropped.
  public let p: Double
  /// Whether elements are dropped.
  public private(set) var isTraining = true

  /// The layer with the probability of an element to be dropped.
  public init(p: Double = 0.5) { self.p = p }

  /// The options as PyTorch prints them.
  public var options: String { "p=\(p), inplace=False" }
  /// Switches between training and evaluation.
  public func setTraining(_ isTraining: Bool) { self.isTraining = isTraining }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.dropout(p: p, training: isTraining, file: location.fileID, line: location.lineNumber)
  }
}
