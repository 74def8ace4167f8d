import Trace

extension Session {
  /// Looks whether a breakpoint is hit by the node that has run; true if the run stops here.
  ///
  /// - Throws: ``RunEnded`` where nobody is there to go on.
  func meetBreakpoints() throws -> Bool {
    let (hits, isTarget) = watch.meet(Arrival(position: position, tape: tape))
    guard isTarget || !hits.isEmpty else { return false }
    try meet(hits)
    return true
  }

  /// The first backward begins, so that the loss is known to be done: what waited for it is hit where it was.
  func learnLoss() throws {
    let hits = watch.learnLoss(Arrival(position: position, tape: tape))
    guard !hits.isEmpty, !ignoresBreakpoints else { return }
    try meet(hits)
    try stand()
  }

  /// Notes what is hit at the node that has run.
  ///
  /// - Throws: ``RunEnded`` where nobody is there to go on.
  private func meet(_ hits: [BreakpointHit]) throws {
    past?.playsOn = false
    hit = hits.first
    let node = builder.nodeName(of: tape, at: position)
    for hit in hits { events.append(RunEvent(.breakpoint, at: position, node: node, hit.sentence)) }
    if isHeadless {
      publish(status: nil)
      throw RunEnded()
    }
  }

  /// An iteration that was watched is done: its nodes are those to come, as far as is known.
  func finishWatching() {
    watch.finish(tape)
    guard !watch.isChecked else { return }
    warnings += watch.strangers(in: TapeReading(tape, names: builder.names).graph)
  }

  /// Goes on until a node has run; true if it can.
  func run(to node: String) -> Bool {
    let graph = builder.template ?? TapeReading(tape, names: builder.names).graph
    if builder.template != nil || position.phase == .update,
      let obstacle = watch.obstacle(to: node, in: graph)
    {
      warnings.append(obstacle)
      return false
    }
    guard !isAtEnd else { return false }
    watch.setTarget(node)
    ignoresBreakpoints = false
    if past != nil { return playThroughThePast() }
    if let replay { return play(replay) }
    transport.apply(.run, at: position)
    post(status: .running)
    return true
  }

  /// Runs on from the past through every node, since any may be one to stop at, and beyond the head.
  func playThroughThePast() -> Bool {
    guard let head = past?.head else { return false }
    past?.playsOn = !isOver
    playsThrough = true
    watchedFrom = 0
    transport.go(to: .at(head))
    post(status: .running)
    return true
  }
}

extension BreakpointHit {
  /// The hit as a sentence without its stop: `breakpoint 2, loss > 10: loss is 11.3`.
  var sentence: String { "breakpoint \(breakpoint), \(text)" + (measured.map { ": \($0)" } ?? "") }
}
