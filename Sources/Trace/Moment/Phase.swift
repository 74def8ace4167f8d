/// The parts of one training step, in their order.
///
/// The raw values are those of the file format.
public enum Phase: Int, Sendable, CaseIterable, Comparable, Codable {
  /// The samples are gathered.
  case batch = 0
  /// The gradients of the step before are set to zero.
  case zeroGrad = 5
  /// The model computes its output.
  case forward = 1
  /// The output is compared with the targets.
  case loss = 2
  /// Gradients flow back to the parameters.
  case backward = 3
  /// The optimizer changes the parameters.
  case update = 4

  /// Whether one phase comes before another.
  public static func < (left: Phase, right: Phase) -> Bool { left.place < right.place }

  /// Its place in a step.
  private var place: Int {
    switch self {
    case .batch: 0
    case .zeroGrad: 1
    case .forward: 2
    case .loss: 3
    case .backward: 4
    case .update: 5
    }
  }

  /// The phase in lower case, as screens show it.
  public var name: String { self == .zeroGrad ? "zero_grad" : String(describing: self) }

  /// The width of a field for most names; `zero_grad` is one letter longer.
  package static let longestName = 8
}
