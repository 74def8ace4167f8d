import Autograd
import Diagnosis
import NN
import Trace

/// The facts of a recorded run: the recorded numbers of all steps, and what is seen of those that ``LookSchedule`` names, which
/// are computed again. Where that cannot be done, or takes too long, a sample is looked at: the steps with keyframes, and
/// those that were recorded whole.
///
/// Owner: the calling thread.
final class RecordedFacts {
  /// How many steps a sample has at most.
  private static let mostSamples = 32

  private let run: RecordedRun
  private let last: Int
  private let reading: FactReading?
  private var course: RecordedCourse
  private var hasBegun = false
  private var labels: LabelCounts?
  /// The first step whose loss is not finite.
  private var broken: Int?
  /// How many steps were looked at; the last of these, or the last that cannot be any more.
  private var (count, looked) = (0, 0)
  /// The step up to which all were looked at that a live run looks at; nil for as far as it goes.
  private var complete: Int?
  private var failureCount = 0

  /// The facts of a run up to a step.
  init(_ run: RecordedRun, through last: Int) {
    self.run = run
    self.last = last
    course = RecordedCourse(run.archive)
    reading = run.timeline.map { FactReading($0.experiment, $0.names) }
    if case .all = run.recomputability, let timeline = run.timeline { looked = timeline.first.step - 1 }
  }

  /// How many steps were looked at, where they are fewer than those of a live run.
  var judged: JudgedSteps? {
    let all = min(last, run.archive.lastStep)
    guard let complete, all > 0 else { return nil }
    return JudgedSteps(count: count, complete: complete, all: all)
  }

  /// Tells what was not told before, in the order of the run.
  ///
  /// - Parameters:
  ///   - hasTime: asked again and again whether less than a share of the time has passed.
  ///   - tell: called with each fact.
  /// - Throws: an error of the archive, what computing a step throws, or what `tell` throws.
  func tell(
    while hasTime: @escaping (_ share: Double) -> Bool, _ tell: @escaping (Fact) throws -> Void
  ) throws {
    if !hasBegun {
      hasBegun = true
      try tell(.run(runFacts))
    }
    let last = min(last, run.archive.lastStep)
    try course.refresh()
    if case .all = run.recomputability, let timeline = run.timeline {
      if looked == 0 { try countLabels(timeline.experiment, through: last, while: { hasTime(0.25) }) }
      try look(timeline, through: last, while: { hasTime(1) }, tell)
      if try nextStep(through: last) != nil { complete = complete ?? looked }
    } else {
      complete = 0
    }
    if complete != nil { try lookAtSample(through: last, while: { hasTime(1.5) }, tell) }
    looked = max(looked, last)
    try tellNumbers(through: last, withEpoch: true, isLate: { !hasTime(3) }, tell)
    let failures = try run.archive.events().filter { $0.kind == .error && $0.position.step <= self.last }
    for event in failures.dropFirst(failureCount) { try tell(.failure(failure(event))) }
    failureCount = failures.count
  }

  private var runFacts: RunFacts {
    if let reading { return reading.run }
    let origin = run.archive.origin
    let description = origin.description
    var facts = RunFacts(
      stepsPerEpoch: description.stepsPerEpoch > 0 ? description.stepsPerEpoch : nil,
      classNames: description.classNames)
    facts.source = description.isScript ? .script : origin.settings == nil ? .swift : .options
    return facts
  }

  private func tellNumbers(
    through step: Int, withEpoch: Bool, isLate: () -> Bool = { false }, _ tell: (Fact) throws -> Void
  ) throws {
    try course.tell(through: step, withEpoch: withEpoch, isLate: isLate) { fact in
      if case .epoch = fact, var labels = labels.take(), let counts = labels.takeCounts(),
        var facts = reading?.run
      {
        facts.classCounts = counts
        try tell(.run(facts))
      }
      try tell(fact)
    }
  }

  private func tell(_ facts: StepFacts, _ tell: (Fact) throws -> Void) throws {
    (count, looked) = (count + 1, facts.step)
    try tellNumbers(through: facts.step, withEpoch: false, tell)
    labels?.classCount = facts.targets?.classCount
    try tell(.step(facts))
  }

  // MARK: Steps of the schedule

  /// The step to look at next: that of the schedule, or before it the first whose loss is not finite.
  private func nextStep(through last: Int) throws -> Int? {
    let next = LookSchedule.next(after: looked)
    broken = try broken ?? course.firstBroken(through: min(next, last))
    if let broken, broken > looked, broken < next { return broken }
    return next <= last ? next : nil
  }

  /// Looks at the steps of the schedule in one walk.
  private func look(
    _ timeline: Timeline, through last: Int, while mayContinue: @escaping () -> Bool,
    _ tell: @escaping (Fact) throws -> Void
  ) throws {
    guard let first = try nextStep(through: last) else { return }
    let builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
    let walk = Walk(
      timeline, to: .endOf(step: first), keepsKeyframes: false,
      willBegin: { _ in
        guard mayContinue() else { throw Walk.Ended(end: .left) }
        return nil
      },
      visit: { [self] visit in
        let step = visit.tape.step
        try WorkProgress.reached(step, of: last)
        if let reading, let loss = builder.loss(visit.tape) {
          let withInputs = step <= LookSchedule.lastOfInputs
          try self.tell(reading.step(visit.tape, loss: Double(loss), withInputs: withInputs), tell)
        }
        looked = max(looked, step)
        return try nextStep(through: last).map { .stop(.endOf(step: $0)) } ?? .leave
      })
    // Of a small file not much is computed again.
    do { _ = try walk.run() } catch is InspectionError {}
  }

  /// Counts the labels of the first epoch, as a live run does.
  private func countLabels(_ experiment: Experiment, through last: Int, while mayContinue: () -> Bool) throws
  {
    let data = experiment.trainData
    guard last >= data.stepsPerEpoch else { return }
    var counts = LabelCounts()
    for step in 0..<data.stepsPerEpoch {
      guard mayContinue() else { return }
      counts.add(try data.batch(step: step).targets)
    }
    labels = counts
  }

  // MARK: A sample

  /// Looks at steps after the last that was looked at, from which nothing needs to be computed on the way.
  private func lookAtSample(
    through last: Int, while mayContinue: () -> Bool, _ tell: (Fact) throws -> Void
  ) throws {
    let archive = run.archive
    // Where the step before can be computed, its gradients are too: a keyframe is that step.
    let distance = if case .all = run.recomputability { 1 } else { 0 }
    let whole = Set(archive.wholeSteps)
    broken = try broken ?? course.firstBroken(through: last)
    let near = whole.union(archive.keyframeSteps.map { $0 + distance }).union([broken].compactMap(\.self))
      .filter { $0 > looked && $0 <= last && (run.canRecompute($0) || whole.contains($0)) }.sorted()
    let stride = max(1, (near.count + RecordedFacts.mostSamples - 1) / RecordedFacts.mostSamples)
    for (place, step) in near.enumerated()
    where place.isMultiple(of: stride) || step <= LookSchedule.first || step == broken {
      guard mayContinue() else { return }
      try WorkProgress.reached(step, of: last)
      if let facts = try facts(of: step) { try self.tell(facts, tell) }
    }
  }

  private func facts(of step: Int) throws -> StepFacts? {
    if let timeline = run.timeline, let reading, run.canRecompute(step) {
      var facts: StepFacts?
      let builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
      let walk = Walk(timeline, to: .endOf(step: step), keepsKeyframes: false) { visit in
        if visit.tape.step == step, let loss = builder.loss(visit.tape) {
          facts = reading.step(visit.tape, loss: Double(loss), withInputs: true)
        }
        return .leave
      }
      do { _ = try walk.run() } catch is InspectionError {}
      return facts
    }
    guard let whole = try run.archive.wholeStep(step) else { return nil }
    return StepFacts(whole, tensors: try run.archive.tensors(of: nil, at: step))
  }

  // MARK: Failures

  /// What an error that ended the run is about: the error itself, where its step can be computed again.
  private func failure(_ event: RunEvent) -> FailureFacts {
    let position = event.position
    let plain = FailureFacts(position: position, node: event.node, message: event.text)
    guard case .all = run.recomputability, let timeline = run.timeline, run.canRecompute(position.step),
      position.step == run.archive.lastStep + 1
    else { return plain }
    let walk = Walk(timeline, to: .endOf(step: position.step), keepsKeyframes: false) { _ in .leave }
    do { _ = try walk.run() } catch {
      guard "\(error)" == event.text else { return plain }
      return FailureFacts(error, batchCount: timeline.recorder.tape.batch?.count, at: position)
    }
    return plain
  }
}
