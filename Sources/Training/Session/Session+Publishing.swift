import Trace

extension Session {
  /// Seconds after which a moment is shown in the middle of an iteration rather than at its end.
  static let slowIteration = 0.1

  /// Seconds up to which an iteration runs free: a key that is pressed in it waits for its end.
  static let shortIteration = 0.004

  /// A moment is made at most so often that all moments together take one part in this many of the time.
  private static let timeShare = 50.0

  /// Publishes the moment that the screen waits for, unless moments would take too much of the time; `alsoCost` are
  /// seconds that it has taken already.
  func publishIfDue(alsoCost: Double = 0) {
    let start = now()
    guard awaitsChoice || isMomentDue(at: start) else { return }
    publish(status: nil)
    (wantsMoment, awaitsChoice) = (false, false)
    lastMoment = now()
    costOfMoment = lastMoment - start + alsoCost
  }

  /// Whether a moment made now leaves training its share of the time.
  func isMomentDue(at seconds: Double) -> Bool { seconds - lastMoment > costOfMoment * Session.timeShare }

  /// Publishes the moment at the cursor, with all that is to be told.
  func publish(status: RunUpdate.Status?) {
    var update = RunUpdate()
    update.status = status
    update.moment =
      recordedMoment() ?? builder.moment(of: tape, at: position, focus: focus, isPlaying: transport.isPlaying)
    update.moment?.head = head
    update.moment?.hit = hit
    update.journey = wayToGoal
    if let sentence = replay?.complete(&update.moment) { warnings.append(sentence) }
    if !switches.zeroGrad { update.moment?.optimizer?.append(" zero_grad off") }
    update.losses = losses
    update.warnings = warnings
    update.events = events
    update.fork = newFork
    update.gradientCheck = gradientCheck
    update.cause = cause
    // A screen that was held up once is no reason to hold its memory for ever.
    losses.removeAll(keepingCapacity: losses.count < 4_096)
    warnings.removeAll()
    events.removeAll()
    (newFork, gradientCheck, cause) = (nil, nil, nil)
    post(update)
  }

  /// Publishes what the run is doing.
  func post(status: RunUpdate.Status) {
    var update = RunUpdate()
    update.status = status
    post(update)
  }
}
