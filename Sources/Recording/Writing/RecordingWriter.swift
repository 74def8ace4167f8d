import Dispatch
import Foundation
import Synchronization
import Trace

/// Writes a run into a recording while it trains.
///
/// Records are taken in on the training queue and written on a queue of the writer's own, at least twice a second. What
/// goes wrong is in `status`; training is not affected.
package final class RecordingWriter: RunRecorder {
  /// What becomes of a file that is there already.
  package enum Existing: Sendable, Equatable {
    /// It is not touched, and there is an error.
    case refuse
    /// It is written over.
    case replace
    /// It is resumed.
    case resume
  }

  /// How a run is recorded.
  package struct Options: Sendable {
    /// **Units**: bytes. What the file may take, with its log.
    package var budget = 64 << 20
    /// What becomes of a file that is there already.
    package var existing = Existing.refuse
    /// The share of the time that writing keyframes may take on the writer's own queue.
    package var keyframeTimeShare = ProcessInfo.processInfo.activeProcessorCount > 1 ? 0.04 : 0.02
    /// **Units**: seconds of work of the thread it is called on.
    package var workSeconds: @Sendable () -> Double = threadSeconds
    /// Told before long work on the writer's own queue, on the thread whose records cause it, and when it is done: what
    /// else uses all cores may then leave one of them.
    package var isAtWork: @Sendable (Bool) -> Void = { _ in }
    /// **Units**: seconds until new records are written; nil to write them only when asked.
    package var writeDelay: Double? = 0.25

    /// The usual ones.
    package init() {}
  }

  /// How many records wait for a disk that takes no more, before recording ends.
  private static let waitingLimit = 200_000
  /// How many bytes of keyframes wait at most for a slow disk.
  private static let waitingBytes = 64 << 20
  /// **Units**: seconds until the next try after a failure.
  private static let retryDelay = 2.0

  private let options: Options
  private let onStatus: @Sendable (RecordingStatus) -> Void
  /// Held for moments only: the training queue takes it too.
  private let waiting: Mutex<WaitingRecords>
  /// Owner: `queue`. nil once it is closed.
  private let disk: Mutex<RecordingDisk?>
  private let queue = DispatchQueue(label: "tapedeck.recording", qos: .utility)

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - options: How it is recorded.
  ///   - onStatus: Told on the writer's queue whenever `status` has changed.
  /// - Throws: `RecordingError`, if the file cannot be written.
  package init(
    path: String, options: Options = Options(),
    onStatus: @escaping @Sendable (RecordingStatus) -> Void = { _ in }
  ) throws {
    self.options = options
    self.onStatus = onStatus
    let disk = try RecordingDisk(
      path: path, budget: RecordingBudget(options.budget), existing: options.existing)
    waiting = Mutex(
      WaitingRecords(
        plan: KeyframePlan(timeShare: options.keyframeTimeShare),
        status: RecordingStatus(path: path, byteCount: disk.byteCount)))
    self.disk = Mutex(disk)
  }

  /// **Units**: bytes. What a step that is recorded whole may take of a budget, so that two of them fit.
  package static func wholeStepBytes(ofBudget total: Int) -> Int { RecordingBudget.wholeSteps(of: total) / 2 }

  /// How the recording is doing.
  package var status: RecordingStatus { waiting.withLock(\.status) }

  /// Takes in records, and has them written soon.
  package func record(_ records: [RunRecord]) {
    let delay: Double? = waiting.withLock { waiting in
      guard !waiting.isOver, !records.isEmpty, let delay = options.writeDelay else {
        if !waiting.isOver { waiting.add(records) }
        return nil
      }
      let hadKeyframes = waiting.keyframeBytes > 0
      waiting.add(records)
      // Keyframes are large, and what the first one costs says when the next may come.
      if waiting.keyframeBytes > 0, !hadKeyframes { return 0 }
      defer { waiting.isScheduled = true }
      return waiting.isScheduled ? nil : delay
    }
    guard let delay else { return }
    guard delay == 0 else { return schedule(after: delay) }
    options.isAtWork(true)
    queue.async { [self] in
      write()
      options.isAtWork(false)
    }
  }

  /// Whether the plan asks for a keyframe, and the disk keeps up.
  package func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool {
    waiting.withLock { waiting in
      guard !waiting.isOver, waiting.status.problem == nil,
        waiting.keyframeBytes < RecordingWriter.waitingBytes
      else { return false }
      return waiting.plan.wants(at: step, seconds: seconds, minimumInterval: minimumInterval)
    }
  }

  /// Writes all records so far; returns when they are written.
  package func flush() { queue.sync { write() } }

  /// Writes all records so far into one file and closes it. Later records are dropped.
  package func finish() {
    queue.sync {
      write()
      waiting.withLock { $0.isOver = true }
      let loss = close()
      let status = status
      publish(problem: status.problem ?? loss?.description, hasFailed: status.hasFailed || loss != nil)
    }
  }

  private func schedule(after seconds: Double) {
    queue.asyncAfter(deadline: .now() + seconds) { self.write() }
  }

  /// Writes all that waits. Runs on `queue`.
  private func write() {
    var records = waiting.withLock { waiting in waiting.take() }[...]
    guard !records.isEmpty else { return }
    // One keyframe a transaction: the log never grows by more.
    while let chunk = records.chunk {
      do {
        try write(chunk)
      } catch {
        return fail(error, left: Array(records))
      }
      records = records[chunk.endIndex...]
    }
    let isOver = waiting.withLock { $0.isOver }
    publish(problem: isOver ? status.problem : refusal, hasFailed: isOver && status.hasFailed)
  }

  private func write(_ records: ArraySlice<RunRecord>) throws {
    let begun = options.workSeconds()
    let keyframes = try disk.withLock { disk in try disk?.add(records) }
    let cost = options.workSeconds() - begun
    guard let keyframes else { return }
    waiting.withLock { waiting in
      if let added = keyframes.added {
        waiting.plan.wrote(cost: cost, capacity: added.capacity)
        waiting.refused = added.isRefused ? added.size : nil
      }
      if keyframes.gap > 0 { waiting.plan.thinned(gap: keyframes.gap) }
    }
  }

  /// Why no keyframes are kept, as a sentence.
  private var refusal: String? {
    waiting.withLock { waiting in
      waiting.refused.map { size in
        RecordingError.noRoom(path: waiting.status.path, keyframeBytes: size, budget: options.budget)
          .description
      }
    }
  }

  private func fail(_ error: any Error, left: [RunRecord]) {
    let path = status.path
    let problem = error as? RecordingError ?? .cannotWrite(path: path, reason: reasonOf(error))
    let isOver = waiting.withLock { waiting in
      waiting.putBack(left)
      waiting.isOver = problem.isFinal || waiting.records.count > RecordingWriter.waitingLimit
      if waiting.isOver { waiting.drop() }
      waiting.isScheduled = true
      return waiting.isOver
    }
    if isOver {
      _ = close()
    } else if options.writeDelay != nil {
      schedule(after: RecordingWriter.retryDelay)
    }
    publish(problem: problem.description, hasFailed: true)
  }

  private func close() -> RecordingError? {
    disk.withLock { disk in
      let loss = disk?.close()
      disk = nil
      return loss
    }
  }

  private func publish(problem: String?, hasFailed: Bool) {
    // Asking the file system may take long where the disk is busy, and training must not wait for that.
    let file = RecordingFile(path: status.path)
    let now = RecordingStatus(
      path: file.path, byteCount: file.byteCount, problem: problem, hasFailed: hasFailed)
    let changed: RecordingStatus? = waiting.withLock { waiting in
      guard now != waiting.status else { return nil }
      waiting.status = now
      return now
    }
    if let changed { onStatus(changed) }
  }
}
