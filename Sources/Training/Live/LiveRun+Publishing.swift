import Autograd
import Trace

/// What the run publishes to the screen.
extension LiveRun {
  /// The progress of a run on its way to a step that has not been reached yet; nil otherwise.
  func progress(of errand: Errand) -> RunUpdate.Progress? {
    guard case .advancing(let target, let start) = errand else { return nil }
    return RunUpdate.Progress(start: start, step: position.step, target: target.step)
  }

  /// Publishes the moment that the screen waits for, unless moments take too much of the time; `alsoCost` is
  /// the time in seconds that it has already cost.
  func publishIfDue(alsoCost: Double = 0) {
    publisher.publishIfDue(now: now, alsoCost: alsoCost, progress: progress(of: errand)) {
      headMoment(hit: nil)
    }
  }

  func publish(status: RunUpdate.Status?, hit: BreakpointHit? = nil) {
    publisher.publish(headMoment(hit: hit), status: status, progress: progress(of: errand))
  }

  private func headMoment(hit: BreakpointHit?) -> Moment {
    publisher.warn(timeline.takeProblems())
    var moment = moment(at: position, of: recorder.tape, isPlaying: errand.isPlaying)
    (moment.head, moment.hit) = (position, hit)
    return moment
  }
}

extension LiveRun: PlaybackOwner {
  func moment(at position: Position, of tape: Tape, isPlaying: Bool) -> Moment {
    var moment = builder.moment(
      of: tape, at: position, focus: deck.focus, needs: deck.needs, isPlaying: isPlaying)
    moment.addFigures(deck.needs, of: tape, from: figures, isPlaying: isPlaying)
    if deck.focus.wantsByHand, !isPlaying { moment.addByHand(of: tape, builder.names, experiment.optimizer) }
    return moment
  }

  var template: ComputationGraph? { builder.template }
  var head: Position { position }
  func pausedStatus(at position: Position) -> RunUpdate.Status { .paused }
  var changeObstacle: String? { nil }
  var last: Int? { nil }
  func willPlay(_ step: Int) throws -> Stop? { nil }
  func didPlay(_ position: Position, _ tape: Tape) throws {}
  func didReachEnd(at position: Position, isPlaying: Bool) throws -> Playback.Way? { nil }

  func set(_ setting: Command) {
    switch setting {
    case .pace(let stepsPerSecond): pacer.setPace(stepsPerSecond, now: now())
    case .record(let path): record(to: path)
    case .extend(let epochs): extend(by: epochs)
    case .plot(let series): numbers.sampler.set(series)
    default: break
    }
  }

  func waitForCommands() throws -> Playback.Way? {
    deck.wait()
    return nil
  }
}
