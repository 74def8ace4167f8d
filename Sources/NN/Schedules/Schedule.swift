import Autograd

/// Changes an optimizer's learning rate during training.
///
/// Each step starts from the current rate, so that a change by hand between steps stays in effect.
/// **Source**: <https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate>
public protocol Schedule: AnyObject {
  /// The name in PyTorch, `StepLR`.
  var name: String { get }
  /// How many steps there were.
  var stepCount: Int { get }
  /// After how many of its steps its plan changes the rate, or has come to its end: `step_size`, `T_max`; nil where it has no
  /// such number.
  var span: Int? { get }
  /// Whether its steps need a metric; otherwise they take any or none.
  var needsMetric: Bool { get }
  /// Begins anew where the optimizer's rate is now; called before the first step.
  func restart()
  /// Moves on by one step, most often an epoch, and sets the rate. `metric` is the number that a plateau is judged by.
  func step(metric: Double?)
  /// What it remembers, by name, for a keyframe.
  var state: [String: Double] { get }
  /// Takes over a saved state.
  func loadState(_ state: [String: Double])
}

extension Schedule {
  /// A schedule need not have a plan of so many steps.
  public var span: Int? { nil }
}

/// When an experiment's schedule moves on.
public enum ScheduleInterval: Sendable, Equatable {
  /// After each step; a plateau is judged by the loss of its batch.
  case step
  /// After each epoch; a plateau is judged by the loss on the validation data, or without them by the mean loss of the
  /// epoch's steps.
  case epoch
}

extension Schedule {
  /// It needs none.
  public var needsMetric: Bool { false }
  /// Nothing has to be known of the first rate.
  public func restart() {}
  /// Moves on by one step and sets the rate.
  public func step() { step(metric: nil) }
}

/// A schedule whose rate follows from the rate before it and the number of the step.
public final class ChainedSchedule: Schedule {
  /// The name in PyTorch.
  public let name: String
  /// How many steps there were.
  public private(set) var stepCount = 0
  /// After how many steps its plan changes the rate, or has come to its end.
  public let span: Int?
  private let optimizer: any Optimizer
  private var starts: [Double]
  private let first: Double
  private let next: @Sendable (_ rate: Double, _ step: Int, _ start: Double) -> Double

  init(
    _ name: String, _ optimizer: any Optimizer, first: Double = 1, span: Int? = nil,
    next: @escaping @Sendable (_ rate: Double, _ step: Int, _ start: Double) -> Double
  ) {
    self.name = name
    self.span = span
    self.optimizer = optimizer
    self.next = next
    self.first = first
    // A schedule made before this one may have lowered the rates already.
    starts = optimizer.initialLearningRates ?? optimizer.learningRates
    begin()
  }

  /// Begins anew where the optimizer's rate is now.
  public func restart() {
    starts = optimizer.learningRates
    begin()
  }

  private func begin() {
    optimizer.initialLearningRates = starts
    optimizer.learningRates = optimizer.learningRates.map { $0 * first }
  }

  /// Moves on by one step and sets the rate.
  public func step(metric: Double?) {
    stepCount += 1
    optimizer.learningRates = zip(optimizer.learningRates, starts).map { next($0, stepCount, $1) }
  }

  /// What it remembers, by name.
  public var state: [String: Double] { ["step": Double(stepCount)] }
  /// Takes over a saved state.
  public func loadState(_ state: [String: Double]) { stepCount = Int(exactly: state["step"] ?? 0) ?? 0 }
}
