/// What a breakpoint waits for: comparisons of quantities with numbers, joined by `and` and `or`.
public indirect enum Condition: Sendable, Equatable, Codable {
  /// A quantity compared with a number.
  case comparison(Quantity, Comparison, Double)
  /// A NaN in the value that has just been computed, of any node.
  case nan
  /// An infinite number in the value that has just been computed.
  case infinite
  case and(Condition, Condition)
  case or(Condition, Condition)

  /// How a quantity and a number are compared.
  public enum Comparison: String, Sendable, Equatable, CaseIterable, Codable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  /// A number of a run.
  public enum Quantity: Sendable, Equatable, Codable {
    /// The step, from 1.
    case step
    /// The epoch, from 1.
    case epoch
    /// The step's loss.
    case loss
    /// A measure of a tensor, `norm(fc1.weight.grad)`.
    case measure(Measure, of: TensorReference)
  }

  /// What is measured of a tensor.
  public enum Measure: String, Sendable, Equatable, CaseIterable, Codable {
    /// The Euclidean norm.
    case norm
    case min, max, mean
    /// The standard deviation over all values.
    case std
    /// The share of values that are exactly zero.
    case zeros
    /// How many values are NaN, and how many infinite.
    case nan, inf
    /// The share of units that are 0 for the whole batch, and of those that are at an end of tanh or sigmoid for more
    /// than half of it.
    case dead, saturated
    /// 1 where the mean magnitude of a gradient is below 1e-7, else 0.
    case vanishing
  }

  /// A node's value, or its gradient.
  public struct TensorReference: Sendable, Equatable, Hashable, Codable {
    /// The node's name.
    public var node: String
    /// `value` or `gradient`.
    public var view: TensorView

    /// A tensor by its node's name.
    public init(node: String, view: TensorView) {
      self.node = node
      self.view = view
    }
  }
}
