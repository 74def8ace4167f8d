import Autograd
import Trace

/// What the run does as its recorder follows a step.
extension LiveRun: TapeFollower {
  /// A step begins that is run again only to reach the point where the run continues.
  func catchUp(_ start: StepStart) throws {
    if deck.hasRequests { try collect() }
    if deck.hasCommands { interrupt() }
    let target = catchUpTarget
    try timeline.revisit(start, cursor: target, keeps: true)
    publisher.post(
      RunUpdate.Progress(start: start.step, step: start.step, target: target), at: now())
  }

  func knownHash(at step: Int) -> UInt64? { timeline.history.hashes[step] }

  /// The first backward begins, so the loss is known to be complete: breakpoints on it are hit at its last node.
  func willBegin(_ phase: Phase) throws {
    guard phase == .backward, let watch = deck.watch, watch.lossNodeCount == nil else { return }
    let hits = watch.learnLoss(NodeVisit(position: position, tape: recorder.tape))
    if !hits.isEmpty, !errand.ignoresBreakpoints { try pause(at: hits) }
  }

  /// Pauses at a node that hit breakpoints; without a screen the run ends there.
  func pause(at hits: [BreakpointHit]) throws {
    let node = MomentBuilder.nodeName(of: recorder.tape, at: position, timeline.names)
    for hit in hits { publisher.add(RunEvent(.breakpoint, at: position, node: node, hit.sentence)) }
    if audience == .nobody {
      publish(status: nil, hit: hits.first)
      throw Deck.Quit()
    }
    try pause(at: hits.first)
  }

  /// Tells the breakpoints what nodes a whole step has, and warns of what none of them has.
  func learnBreakpoints() throws {
    guard let watch = deck.watch, watch.isActive else { return }
    watch.finish(recorder.tape)
    guard !watch.isChecked else { return }
    let obstacles = watch.obstacles(in: TapeReading(recorder.tape, names: timeline.names).graph)
    // Nobody can correct the name, and the run would not stop where it should.
    if audience == .nobody, let first = obstacles.first { throw UnknownNodeError(description: "\(first).") }
    publisher.warn(obstacles)
  }

  func checkForQuit() throws {
    if deck.hasRequests { try collect() }
    // After an unwatched step there is no moment to show here.
    if publisher.demand.awaitsChoice, errand.isPlaying, recorder.tape.step == position.step {
      publishIfDue()
    }
  }
}
