/// The steps that are looked at node by node. Live runs, `tapedeck diagnose`, recordings and replays all look at these, so
/// that one run has the same findings at the same steps wherever it is diagnosed.
///
/// These are all of the first steps, in which most rules see enough; then four in each doubling of the step, and two from
/// step 1024 on; and at last every 4096th. Nothing depends on how fast a machine is. A look takes as long as a few steps, so
/// after some thousand steps all looks together have taken less than one hundredth of the time.
package enum LookSchedule {
  /// All steps up to this one: ten of them come after the ten that `large-updates` leaves out.
  package static let first = 20
  /// The inputs are looked at up to this step: their scale does not change.
  package static let lastOfInputs = 10
  /// Looks are never farther apart.
  private static let farthest = 4096

  /// Whether a step, counted from 1, is looked at.
  package static func includes(_ step: Int) -> Bool {
    step <= first || step.isMultiple(of: distance(at: step))
  }

  /// The step that is looked at next after a step; 0 for the start of the run.
  package static func next(after step: Int) -> Int {
    guard step >= first else { return step + 1 }
    let distance = distance(at: step)
    return (step / distance + 1) * distance
  }

  /// How far apart looks are, after the first steps: a quarter of the last power of two, or a half of it.
  private static func distance(at step: Int) -> Int {
    let power = 1 << (Int.bitWidth - 1 - step.leadingZeroBitCount)
    return min(farthest, step < 1024 ? power / 4 : power / 2)
  }
}
