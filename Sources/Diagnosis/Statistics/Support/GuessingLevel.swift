import Foundation
import Trace

/// The loss of guessing: of one who knows how often each target occurs, and does not look at the inputs.
struct GuessingLevel {
  /// How slowly the means follow: the last twenty steps that were looked at.
  private static var pace: Double { 0.1 }
  /// From how many on they are compared.
  private static var least: Double { 10 }

  /// The node of the loss, where backward begins at it.
  private(set) var node: ComputationGraph.Node?
  private var counts: [Int] = []
  private var looks = 0.0
  private var sum = 0.0
  /// The recent means of the loss, and of that of guessing the same batches: what is noise in one is so in the other.
  private var (own, guessed) = (0.0, 0.0)

  /// Takes a step that was looked at.
  mutating func take(_ step: StepFacts) {
    node = step.root
    guard let targets = step.targets else { return }
    if targets.areClasses {
      if counts.count != targets.counts.count { counts = Array(repeating: 0, count: targets.counts.count) }
      for place in counts.indices { counts[place] += targets.counts[place] }
      return
    }
    guard let mean = targets.mean, mean.isFinite, let loss = step.loss, loss.isFinite else { return }
    looks += 1
    sum += Double(mean)
    guard let guess = guess(targets, mean: Double(mean)) else { return }
    let pace = max(GuessingLevel.pace, 1 / looks)
    own += pace * (Double(loss) - own)
    guessed += pace * (guess - guessed)
  }

  /// The loss of guessing the mean of all targets so far, in a batch.
  private func guess(_ targets: TargetFacts, mean: Double) -> Double? {
    let usual = sum / looks
    switch node?.operation {
    case "mse_loss":
      return targets.deviation.map { Double($0) * Double($0) + (mean - usual) * (mean - usual) }
    case "binary_cross_entropy", "binary_cross_entropy_with_logits":
      guard targets.minimum >= 0, targets.maximum <= 1, usual > 0, usual < 1 else { return nil }
      return -mean * Foundation.log(usual) - (1 - mean) * Foundation.log(1 - usual)
    default: return nil
    }
  }

  /// The loss of guessing, and that of the model to compare it with: for classes, the median of the last losses. Nil where
  /// guessing is not known.
  func comparison(recent: Double) -> (guessed: Double, own: Double)? {
    switch node?.operation {
    case "cross_entropy", "nll_loss":
      let total = Double(counts.reduce(0, +))
      let entropy = counts.reduce(0.0) { $0 + GuessingLevel.term(Double($1) / total) }
      return entropy > 0 ? (entropy, recent) : nil
    default: return looks >= GuessingLevel.least && guessed > 0 ? (guessed, own) : nil
    }
  }

  /// A term of an entropy, in nats.
  private static func term(_ share: Double) -> Double { share > 0 ? -share * Foundation.log(share) : 0 }
}
