import Autograd
import Trace

/// What is measured of a step because it is plotted.
extension LiveRun {
  func didComputeGradients(of step: Int) {
    guard audience == .screen, !numbers.losses.has(step) else { return }
    numbers.sampler.measureGradients(always: !errand.isPlaying, now: now)
  }

  /// Publishes the plotted numbers of a step that is done; `tape` has its nodes where they were watched.
  func plot(_ step: Int, _ tape: Tape?) {
    guard audience == .screen else { return }
    let points = numbers.sampler.points(of: step, tape, always: !errand.isPlaying, now: now)
    if !points.isEmpty { publisher.add(points) }
  }
}
