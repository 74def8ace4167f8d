import Recording
import Synchronization
import Trace

/// Makes a long recording of a short run by repeating its steps.
final class LengtheningRecorder: RunRecorder {
  private let recorder: RecordingWriter
  private let steps: Int
  private let told = Mutex((rows: [StepScalars](), epochs: [EpochResult]()))

  /// A recorder that passes a run on to another, lengthened to a number of steps.
  init(_ recorder: RecordingWriter, steps: Int) {
    self.recorder = recorder
    self.steps = steps
  }

  func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool {
    recorder.wantsKeyframe(at: step, seconds: seconds, minimumInterval: minimumInterval)
  }

  func record(_ records: [RunRecord]) {
    recorder.record(
      records.compactMap { record in
        switch record {
        case .origin(var origin):
          let length = max(1, origin.description.stepsPerEpoch)
          origin.description.epochs = (steps + length - 1) / length
          return .origin(origin)
        case .scalars(let row): told.withLock { $0.rows.append(row) }
        case .epoch(let epoch): told.withLock { $0.epochs.append(epoch) }
        case .finished: return nil
        default: break
        }
        return record
      })
  }

  /// Records the remaining steps and epochs.
  func lengthen() {
    let (rows, epochs) = told.withLock(\.self)
    guard let last = rows.last, let length = epochs.first?.step, length > 0 else { return }
    for start in stride(from: rows.count, to: steps, by: rows.count) {
      var more: [RunRecord] = []
      for row in rows where start + row.step <= steps {
        var row = row
        row.seconds += Double(start / rows.count) * last.seconds
        row.step += start
        more.append(.scalars(row))
        if row.step % 8 == 1 { more.append(.hash(step: row.step, UInt64(row.step))) }
      }
      for epoch in epochs where start + epoch.step <= steps {
        var epoch = epoch
        epoch.step += start
        epoch.epoch = epoch.step / length
        more.append(.epoch(epoch))
      }
      recorder.record(more)
      // The writer drops records when too many are waiting.
      recorder.flush()
    }
    recorder.record([.finished])
  }
}
