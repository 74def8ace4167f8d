import Autograd
import Datasets
import Trace

/// A walk through steps that are computed again, from the keyframe before a moment to that moment and beyond.
///
/// Steps before the moment run unwatched. At the moment `visit` is called; it decides where the walk stops next, ahead or
/// behind, or ends it.
///
/// Owner: the training queue.
final class Walk: TapeFollower {
  /// A moment that a walk has reached.
  struct Visit {
    let position: Position
    let tape: Tape
    /// The breakpoints that are hit here.
    var hits: [BreakpointHit] = []
    /// Whether the walk stops here by itself, and not only because of breakpoints.
    var isStop = true
    /// Whether the step is done.
    var isEndOfStep = false
  }

  /// Where a walk leads after a visit.
  enum Next {
    /// To another stop; `watching` decides which breakpoints are hit on the way.
    case stop(Stop, watching: Watch? = nil)
    case leave
  }

  /// How a walk ended.
  enum End: Equatable {
    /// `visit` ended it.
    case left
    /// It reached its limit, or the end of the run.
    case limit
    /// This step cannot be computed again.
    case obstacle(step: Int)
  }

  private struct Jump: Error {}
  struct Ended: Error {
    let end: End
  }

  private let timeline: Timeline
  private let limit: Position?
  private let last: Int?
  private let keepsKeyframes: Bool
  private let isBounded: Bool
  private let onBegin: ((_ step: Int) throws -> Stop?)?
  private let onFinish: ((Position, Tape) throws -> Void)?
  private let interrupts: (() throws -> Bool)?
  private let visit: (Visit) throws -> Next

  /// The step from whose keyframe it begins; nil once it has, and for the step of the first stop.
  private var start: Int?
  private var stop: Stop
  private var watch: Watch?
  /// The first step that is watched.
  private var begin: Int
  private var position: Position

  /// A walk that stops at a moment first.
  ///
  /// - Parameters:
  ///   - timeline: the run whose steps are computed again.
  ///   - stop: where it stops first.
  ///   - limit: where it ends: nothing at or after it is visited.
  ///   - start: a step before the first stop, from whose keyframe it begins; nil for the stop's own.
  ///   - watchedFrom: the first step that is watched on the way to the first stop; nil for that of the stop.
  ///   - last: the step at whose end it always stops; nil for none.
  ///   - watch: decides which breakpoints are hit on the way to the first stop; nil for none.
  ///   - keepsKeyframes: whether keyframes are made on the way, so that the next steps back are short.
  ///   - isBounded: whether the timeline's bound holds for the way to each stop.
  ///   - willBegin: called at the start of every step; a stop changes where the walk leads.
  ///   - didFinish: called at the end of every step that is watched.
  ///   - interrupts: called after every node; true to stop there.
  ///   - visit: called at moments at which the walk stops.
  init(
    _ timeline: Timeline, to stop: Stop, limit: Position? = nil, from start: Int? = nil,
    watchedFrom: Int? = nil, last: Int? = nil, watch: Watch? = nil, keepsKeyframes: Bool = true,
    isBounded: Bool = true,
    willBegin: ((_ step: Int) throws -> Stop?)? = nil,
    didFinish: ((Position, Tape) throws -> Void)? = nil,
    interrupts: (() throws -> Bool)? = nil,
    visit: @escaping (Visit) throws -> Next
  ) {
    self.timeline = timeline
    self.limit = limit
    self.last = last
    self.keepsKeyframes = keepsKeyframes
    self.isBounded = isBounded
    onBegin = willBegin
    onFinish = didFinish
    self.interrupts = interrupts
    self.visit = visit
    self.start = start
    self.stop = stop
    self.watch = watch
    begin = watchedFrom ?? stop.step ?? timeline.first.step
    position = .start(of: begin)
  }

  /// Walks, and returns how the walk ended.
  ///
  /// - Throws: an operator's error, what a visit throws, or ``InspectionError`` where a stop is beyond the bound.
  func run() throws -> End {
    let before = timeline.recorder.follower
    timeline.recorder.setFollower(self)
    defer { timeline.recorder.setFollower(before) }
    while true {
      do {
        let first = start.take() ?? firstStep
        guard timeline.canRecompute(first) else { return .obstacle(step: begin) }
        let keyframe = try timeline.restore(before: first)
        try bound?.begin(from: keyframe.step, to: max(begin, stop.step ?? begin))
        try timeline.loop.run(from: keyframe) { _ in }
        return .limit
      } catch is Jump {
        continue
      } catch let ended as Ended {
        return ended.end
      }
    }
  }

  /// Where the walk begins: a step early where the gradients of the step before may be looked at, which keyframes do not
  /// keep.
  private var firstStep: Int {
    if case .at(let target) = stop, target.phase > .zeroGrad { return begin }
    let before = begin - 1
    return before >= timeline.first.step && timeline.canRecompute(before) ? before : begin
  }

  /// How much may be computed on the way to a stop; nil for any number of steps.
  private var bound: RecomputeBound? { isBounded ? timeline.bound : nil }

  // MARK: Following

  func willBegin(_ start: StepStart) throws -> Bool {
    if let limit, limit <= .start(of: start.step) { throw Ended(end: .limit) }
    guard timeline.canRecompute(start.step) else {
      throw Ended(end: .obstacle(step: max(begin, start.step)))
    }
    try bound?.reached(start.step)
    if let wanted = try onBegin?(start.step) { try go(to: wanted, from: start.step) }
    if try interrupts?() ?? false {
      begin = min(begin, start.step)
      stop = .nextNode
    }
    // A long walk leaves a keyframe now and then, a short one leaves one at each step.
    let keeps = keepsKeyframes && (stop != .never || (start.step - 1).isMultiple(of: 32))
    try timeline.revisit(start, cursor: begin, keeps: keeps)
    watch?.begin()
    return start.step >= begin || timeline.changeLog.next?.step == start.step
  }

  /// Changes the next stop at the start of a step.
  private func go(to wanted: Stop, from step: Int) throws {
    stop = wanted
    guard let target = wanted.step else {
      begin = min(begin, step)
      return
    }
    begin = target
    if target < step { throw Jump() }
  }

  func didRecord(_ position: Position) throws {
    try timeline.repeatChanges(at: position, timeline.recorder)
    guard position.step >= begin else { return }
    self.position = position
    if let limit, position >= limit { throw Ended(end: .limit) }
    if try interrupts?() ?? false { stop = .nextNode }
    let met =
      isWatching ? watch?.check(NodeVisit(position: position, tape: timeline.recorder.tape)) : nil
    let isStop = stop.isReached(at: position) || met?.isTarget == true
    guard isStop || met?.hits.isEmpty == false else { return }
    try pause(isStop: isStop, hits: met?.hits ?? [])
  }

  func willBegin(_ phase: Phase) throws {
    guard phase == .backward, position.step >= begin, let watch, watch.lossNodeCount == nil else {
      return
    }
    let hits = watch.learnLoss(NodeVisit(position: position, tape: timeline.recorder.tape))
    guard !hits.isEmpty else { return }
    try pause(isStop: false, hits: hits)
  }

  func didFinish(_ step: Int, loss: Double) throws {
    guard step >= begin else { return }
    watch?.finish(timeline.recorder.tape)
    try onFinish?(position, timeline.recorder.tape)
    if stop.isReached(atEndOf: step) || step == last {
      try pause(isStop: true, hits: [], isEndOfStep: true)
    }
  }

  private var isWatching: Bool { watch?.isActive == true }

  private func pause(isStop: Bool, hits: [BreakpointHit], isEndOfStep: Bool = false) throws {
    let visit = Visit(
      position: position, tape: timeline.recorder.tape, hits: hits, isStop: isStop,
      isEndOfStep: isEndOfStep)
    bound?.end()
    switch try self.visit(visit) {
    case .leave: throw Ended(end: .left)
    case .stop(let next, let watch):
      (stop, self.watch) = (next, watch)
      guard let target = next.step else { return }
      // A stop that lies behind, or far ahead with nothing to watch for, is reached from the keyframe before it.
      if next.isReached(at: position) || !isWatching && hasKeyframe(between: position.step, and: target) {
        begin = target
        throw Jump()
      }
      if !isWatching { begin = target }
      try bound?.begin(from: position.step, to: target)
    }
  }

  private func hasKeyframe(between step: Int, and target: Int) -> Bool {
    timeline.fetchKeyframe(before: target)
    return timeline.history.keyframes.nearest(to: target).step > step
  }
}
