import Trace

/// A recorded run that is met again without a screen: one moment of it, its parameters, or moment after moment.
public struct RecordedRun {
  let archive: any RunArchive
  private let file: String
  private let machine: String
  private let make: @Sendable () throws -> ReplayedExperiment
  private let now: () -> Double

  /// A run of a recording.
  ///
  /// - Parameters:
  ///   - archive: What was recorded.
  ///   - file: Its file's name, for the status line.
  ///   - machine: This machine in words, to say so where its arithmetic is another.
  ///   - now: Seconds from any fixed point.
  ///   - make: Makes the experiment again.
  public init(
    _ archive: any RunArchive, file: String = "", machine: String, now: @escaping () -> Double,
    make: @escaping @Sendable () throws -> ReplayedExperiment
  ) {
    self.archive = archive
    self.file = file
    self.machine = machine
    self.now = now
    self.make = make
  }

  /// A session that stands at the first node of an iteration, or plays from there without a pace.
  func session(
    at iteration: Int, isPaused: Bool = true, gate: Gate, post: @escaping (RunUpdate) -> Void
  ) throws -> (session: Session, loop: TrainingLoop, begun: RunUpdate) {
    try RunSource.replay(ReplayPlan(archive, file: file, start: iteration, speed: nil), make).session(
      gate: gate, isPaused: isPaused, pace: nil, limits: HistoryLimits(byteBudget: 0),
      plan: RecordingPlan(machine: machine), now: now, post: post)
  }
}

extension Session {
  /// Why an iteration cannot be run again, where it is shown as recorded.
  func closure(of iteration: Int) -> InspectionError? {
    guard let replay, replay.closed != nil else { return nil }
    switch replay.openness {
    case .all: return nil
    case .nothing(let reason): return .closed(iteration, reason: reason, keyframes: [])
    case .keyframes(let reason):
      return .closed(iteration, reason: reason, keyframes: replay.recorded.archive.keyframeIterations)
    }
  }
}
