import Autograd
import NN
import Trace

/// A recorded run that is computed again: without a screen one moment of it, its parameters, or all of its steps; on the
/// screen what a ``Replay`` shows.
///
/// Owner: the calling thread.
package final class RecordedRun {
  /// The recording.
  package let archive: any RunArchive
  /// How much of the run can be computed again here.
  package let recomputability: Recomputability
  /// The run's timeline; nil where the network is not known.
  let timeline: Timeline?
  /// This machine in words.
  let machine: String
  /// The remark on a run that another arithmetic computed, whose numbers are shown and not compared; nil for one of
  /// this arithmetic, and for a script's.
  let otherArithmetic: String?

  /// A recorded run, made again as far as that can be done here.
  ///
  /// - Parameters:
  ///   - archive: what was recorded.
  ///   - replayed: the experiment, and how much can be computed again with it.
  ///   - machine: this machine in words, to say so where its arithmetic is another.
  ///   - bound: how much is computed again to reach one moment; nil for as much as there is.
  package convenience init(
    _ archive: any RunArchive, _ replayed: ReplayedExperiment, machine: String = "",
    bound: RecomputeBound? = nil
  ) {
    self.init(archive, replayed, machine: machine, limits: HistoryLimits(byteBudget: 0))
    timeline?.bound = bound
  }

  /// A recorded run that keeps as much of what it has computed as `limits` say.
  init(
    _ archive: any RunArchive, _ replayed: ReplayedExperiment, machine: String, limits: HistoryLimits
  ) {
    self.archive = archive
    self.machine = machine
    otherArithmetic = RecordedNumbers.otherArithmetic(archive.origin)
    guard var experiment = replayed.experiment else {
      (recomputability, timeline) = (replayed.recomputability, nil)
      return
    }
    // A run that was resumed may be longer than its first settings say.
    let length = max(1, experiment.trainData.stepsPerEpoch)
    experiment.epochs = max(experiment.epochs, archive.lastStep / length + 1)
    let recorded = RecordedPast(archive, of: experiment)
    let isUsable = recorded.first != nil
    recomputability =
      isUsable || replayed.recomputability.reason != nil
      ? replayed.recomputability : .nothing(reason: ArchiveError.noKeyframe.description)
    timeline = Timeline(
      experiment, recorded: recorded, recomputability: recomputability, limits: limits,
      describeDifference: { [otherArithmetic] step, isFirst in
        guard isFirst else { return nil }
        return otherArithmetic ?? RecordedNumbers.sentence(step, archive, machine: machine)
      })
    if otherArithmetic != nil, let timeline { timeline.noteDifference(at: timeline.first.step) }
  }

  /// What does not fit the experiment, as sentences.
  package func takeProblems() -> [String] { timeline?.takeProblems() ?? [] }

  /// Whether a step can be computed again.
  func canRecompute(_ step: Int) -> Bool { timeline?.canRecompute(step) ?? false }

  /// Why a step cannot be computed again.
  func obstacle(to step: Int) -> InspectionError {
    let whole = archive.wholeSteps
    if isOfScript, !whole.contains(step) { return .notWhole(step, wholeSteps: whole) }
    if case .keyframes(let reason) = recomputability {
      return .notRecomputable(
        step, reason: reason, keyframes: archive.keyframeSteps.filter { $0 <= archive.lastStep })
    }
    return .notRecomputable(step, reason: recomputability.reason ?? "", keyframes: [])
  }

  /// A moment that was computed, with the recorded numbers where these differ.
  func moment(_ position: Position, _ tape: Tape, _ builder: MomentBuilder, focus: Focus) -> Moment {
    var moment = builder.moment(of: tape, at: position, focus: focus, isPlaying: false)
    if let timeline { RecordedNumbers(archive: archive).complete(&moment, timeline) }
    return moment
  }

  /// Makes moments, with the recorded graph for what a step has not reached yet.
  ///
  /// - Throws: an error of the archive.
  func makeBuilder(_ timeline: Timeline, at step: Int) throws -> MomentBuilder {
    var builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    if let graph = try archive.graph(at: step) { builder.learn(graph) }
    return builder
  }
}
