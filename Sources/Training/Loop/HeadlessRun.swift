import Trace

/// A run without a screen and without hooks; only the report after each epoch follows it.
package struct HeadlessRun {
  private let loop: TrainingLoop

  /// A run of an experiment; `now` gives seconds from any fixed point.
  package init(_ experiment: Experiment, now: @escaping () -> Double) {
    loop = TrainingLoop(experiment, now: now)
  }

  /// Trains on the calling thread and reports each epoch; `warn` is called with what the user must know, in sentences.
  ///
  /// - Throws: the error of the operator that failed, or what `report` throws.
  package func run(
    warn: @escaping (String) -> Void = { _ in }, report: (EpochResult) throws -> Void
  ) throws {
    if let warning = ModelNames(loop.experiment).warning { warn(warning) }
    loop.tellCautions(to: warn)
    try loop.run(report: report)
  }
}
