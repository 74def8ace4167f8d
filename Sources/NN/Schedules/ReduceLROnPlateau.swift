/// The rate times a factor when a metric has stopped falling for some steps.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html>
public final class ReduceLROnPlateau: Schedule {
  /// Which way a metric gets better.
  public enum Mode: String, Sendable {
    case min, max
  }

  /// What an improvement is measured by.
  public enum ThresholdMode: String, Sendable {
    /// The share of the best metric so far.
    case rel
    /// The difference from it.
    case abs
  }

  /// The name in PyTorch.
  public let name = "ReduceLROnPlateau"
  /// It needs one.
  public var needsMetric: Bool { true }
  /// How many steps there were.
  public private(set) var stepCount = 0
  private let optimizer: any Optimizer
  private let mode: Mode
  private let factor: Double
  private let patience: Int
  private let threshold: Double
  private let thresholdMode: ThresholdMode
  private let cooldown: Int
  private let minimum: Double
  private var best: Double
  private var badSteps = 0
  private var restingSteps = 0

  /// A schedule that waits `patience` steps without an improvement of `threshold`.
  public init(
    _ optimizer: any Optimizer, mode: Mode = .min, factor: Double = 0.1, patience: Int = 10,
    threshold: Double = 1e-4, thresholdMode: ThresholdMode = .rel, cooldown: Int = 0, minimum: Double = 0
  ) {
    self.optimizer = optimizer
    self.mode = mode
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.thresholdMode = thresholdMode
    self.cooldown = cooldown
    self.minimum = minimum
    best = mode == .min ? .infinity : -.infinity
  }

  /// Moves on by one step and sets the rate.
  public func step(metric: Double?) {
    stepCount += 1
    guard let metric else { return }
    if isBetter(metric) {
      best = metric
      badSteps = 0
    } else {
      badSteps += 1
    }
    if restingSteps > 0 {
      restingSteps -= 1
      badSteps = 0
    }
    guard badSteps > patience else { return }
    optimizer.learningRates = optimizer.learningRates.map { rate in
      let reduced = Swift.max(rate * factor, minimum)
      return rate - reduced > 1e-8 ? reduced : rate
    }
    restingSteps = cooldown
    badSteps = 0
  }

  private func isBetter(_ metric: Double) -> Bool {
    switch (mode, thresholdMode) {
    case (.min, .rel): metric < best * (1 - threshold)
    case (.max, .rel): metric > best * (1 + threshold)
    case (.min, .abs): metric < best - threshold
    case (.max, .abs): metric > best + threshold
    }
  }

  /// What it remembers, by name.
  public var state: [String: Double] {
    [
      "step": Double(stepCount), "best": best, "bad_steps": Double(badSteps),
      "resting_steps": Double(restingSteps),
    ]
  }

  /// Takes over a saved state.
  public func loadState(_ state: [String: Double]) {
    stepCount = Int(exactly: state["step"] ?? 0) ?? 0
    best = state["best"] ?? (mode == .min ? .infinity : -.infinity)
    badSteps = Int(exactly: state["bad_steps"] ?? 0) ?? 0
    restingSteps = Int(exactly: state["resting_steps"] ?? 0) ?? 0
  }
}
