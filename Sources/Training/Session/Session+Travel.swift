import Trace

extension Session {
  /// Sets out for a moment that has been before; true if the run only has to go on for that.
  ///
  /// - Throws: ``Jump`` where it has to begin again at a keyframe.
  func travel(to stop: Transport.Stop, playsOn: Bool = false) throws -> Bool {
    if let wanted = stop.iteration, wanted < first.iteration { return false }
    leaveHead()
    past?.playsOn = playsOn
    ignoresBreakpoints = !playsOn
    if playsOn { post(status: .running) }
    transport.go(to: stop)
    watchedFrom = stop.iteration ?? position.iteration
    // Where memory is short, one from the recording is used at once or not at all.
    let fetched = fetchKeyframe(before: watchedFrom)?.iteration ?? 0
    let nearest = max(fetched, history.keyframes.nearest(to: watchedFrom).iteration)
    if !stop.isReached(at: position), nearest <= position.iteration { return true }
    throw Jump()
  }

  /// Brings back the keyframe before the moment that is wanted.
  func restore() throws -> IterationStart {
    isFaithful = true
    if let replay { watchedFrom = min(max(watchedFrom, replay.first), replay.last) }
    var fetched = fetchKeyframe(before: watchedFrom)
    if let start = leap() { return start }
    while true {
      let keyframe = fetched ?? history.keyframes.nearest(to: watchedFrom)
      try state.restore(keyframe)
      if state.hash == keyframe.hash { return keyframe.start }
      let isRecorded = recorded?.has(keyframe.iteration) ?? false
      warn(keyframe.iteration, "its \(isRecorded ? "recorded keyframe" : "keyframe in memory") was changed")
      history.discard(keyframe)
      recorded?.reject(keyframe.iteration)
      fetched = fetchKeyframe(before: watchedFrom)
      guard history.keyframes.has(keyframe.iteration) else { continue }
      isFaithful = false
      return keyframe.start
    }
  }

  /// An iteration of the past begins again: is it the one it was?
  func revisit(_ start: IterationStart) throws {
    if gate.hasRequests { try collect() }
    if !inbox.isEmpty { heed() }
    if isFaithful, !history.agrees(at: start.iteration) || recorded?.agrees(start, state) == false {
      isFaithful = false
      warn(start.iteration, "something in the model or the data is not a function of the seed and the step")
    }
    // Those nearest to the moment wanted make the next steps back cheap.
    tellJourney(at: start.iteration)
    guard search == nil, inquiry == nil, past?.playsOn != true, !playsThrough else { return }
    let distance = max(0, watchedFrom - start.iteration)
    if isFaithful, distance & (distance - 1) == 0 { history.revisit(start, cursor: watchedFrom) }
  }

  /// The cursor has come to the head again: everything is put back as it was there, to the bit.
  func rejoin(_ past: Past) throws {
    self.past = nil
    watchedFrom = 0
    if position != past.head {
      warn(past.head.iteration, "it does not come to its \(past.head.phase.name) \(past.head.node + 1) again")
    } else if !state.matches(past.state) {
      if isFaithful { warn(position.iteration, "it came to other numbers, which were put right") }
      try state.putBack(past.state)
    }
    isFaithful = true
    playsThrough = false
    log?.resume()
    if past.playsOn { transport.apply(.run, at: position) } else { transport.halt() }
  }

  private func warn(_ iteration: Int, _ reason: String) {
    warnings.append("iteration \(iteration) was not met again bit for bit: \(reason)")
  }
}
