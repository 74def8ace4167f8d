import Datasets
import Trace

/// The state of a replay: how far the recording goes, what of it can be run again, and how fast it plays.
///
/// Owner: the training queue.
final class Replay {
  /// What is said to a user who wants to change something.
  static let isReadOnly =
    "A recording cannot be changed; `tapedeck train --resume FILE` goes on with its run, where it can."

  let recorded: RecordedPast
  let openness: Openness
  let isWatching: Bool
  /// Where to begin.
  let start: Int
  /// The first and the last iteration that there are.
  let first: Int
  private(set) var last: Int
  /// The end of the recording.
  var head: Position
  /// The iteration that is shown as recorded, without being run again.
  var closed: Int?
  /// An iteration that could be run again but is shown as recorded, since the way to it is long.
  var film: Int?
  /// Whether the end of a watched recording is followed.
  var isFollowing: Bool
  /// The recorded batch of the iteration that runs, where the data are not here.
  private var batch: (iteration: Int, batch: Batch)?
  /// The first iteration whose numbers, computed here, were not those recorded; nil while there is none.
  private(set) var difference: Int?
  /// How many iterations were run, and how many recorded hashes were met on the way.
  private(set) var seen = (iterations: 0, hashes: 0)
  private var pacer: ReplayPacer
  private let machine: String
  private let nodeCount: Int
  private let file: String
  private var hasToldEnd = false
  /// What the screen has been told of already.
  private var told = (iteration: 0, epoch: 0, events: 0)

  /// A replay of a plan; `openness` says what of it can be run again, on the machine of that name.
  init(_ plan: ReplayPlan, recorded: RecordedPast, openness: Openness, machine: String) {
    let usable = recorded.first != nil
    self.recorded = recorded
    self.openness =
      usable || openness.reason != nil ? openness : .nothing(reason: ArchiveError.noKeyframe.description)
    self.machine = machine
    isWatching = plan.isWatching
    last = max(1, plan.archive.lastIteration)
    if case .nothing = self.openness { first = 1 } else { first = recorded.first?.iteration ?? 1 }
    isFollowing = plan.isWatching && plan.start == nil
    start = min(max(plan.start ?? (isFollowing ? last : first), first), max(first, last))
    nodeCount = plan.archive.origin.description.parameterNames.count
    head = Position(iteration: last, phase: .update, node: max(0, nodeCount - 1))
    file = plan.file
    pacer = ReplayPacer(speed: plan.speed)
  }

  /// Whether an iteration is shown as recorded.
  func isClosed(_ iteration: Int) -> Bool {
    switch openness {
    case .all: film == iteration
    case .keyframes: !recorded.has(iteration)
    case .nothing: true
    }
  }

  /// The recorded batch of an iteration; nil where the data are here.
  ///
  /// - Throws: an error of the archive, or ``ArchiveError``.
  func batch(of iteration: Int) throws -> Batch? {
    guard case .keyframes = openness else { return nil }
    guard let batch = try recorded.snapshot(of: iteration)?.batch else {
      throw ArchiveError.array(
        name: "keyframe \(iteration)", expected: "the iteration's batch", got: "none")
    }
    return try batch.batch()
  }

  /// Looks whether more was recorded; true if so.
  func refresh() -> Bool {
    guard isWatching, case let newest = recorded.archive.lastIteration, newest != last, newest > 0 else {
      return false
    }
    last = newest
    hasToldEnd = false
    head = Position(iteration: newest, phase: .update, node: max(0, nodeCount - 1))
    recorded.refresh()
    return true
  }

  /// Whether nothing more will come of a watched run, unless a process goes on with it.
  var isOver: Bool {
    let archive = recorded.archive
    // What was written last may have come after the last look.
    return !archive.isBeingWritten && archive.lastIteration == last
  }

  /// Notes that a watched run is over; the sentence to tell where it was not at its end, and that is new.
  func noteEnd() -> String? {
    guard !recorded.archive.isFinished, !hasToldEnd else { return nil }
    hasToldEnd = true
    return "nobody writes \(file) any more; `tapedeck train --resume` goes on with its run"
  }

  /// What was recorded since the last call: losses, epochs and events.
  func news() -> RunUpdate {
    var update = RunUpdate()
    let archive = recorded.archive
    do {
      if last < told.iteration {
        update.fork = RunUpdate.Fork(
          position: Position(iteration: last + 1, phase: .batch, node: 0), future: .dropped)
        told.iteration = last
      }
      if last > told.iteration {
        update.losses = try archive.scalars(in: told.iteration + 1...last, limit: Replay.curvePoints).map {
          RunUpdate.LossPoint(iteration: $0.iteration, loss: $0.loss, accuracy: $0.accuracy)
        }
        told.iteration = last
      }
      let (epochs, events) = (try archive.epochs(), try archive.events())
      if update.fork != nil {
        told.epoch = epochs.last { $0.iteration <= last }?.epoch ?? 0
        told.events = events.count { $0.position.iteration <= last }
      }
      // The writer of a long run gives up epochs of its past, so that their count says nothing.
      update.epochs = epochs.filter { $0.epoch > told.epoch }
      update.events = Array(events.dropFirst(told.events))
      (told.epoch, told.events) = (epochs.last?.epoch ?? told.epoch, events.count)
    } catch {
      update.warnings = ["\(error)"]
    }
    return update
  }

  /// Points of the loss curve that the screen is told at once.
  private static let curvePoints = 4_096

  /// What the status line says of the run.
  var description: RunDescription {
    var description = recorded.archive.origin.description
    description.source = isWatching ? .watch(file: file) : .replay(file: file)
    return description
  }

  /// Notes that numbers are not those recorded; the sentence to tell where that is new.
  func noteDifference(at iteration: Int) -> String? {
    guard difference == nil else { return nil }
    difference = iteration
    return "iteration \(iteration) was not met again bit for bit\(machines); the recorded numbers are shown"
  }

  /// In what the machine that recorded differs from this one, as a part of a sentence; short, for the status line.
  private var machines: String {
    func parts(_ machine: String) -> [String] {
      machine.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
    }
    let (there, here) = (parts(recorded.archive.origin.machine), parts(machine))
    let other =
      there.filter { !here.contains($0) }.map { "\($0) there" }
      + here.filter { !there.contains($0) }.map { "\($0) here" }
    return other.isEmpty ? "" : ": " + other.joined(separator: ", ")
  }

  /// Notes that an iteration is run, and whether it began as recorded, where that is known.
  func count(_ agrees: Bool?) {
    seen.iterations += 1
    if agrees == true { seen.hashes += 1 }
  }

  /// Puts the recorded numbers in the place of those computed here, where these differ; the sentence to tell where
  /// that is new.
  func complete(_ moment: inout Moment?) -> String? {
    guard closed == nil, let iteration = moment?.position.iteration,
      let scalars = try? recorded.archive.scalars(in: iteration...iteration, limit: 1).first,
      scalars.iteration == iteration
    else { return nil }
    let isOther = moment?.loss.map { $0 != scalars.loss && !($0.isNaN && scalars.loss.isNaN) } ?? false
    let sentence = isOther ? noteDifference(at: iteration) : nil
    guard difference != nil else { return nil }
    if moment?.loss != nil { moment?.loss = scalars.loss }
    if (moment?.position.phase ?? .batch) == .update,
      moment?.parameters.count == scalars.gradientNorms.count
    {
      for (place, norm) in scalars.gradientNorms.enumerated()
      where moment?.parameters[place].gradientNorm != nil { moment?.parameters[place].gradientNorm = norm }
    }
    moment?.limitation = Replay.otherDigits
    return sentence
  }

  /// What is said of moments whose numbers are not those recorded.
  static let otherDigits =
    "This machine computes other last digits than the recording has: loss and gradient norms are the recorded "
    + "ones, tensors are computed here."

  // MARK: Speed

  /// How long to wait before an iteration is shown.
  func rest(before iteration: Int, now: Double) -> Double {
    pacer.rest(before: iteration, now: now, archive: recorded.archive)
  }

  /// The iteration that is to be shown now, after one that was.
  func iteration(after shown: Int, now: Double) -> Int {
    min(last, max(shown + 1, pacer.iteration(now: now, archive: recorded.archive) ?? 0))
  }

  /// How many times as fast as recorded; nil for as fast as can be.
  func setSpeed(_ speed: Double?) { pacer = ReplayPacer(speed: speed) }

  /// The film begins again wherever it is.
  func unanchor() { pacer.unanchor() }
}

extension Position {
  /// A place for the end of an iteration whose last node is not known.
  static func end(of iteration: Int) -> Position { Position(iteration: iteration, phase: .update, node: 0) }
}
