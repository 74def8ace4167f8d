import Autograd
import Localization
import Trace

/// What is plotted of a recording: recorded numbers at once, and others of the steps that are computed again.
extension Replay {
  /// Plots these series from now on.
  func plot(_ series: [PlotSeries]) {
    sampler?.set(series)
    var update = tail.plot(series)
    if sampler == nil {
      update.warnings += series.filter { series in
        if case .measure = series { !tail.isRecorded(series) } else { false }
      }.map {
        localized(
          "\($0.text) cannot be plotted: this recording is not computed again, and has norms of parameters' gradients only."
        )
      }
    }
    publisher.post(update)
  }

  /// Publishes what is plotted of a whole step that was computed again.
  func plot(_ tape: Tape, always: Bool) {
    guard let sampler, sampler.isWhole(tape), !sampler.wanted.isEmpty else { return }
    let points = self.sampler?.points(ofRecomputed: tape, always: always, now: now) ?? []
    if !points.isEmpty { publisher.add(points) }
  }
}
