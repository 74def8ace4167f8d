import Arrays
import Autograd

/// How much two implementations of a network differ, quantity by quantity.
public struct VerificationReport: Equatable, Sendable {
  /// A known reason for a difference.
  public enum Cause: String, Sendable {
    /// The hand-written loss is −ln(p + 10⁻⁸), the engine's −ln p.
    case addendInLogarithm
  }

  /// One quantity compared with its counterpart.
  public struct Row: Equatable, Sendable {
    /// What was compared: `outputs`, `gradient of fc1.weight`.
    public let quantity: String
    /// The element type that was computed in; of a reference, that of its numbers.
    public let precision: ElementType
    /// The greatest difference of any element; NaN if one is.
    public let greatestDifference: Double
    /// The greatest difference that still passes.
    public let tolerance: Double
    /// Why the two are not equal but for rounding; nil where they should be.
    public let cause: Cause?

    /// A comparison and its outcome.
    public init(
      quantity: String, precision: ElementType, greatestDifference: Double, tolerance: Double,
      cause: Cause? = nil
    ) {
      self.cause = cause
      self.quantity = quantity
      self.precision = precision
      self.greatestDifference = greatestDifference
      self.tolerance = tolerance
    }

    /// Whether the difference is within the tolerance; NaN never is.
    public var passed: Bool { greatestDifference <= tolerance }
  }

  /// The comparisons in the order they were made.
  public internal(set) var rows: [Row]
  /// The layers of a network that was found by its shapes, from the inputs to the outputs; empty where they were known.
  public internal(set) var layers: [String] = []
  /// The function between the layers of a reference, or `none`; nil where there is nothing between layers.
  public internal(set) var activation: String?
  /// Whether nothing in the reference says or shows that this is its activation.
  public internal(set) var isActivationAssumed = false
  /// What could have been compared, had the reference it.
  public internal(set) var notCompared: [String] = []
  /// Whether a reference has labels, without which there are no loss and no gradients.
  public internal(set) var hasLabels = true
  /// The tensors of a reference that are not part of the comparison.
  public internal(set) var unused: [String] = []

  /// A report of comparisons, by default none.
  public init(rows: [Row] = []) { self.rows = rows }

  /// Whether there are rows and every one passed.
  public var passed: Bool { !rows.isEmpty && rows.allSatisfy(\.passed) }

  /// The first row that did not pass.
  public var firstFailure: Row? { rows.first { !$0.passed } }

  /// Adds the comparison of two lists of numbers; lists of different lengths never pass.
  mutating func compare(
    _ quantity: String, _ got: [Double], _ expected: [Double], _ precision: ElementType, tolerance: Double,
    cause: Cause? = nil
  ) {
    var greatest = got.count == expected.count ? 0.0 : Double.nan
    for (value, wanted) in zip(got, expected) {
      let difference = value == wanted ? 0 : abs(value - wanted)
      if difference > greatest || difference.isNaN { greatest = difference }
      if greatest.isNaN { break }
    }
    rows.append(
      Row(
        quantity: quantity, precision: precision, greatestDifference: greatest, tolerance: tolerance,
        cause: cause))
  }
}
