import Localization
import Trace

/// How far a recording goes, and how much of it the screen has; both grow while it is being written.
///
/// Owner: the training queue.
final class RecordingTail {
  /// Points of the loss curve that the screen gets at once.
  private static let curvePoints = 4_096

  let archive: any RunArchive
  let isWatching: Bool
  private let file: String
  /// The last step that there is.
  private(set) var last: Int
  /// The end of the recording.
  private(set) var head: Position
  private var hasToldEnd = false
  /// What is plotted beside the loss.
  private var plotted: [PlotSeries] = []
  private var series = RecordedSeries()
  /// What the screen already has.
  private var told = (step: 0, epoch: 0, events: 0)
  private var toldEpochs: Int?

  /// The tail of a recording that is shown as a plan says.
  init(_ plan: ReplayPlan) {
    archive = plan.archive
    isWatching = plan.isWatching
    file = plan.file
    last = max(1, plan.archive.lastStep)
    head = RecordingTail.end(of: last, plan.archive)
  }

  /// The end of a step, as far as the recording shows how many parameters are updated.
  private static func end(of step: Int, _ archive: any RunArchive) -> Position {
    let count = archive.origin.description.parameterNames.count
    return Position(step: step, phase: .update, node: max(0, count - 1))
  }

  /// Looks whether more was recorded; true if so.
  func refresh() -> Bool {
    guard isWatching, case let newest = archive.lastStep, newest != last, newest > 0 else {
      return false
    }
    last = newest
    hasToldEnd = false
    head = RecordingTail.end(of: newest, archive)
    return true
  }

  /// The recording ends at a moment, which is known once its step is shown: only then is its number of nodes known.
  func end(at position: Position) { head = position }

  /// Whether a watched run has ended, unless a process resumes it.
  var isOver: Bool {
    // The last rows may have been written after the last look.
    !archive.isBeingWritten && archive.lastStep == last
  }

  /// Notes that a watched run is over; returns a warning if it did not reach its end and this is new.
  func noteEnd() -> String? {
    guard !archive.isFinished, !hasToldEnd else { return nil }
    hasToldEnd = true
    if archive.origin.description.isScript { return localized("\(file) is no longer being written") }
    return localized("\(file) is no longer being written; tapedeck train --resume resumes its run")
  }

  /// Plots these series from now on; returns what was recorded of those that are new.
  func plot(_ wanted: [PlotSeries]) -> RunUpdate {
    var update = RunUpdate()
    let new = wanted.filter { !plotted.contains($0) }
    plotted = wanted
    guard new.contains(where: isRecorded), told.step > 0 else { return update }
    do {
      let steps = try archive.scalars(in: 1...told.step, limit: RecordingTail.curvePoints)
      update.series = RecordedSeries.norms(of: steps, wanted: new, parameters: parameterNames)
    } catch {
      update.warnings = ["\(error)"]
    }
    return update
  }

  /// Whether a recording has the numbers of a series.
  func isRecorded(_ series: PlotSeries) -> Bool {
    switch series {
    case .learningRate, .gradientNorm: true
    case .updateRatio, .deadUnits: false
    case .measure: series.gradientNormParameter.map(parameterNames.contains) ?? false
    }
  }

  private var parameterNames: [String] { archive.origin.description.parameterNames }

  /// What was recorded since the last call: losses, learning rates, norms of gradients, epochs and events.
  func news() -> RunUpdate {
    var update = RunUpdate()
    if toldEpochs != description.epochs {
      if toldEpochs != nil { update.description = description }
      toldEpochs = description.epochs
    }
    do {
      if last < told.step {
        update.fork = RunUpdate.Fork(position: .start(of: last + 1), future: .dropped)
        told.step = last
        series = RecordedSeries()
      }
      if last > told.step {
        let steps = try archive.scalars(in: told.step + 1...last, limit: RecordingTail.curvePoints)
        update.losses = steps.map {
          RunUpdate.LossPoint(step: $0.step, loss: $0.loss, accuracy: $0.accuracy)
        }
        update.series = series.points(of: steps, wanted: plotted, parameters: parameterNames)
        told.step = last
      }
      let (epochs, events) = (try archive.epochs(), try archive.events())
      if update.fork != nil {
        told.epoch = epochs.last { $0.step <= last }?.epoch ?? 0
        told.events = events.count { $0.position.step <= last }
      }
      // The writer of a long run drops old epochs, so their count is not the number of epochs.
      update.epochs = epochs.filter { $0.epoch > told.epoch }
      update.events = Array(events.dropFirst(told.events))
      (told.epoch, told.events) = (epochs.last?.epoch ?? told.epoch, events.count)
    } catch {
      update.warnings = ["\(error)"]
    }
    return update
  }

  /// What the status line says of the run.
  var description: RunDescription {
    var description = archive.origin.description
    description.source = isWatching ? .watch(file: file) : .replay(file: file)
    // A run that was given more epochs has more than it was begun with.
    if description.epochs > 0, description.stepsPerEpoch > 0 {
      description.epochs = max(description.epochs, (last - 1) / description.stepsPerEpoch + 1)
    }
    return description
  }
}
