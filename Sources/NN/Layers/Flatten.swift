import Autograd

/// Several dimensions as one; the batch dimension stays.
///
/// **Shapes**: `[batch, a, b] → [batch, a·b]`.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html>
public final class Flatten: Layer {
  /// The first dimension that is joined.
  public let startDim: Int
  /// The last dimension that is joined.
  public let endDim: Int

  /// The layer for the dimensions from `startDim` to `endDim`, both included.
  public init(startDim: Int = 1, endDim: Int = -1) {
    self.startDim = startDim
    self.endDim = endDim
  }

  /// The options as PyTorch prints them.
  public var options: String { "start_dim=\(startDim), end_dim=\(endDim)" }

  /// The output for a call at `location`.
  public func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try input.flatten(startDim: startDim, endDim: endDim, file: location.fileID, line: location.lineNumber)
  }
}
