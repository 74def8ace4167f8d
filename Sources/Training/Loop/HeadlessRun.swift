import Trace

/// A run without a screen and without hooks; only the report after each epoch follows it.
package struct HeadlessRun {
  private let loop: TrainingLoop

  /// A run of an experiment; `now` gives seconds from any fixed point.
  package init(_ experiment: Experiment, now: @escaping () -> Double) {
    loop = TrainingLoop(experiment, now: now)
  }

  /// What the user must know of the model, as a sentence; nil for nothing.
  package var warning: String? { ModelNames(loop.experiment).warning }

  /// Trains on the calling thread and reports each epoch.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  package func run(report: (EpochResult) throws -> Void) throws { try loop.run(report: report) }
}
