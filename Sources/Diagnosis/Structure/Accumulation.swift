import Localization
import Trace

extension Rule {
  /// Gradients accumulated over batches, whose losses are means that nobody divided.
  static let accumulation = Rule(
    "accumulation", .structure, summary: { localized("mean losses of several batches that are summed") },
    judge: { _ in Accumulation() })
}

/// Looks for steps with several backward passes of one line over different batches.
///
/// Passes of different lines are different losses, as those of a GAN, and so are passes to different parameters, as those of several
/// tasks. Optimizers that divide by the gradient's size do not
/// notice its factor, so that only SGD is judged. An incomplete last group weighs less than it should, but does no harm.
private struct Accumulation: Judge {
  /// How many steps in a row accumulated so.
  private var count = 0

  mutating func findings(in step: StepFacts, of run: RunFacts) -> [Finding] {
    guard run.optimizer == "SGD", let calls = step.calls,
      calls.optimizerSteps > 0
    else { return [] }
    count = Accumulation.addsMeans(calls) ? count + 1 : 0
    guard count >= 2, let backward = calls.backwards.first else { return [] }
    let passes = calls.backwards.count
    return [
      Finding(
        rule: Rule.accumulation.name, severity: .warning,
        what: localized("the gradients of \(passes) batches are summed, not averaged"),
        evidence: [localized("each of the \(passes) losses is a mean over its batch, and none was divided")],
        cause: localized(
          "The gradient is \(passes) times that of one batch of all samples, as if the learning rate were \(passes) times as high."
        ),
        remedy: [
          localized("Divide each loss: (loss / \(passes)).backward()."),
          localized("Or divide the learning rate by \(passes)."),
        ], location: backward.location ?? calls.optimizerLocation, position: .end(of: step.step))
    ]
  }

  private static func addsMeans(_ calls: CallFacts) -> Bool {
    let passes = calls.backwards
    guard passes.count > 1, calls.zeroGrads < passes.count, let line = passes[0].location else {
      return false
    }
    return passes.allSatisfy {
      $0.location == line && $0.isMean && !$0.isScaled && !$0.sharesBatch && !$0.hasOtherParameters
        && $0.samples != nil
    }
  }
}
