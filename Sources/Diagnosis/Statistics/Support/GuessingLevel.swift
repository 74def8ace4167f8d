import Foundation
import Trace

/// The loss of one who knows how often each target occurs, and does not look at the inputs.
struct GuessingLevel {
  /// The node of the loss, where it is one whose guessing is known, and backward begins at it.
  private(set) var node: ComputationGraph.Node?
  private var counts: [Int] = []
  /// Sums over the steps: of means, and of mean squares.
  private var (looks, sum, squares) = (0.0, 0.0, 0.0)
  private var areShares = true

  /// Takes a step that was looked at.
  mutating func take(_ step: StepFacts) {
    node = step.root.flatMap {
      $0.phase == .loss || $0.operation.hasSuffix("loss") || $0.operation == "cross_entropy" ? $0 : nil
    }
    guard let targets = step.targets else { return }
    if targets.areClasses {
      if counts.count != targets.counts.count { counts = Array(repeating: 0, count: targets.counts.count) }
      for place in counts.indices { counts[place] += targets.counts[place] }
    } else if let mean = targets.mean, let deviation = targets.deviation, mean.isFinite, deviation.isFinite {
      looks += 1
      sum += Double(mean)
      squares += Double(mean) * Double(mean) + Double(deviation) * Double(deviation)
      areShares = areShares && targets.minimum >= 0 && targets.maximum <= 1
    }
  }

  /// The loss; nil where it is not known.
  var loss: Double? {
    switch node?.operation {
    case "cross_entropy", "nll_loss":
      let total = Double(counts.reduce(0, +))
      return total > 0 ? counts.reduce(0) { $0 + GuessingLevel.term(Double($1) / total) } : nil
    case "mse_loss":
      return looks > 0 ? squares / looks - sum / looks * sum / looks : nil
    case "binary_cross_entropy", "binary_cross_entropy_with_logits":
      guard looks > 0, areShares else { return nil }
      return GuessingLevel.term(sum / looks) + GuessingLevel.term(1 - sum / looks)
    default: return nil
    }
  }

  /// A term of an entropy, in nats.
  private static func term(_ share: Double) -> Double { share > 0 ? -share * Foundation.log(share) : 0 }
}
