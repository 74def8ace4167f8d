/// The numbers of each step that a run publishes: its loss, and what is plotted.
struct PublishedNumbers {
  /// The losses that have been published.
  var losses: PublishedLosses
  /// Measures what is plotted.
  var sampler: SeriesSampler

  /// The numbers of a run along a timeline, none so far.
  init(_ timeline: Timeline) {
    losses = PublishedLosses(timeline.experiment.trainData.dataset)
    sampler = SeriesSampler(timeline)
  }

  /// A new future begins in a step.
  mutating func fork(from step: Int) {
    losses.removeAll(from: step)
    sampler.fork()
  }
}
