/// The parts of one training step, in their order.
public enum Phase: Int, Sendable, CaseIterable, Comparable, Codable {
  /// The samples are gathered.
  case batch
  /// The model computes its output.
  case forward
  /// The output is compared with the targets.
  case loss
  /// Gradients flow back to the parameters.
  case backward
  /// The optimizer changes the parameters.
  case update

  /// Whether one phase comes before another.
  public static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }

  /// The phase in lower case, as screens show it.
  public var name: String { String(describing: self) }

  /// The number of letters in the longest name.
  package static let longestName = 8
}
