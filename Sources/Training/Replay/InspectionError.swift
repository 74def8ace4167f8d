import Localization
import Trace

/// Why a moment cannot be shown.
package enum InspectionError: Error, Equatable, CustomStringConvertible {
  case stepOutside(Int, first: Int, last: Int)
  /// A step of a recording that cannot be computed again here.
  case notRecomputable(Int, reason: String, keyframes: [Int])
  case emptyPhase(Phase)
  case unknownNode(String, known: [String])

  package var description: String {
    switch self {
    case .stepOutside(let step, let first, let last) where last < first:
      localized("--step expects a step of the run, but got \(step), and the run has no steps yet.")
    case .stepOutside(let step, let first, let last):
      localized("--step expects a step of the run, from \(first) to \(last), but got \(step).")
    case .notRecomputable(let step, let reason, let keyframes):
      localized("Step \(step) cannot be computed again here: \(reason)") + Self.nearest(keyframes, step)
    case .emptyPhase(let phase): localized("No node runs in the phase \(phase.name) of this experiment.")
    case .unknownNode(let name, let known):
      localized(
        "There is no node \(name) in the graph of this step up to this moment; it has \(known.joined(separator: ", "))."
      )
    }
  }

  /// Which steps near a step have keyframes.
  private static func nearest(_ keyframes: [Int], _ step: Int) -> String {
    let near = [keyframes.last { $0 < step }, keyframes.first { $0 > step }].compactMap { $0 }
    guard let first = near.first, let last = near.last else { return "" }
    return " "
      + (near.count == 1
        ? localized("The nearest with a keyframe: \(first).")
        : localized("The nearest with a keyframe: \(first) and \(last)."))
  }
}
