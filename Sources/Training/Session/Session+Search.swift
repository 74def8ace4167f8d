import Trace

extension Session {
  /// Sets out for the last moment before the cursor at which a breakpoint was hit, or would have been.
  ///
  /// - Throws: ``Jump``, to begin at a keyframe.
  func search(back breakpoint: Breakpoint, for purpose: BackwardSearch.Purpose = .stop) throws -> Bool {
    guard position > first else {
      events.append(RunEvent(.breakpoint, at: position, "there is nothing before the first moment"))
      return false
    }
    leaveHead()
    let start = keyframe(before: position.iteration)
    search = BackwardSearch(
      purpose: purpose, breakpoint: breakpoint, origin: position, watch: watch.alone(breakpoint),
      start: start, limit: position)
    throw wayBack(from: start, to: position)
  }

  /// Looks at the node that has run on the way; true if the search goes on with the next.
  func seekBack() throws -> Bool {
    guard var search else { return false }
    if gate.hasRequests { try collect() }
    if isInterrupted {
      self.search = nil
      try goBack(to: search.origin)
      return false
    }
    guard position >= search.limit else {
      if let hit = search.watch.meet(Arrival(position: position, tape: tape)).hits.first {
        search.found = (position, hit)
      }
      self.search = search
      return true
    }
    if search.found == nil, search.start > first.iteration {
      search.limit = Position(iteration: search.start, phase: .batch, node: 0)
      search.start = keyframe(before: search.start - 1)
      self.search = search
      throw wayBack(from: search.start, to: search.limit)
    }
    self.search = nil
    try answer(search)
    return false
  }

  /// Stands at what was found, or where the search began.
  private func answer(_ search: BackwardSearch) throws {
    switch search.purpose {
    case .stop:
      if let found = search.found {
        let text = "\(found.hit.sentence), looking back from step \(search.origin.iteration)"
        events.append(RunEvent(.breakpoint, at: found.position, text))
        arrivalHit = (found.position, found.hit)
        return try goBack(to: found.position)
      }
      events.append(
        RunEvent(
          .breakpoint, at: search.origin,
          "breakpoint \(search.breakpoint.id), \(search.breakpoint.text), was never hit before this moment"))
    case .since(var cause):
      let since = search.found.map { $0.position.iteration + 1 } ?? first.iteration
      cause.conclusion += Session.duration(since == first.iteration ? nil : since, of: cause.path.last)
      tell(cause, at: search.origin)
    }
    try goBack(to: search.origin)
  }

  /// Since when all of the tensor at the end of a way is 0; nil for from the start.
  private static func duration(_ since: Int?, of last: Cause.Step?) -> String {
    guard let last, last.index != nil else {
      return since.map { "; it is so since step \($0)" } ?? "; it has been so from the start"
    }
    let subject = last.view == .gradient ? "all of the gradient of \(last.node)" : "all of \(last.node)"
    return since.map { "; \(subject) is 0 since step \($0)" } ?? "; \(subject) has been 0 from the start"
  }

  /// Travels to a moment on a way that is done; nothing to do where that is here.
  func goBack(to target: Position) throws {
    if position == target {
      transport.halt()
    } else if try travel(to: .at(target)) {
      return
    }
  }

  /// Whether the user wants something else meanwhile.
  var isInterrupted: Bool { !inbox.isEmpty || transport.stop == .nextNode }

  /// Keeps the head, so that the run can come back to it.
  func leaveHead() {
    guard past == nil, replay == nil else {
      past?.playsOn = false
      return
    }
    let start = IterationStart(iteration: position.iteration, epochLoss: 0)
    past = Past(head: position, state: state.capture(start, hash: state.hash, inIteration: true))
  }

  /// The iteration of the last keyframe at or before another.
  func keyframe(before iteration: Int) -> Int {
    fetchKeyframe(before: iteration)
    return history.keyframes.nearest(to: iteration).iteration
  }

  /// The leap to a keyframe from which every node is looked at up to a moment.
  func wayBack(from start: Int, to limit: Position) -> Jump {
    ignoresBreakpoints = true
    transport.go(to: .at(limit))
    watchedFrom = start
    return Jump()
  }

  /// Tells how far a long way has come, a few times a second.
  func tellJourney(at iteration: Int) {
    let time = now()
    if journeyBegan == nil { journeyBegan = (iteration, time) }
    guard let began = journeyBegan, time - max(began.seconds, lastJourney) > 0.1 else { return }
    lastJourney = time
    var update = RunUpdate()
    let target = search?.limit.iteration ?? inquiry?.origin.iteration ?? watchedFrom
    update.journey = RunUpdate.Journey(start: began.iteration, iteration: iteration, target: target)
    post(update)
  }
}
