import Autograd
import Localization
import Trace

/// The moments of a recording: computed again along its timeline, or as recorded.
extension Replay: PlaybackOwner {
  var head: Position { tail.head }
  var last: Int? { tail.last }
  var template: ComputationGraph? { builder?.template }
  var changeObstacle: String? { Replay.isReadOnly(tail.archive) }

  func moment(at position: Position, of tape: Tape, isPlaying: Bool) -> Moment {
    guard let builder, let timeline = run.timeline else { return Moment(position: position, head: head) }
    var moment = builder.moment(
      of: tape, at: position, focus: deck.focus, needs: deck.needs, isPlaying: isPlaying)
    if deck.focus.wantsByHand, !isPlaying {
      moment.addByHand(of: tape, builder.names, timeline.experiment.optimizer)
    }
    moment.addFigures(deck.needs, of: tape, from: figures, isPlaying: isPlaying)
    RecordedNumbers(archive: tail.archive).complete(&moment, timeline)
    if !isPlaying, position.phase == .update { plot(tape, always: true) }
    return moment
  }

  func pausedStatus(at position: Position) -> RunUpdate.Status {
    guard position.step >= tail.last, position >= head else { return .paused }
    // A run that is watched may have ended before its end, or still be trained.
    guard tail.isWatching else { return .finished }
    return tail.isOver && tail.archive.isFinished ? .finished : .paused
  }

  /// The moment of a step as recorded, with why it was not computed again.
  func recordedMoment(of step: Int) -> Moment {
    let reason =
      run.recomputability.reason
      ?? localized("Following the recording: press space to stop and compute this moment.")
    var moment = RecordedMoments(tail.archive, focus: deck.focus)
      .moment(of: step, at: position.step == step ? position : nil, head: head, reason: reason)
    if deck.needs.figures != nil {
      moment.figuresObstacle = localized("Predictions were not recorded, and are not computed again here.")
    }
    return moment
  }
}
