import Localization
import Numbers
import Trace

/// How much of a run a diagnosis has looked at, from the first step on.
package struct LookedAt: Sendable, Equatable {
  /// How many steps; 0 where that is not known.
  package var steps = 0
  /// How many epochs have ended in them.
  package private(set) var epochs = 0
  /// Whether the run goes on after them, and nobody has said how far to look.
  package var isCutShort = false
  /// The last step of the last epoch that has ended.
  private var lastOfEpoch = 0

  /// Nothing.
  package init() {}

  /// Epochs that have ended.
  package mutating func end(_ results: [EpochResult]) {
    guard let last = results.last else { return }
    (epochs, lastOfEpoch) = (last.epoch, last.step)
  }

  /// How many epochs are enough where nobody says how many: three, so that epochs can be compared and a mode that was not set
  /// back shows, with 300 steps, in which a loss has to fall; or as many as have 2,000 steps, which no rule waits for longer.
  package static func enough(stepsPerEpoch: Int) -> Int {
    func epochs(with steps: Int) -> Int { (steps - 1) / max(1, stepsPerEpoch) + 1 }
    return min(max(3, epochs(with: 300)), epochs(with: 2000))
  }

  /// Whether the epochs that have ended are enough.
  package var isEnough: Bool { epochs > 0 && epochs >= LookedAt.enough(stepsPerEpoch: lastOfEpoch / epochs) }

  /// `50 steps (1 epoch)`, the epochs where the steps are whole ones; nil for nothing.
  var words: String? {
    guard steps > 0 else { return nil }
    let words = steps == 1 ? localized("1 step") : localized("\(NumberText.grouped(steps)) steps")
    guard epochs > 0, steps == lastOfEpoch else { return words }
    return words + " (\(epochs == 1 ? localized("1 epoch") : localized("\(epochs) epochs")))"
  }
}
