import Trace

/// The records that a writer has not written yet, and what it knows of keyframes.
struct WaitingRecords: Sendable {
  private(set) var records: [RunRecord] = []
  /// **Units**: bytes of keyframes and whole steps among the records.
  private(set) var keyframeBytes = 0
  /// Whether a write is scheduled.
  var isScheduled = false
  /// Whether nothing more is recorded.
  var isOver = false
  var plan: KeyframePlan
  /// The size of a keyframe that the budget has no room for; nil while there is room.
  var refused: Int?
  var status: RecordingStatus

  /// Nothing waits.
  init(plan: KeyframePlan, status: RecordingStatus) {
    self.plan = plan
    self.status = status
  }

  /// Takes records in.
  mutating func add(_ new: [RunRecord]) {
    for record in new { note(record) }
    records += new
  }

  /// Hands out all records.
  mutating func take() -> [RunRecord] {
    defer { (records, keyframeBytes, isScheduled) = ([], 0, false) }
    return records
  }

  /// Takes back records that could not be written; what is large is given up.
  mutating func putBack(_ left: [RunRecord]) {
    let small = left.filter { record in
      switch record {
      case .keyframe, .thumbnails, .whole: false
      default: true
      }
    }
    records = small + records
  }

  /// Gives up all records.
  mutating func drop() { (records, keyframeBytes) = ([], 0) }

  private mutating func note(_ record: RunRecord) {
    switch record {
    case .origin(let origin):
      let (count, overflow) = origin.description.epochs.multipliedReportingOverflow(
        by: origin.description.stepsPerEpoch)
      plan.expectedSteps = overflow ? 0 : max(0, count)
    case .keyframe(let snapshot): keyframeBytes += snapshot.byteCount
    case .whole(let step): keyframeBytes += step.byteCount
    case .fork(let position): plan.forked(after: position.step)
    default: break
    }
  }
}

extension ArraySlice<RunRecord> {
  /// The records of one transaction, up to and with the next keyframe or whole step; nil where none are left.
  var chunk: ArraySlice<RunRecord>? {
    guard !isEmpty else { return nil }
    // What is written is safe, so not too much waits for the end of a transaction.
    let most = prefix(8_192)
    let keyframe = most.firstIndex { record in
      switch record {
      case .keyframe, .whole: true
      default: false
      }
    }
    return self[startIndex..<(keyframe.map { $0 + 1 } ?? most.endIndex)]
  }
}

extension StateSnapshot {
  /// The bytes of its arrays.
  fileprivate var byteCount: Int { arrays.reduce(0) { $1.arrays.reduce($0) { $0 + $1.bytes.count } } }
}
