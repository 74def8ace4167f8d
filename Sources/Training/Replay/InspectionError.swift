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
      "--step expects a step of the run, but got \(step), and the run has no steps yet."
    case .stepOutside(let step, let first, let last):
      "--step expects a step of the run, from \(first) to \(last), but got \(step)."
    case .notRecomputable(let step, let reason, let keyframes):
      "Step \(step) cannot be computed again here: \(reason)" + Self.nearest(keyframes, step)
    case .emptyPhase(let phase): "No node runs in the phase \(phase.name) of this experiment."
    case .unknownNode(let name, let known):
      "There is no node \(name) in the graph of this step up to this moment; it has \(known.joined(separator: ", "))."
    }
  }

  /// Which steps near a step have keyframes.
  private static func nearest(_ keyframes: [Int], _ step: Int) -> String {
    let near = [keyframes.last { $0 < step }, keyframes.first { $0 > step }].compactMap { $0 }
    return near.isEmpty
      ? "" : " The nearest with a keyframe: \(near.map(String.init).joined(separator: " and "))."
  }
}
