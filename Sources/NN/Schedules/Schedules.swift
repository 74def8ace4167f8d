import Autograd

extension Schedule where Self == ChainedSchedule {
  /// The rate times `gamma` every `stepSize` steps.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html>
  public static func stepLR(_ optimizer: any Optimizer, stepSize: Int, gamma: Double = 0.1) -> Self {
    ChainedSchedule("StepLR", optimizer, span: stepSize) { rate, step, _ in
      stepSize > 0 && step.isMultiple(of: stepSize) ? rate * gamma : rate
    }
  }

  /// The rate times `gamma` every step.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html>
  public static func exponentialLR(_ optimizer: any Optimizer, gamma: Double) -> Self {
    ChainedSchedule("ExponentialLR", optimizer) { rate, _, _ in rate * gamma }
  }

  /// The rate along half a cosine from its start down to `minimum` in `period` steps, and up again.
  ///
  /// ηₜ = minimum + (η₀ − minimum)·(1 + cos(π·t ÷ period)) ÷ 2.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html>
  public static func cosineAnnealingLR(
    _ optimizer: any Optimizer, period: Int, minimum: Double = 0
  ) -> Self {
    let span = max(period, 1)
    let period = Double(span)
    return ChainedSchedule("CosineAnnealingLR", optimizer, span: span) { rate, step, start in
      let turn = Int(2 * period)
      if (step - 1 - Int(period)) % turn == 0 {
        return rate + (start - minimum) * (1 - Double.cos(.pi / period)) / 2
      }
      let (now, before) = (
        Double.cos(.pi * Double(step) / period), Double.cos(.pi * Double(step - 1) / period)
      )
      return (1 + now) / (1 + before) * (rate - minimum) + minimum
    }
  }

  /// The rate from `startFactor` to `endFactor` times its start, evenly over `period` steps: a warm-up.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html>
  public static func linearLR(
    _ optimizer: any Optimizer, startFactor: Double = 1.0 / 3, endFactor: Double = 1, period: Int = 5
  ) -> Self {
    let total = Double(period)
    return ChainedSchedule("LinearLR", optimizer, first: startFactor, span: period) { rate, step, _ in
      guard step <= period else { return rate }
      let climb = endFactor - startFactor
      return rate * (1 + climb / (total * startFactor + Double(step - 1) * climb))
    }
  }
}
