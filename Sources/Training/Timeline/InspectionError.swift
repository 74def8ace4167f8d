import Localization
import Trace

/// Why a moment cannot be shown.
package enum InspectionError: Error, Equatable, CustomStringConvertible {
  case stepOutside(Int, first: Int, last: Int)
  /// A step of a recording that cannot be computed again here.
  case notRecomputable(Int, reason: String, keyframes: [Int])
  /// A step of a script that was not recorded whole.
  case notWhole(Int, wholeSteps: [Int])
  /// A step of a recording to which too many would have to be computed again.
  case tooFar(Int, keyframe: Int, most: Int)
  /// The same for a run that should be resumed.
  case tooFarToResume(Int, keyframe: Int, most: Int)
  /// A step of a recording to compute which would take too long.
  case tooLong(Int, keyframe: Int, seconds: Int, most: Int)
  /// More steps than are computed again, if those on the way to one are added.
  case tooMuch(Int, steps: Int, most: Int)
  case emptyPhase(Phase)
  case unknownNode(String, known: [String])

  package var description: String {
    switch self {
    case .stepOutside(let step, let first, let last) where last < first:
      localized("--step expects a step of the run, but got \(step), and the run has no steps yet.")
    case .stepOutside(let step, let first, let last):
      localized("--step expects a step of the run, from \(first) to \(last), but got \(step).")
    case .notRecomputable(let step, let reason, let keyframes):
      localized("Step \(step) cannot be computed again here: \(reason)")
        + Self.nearest(keyframes, step) {
          localized("The nearest with a keyframe: \($0).")
        } two: {
          localized("The nearest with a keyframe: \($0) and \($1).")
        }
    case .notWhole(_, let whole) where whole.isEmpty:
      localized("A script's steps cannot be computed again, and none of this one was recorded whole.")
    case .notWhole(let step, let whole):
      localized("A script's steps cannot be computed again, and step \(step) was not recorded whole.")
        + Self.nearest(whole, step) {
          localized("The nearest step that was recorded whole: \($0).")
        } two: {
          localized("The nearest steps that were recorded whole: \($0) and \($1).")
        }
    case .tooFar(let step, let keyframe, let most):
      localized(
        """
        Step \(step) is \(step - keyframe) steps after step \(keyframe), from which it would be computed again. Without \
        a screen at most \(most) steps of a file of this size are computed again. Choose a step closer to a keyframe, or \
        go there with 'tapedeck replay', where q stops it.
        """)
    case .tooFarToResume(let step, let keyframe, let most):
      localized(
        """
        The run resumes at step \(step), \(step - keyframe) steps after its last keyframe, step \(keyframe). Without a \
        screen at most \(most) steps of a file of this size are computed again. Resume it without --headless, where q \
        stops it.
        """)
    case .tooLong(let step, let keyframe, let seconds, let most):
      localized(
        """
        Step \(step) is \(step - keyframe) steps after step \(keyframe), from which it would be computed again in \
        about \(seconds) s. Without a screen at most \(most) s are spent on a file of this size. Choose a step closer to \
        a keyframe, or go there with 'tapedeck replay', where q stops it.
        """)
    case .tooMuch(let step, let steps, let most):
      localized(
        """
        Up to step \(step), \(steps) steps would be computed again. Without a screen at most \(most) steps of a file of \
        this size are. Choose fewer, or go there with 'tapedeck replay', where q stops it.
        """)
    case .emptyPhase(let phase): localized("No node runs in the phase \(phase.name) of this experiment.")
    case .unknownNode(let name, let known):
      localized(
        "There is no node \(name) in the graph of this step up to this moment; it has \(known.joined(separator: ", "))."
      )
    }
  }

  /// The steps of a list that are nearest to a step, before and after it, in a sentence after another.
  private static func nearest(
    _ steps: [Int], _ step: Int, one: (Int) -> String, two: (Int, Int) -> String
  ) -> String {
    switch (steps.last { $0 < step }, steps.first { $0 > step }) {
    case (let before?, let after?): " " + two(before, after)
    case (let near?, nil), (nil, let near?): " " + one(near)
    case (nil, nil): ""
    }
  }
}
