import Synchronization
import Trace

/// A recording in memory: takes a run in, and gives it back.
final class MemoryRecording: RunRecorder, RunArchive {
  private struct Contents {
    var origin: RunOrigin?
    var scalars: [Int: StepScalars] = [:]
    var keyframes: [Int: StateSnapshot] = [:]
    var hashes: [Int: UInt64] = [:]
    var graphs: [(step: Int, graph: ComputationGraph)] = []
    var epochs: [EpochResult] = []
    var events: [RunEvent] = []
    var thumbnails: [(step: Int, pictures: [Thumbnail])] = []
    var whole: [Int: WholeStep] = [:]
    var isFinished = false
    var isAbandoned = false
  }

  private let contents = Mutex(Contents())
  private let interval: Int

  /// A recording with a keyframe every so many steps.
  init(keyframeEvery interval: Int = 4) { self.interval = interval }

  /// A copy of all that was recorded until the start of a step.
  func cut(before step: Int) -> MemoryRecording {
    let copy = MemoryRecording(keyframeEvery: interval)
    var kept = contents.withLock(\.self)
    kept.scalars = kept.scalars.filter { $0.key < step }
    kept.keyframes = kept.keyframes.filter { $0.key < step }
    kept.hashes = kept.hashes.filter { $0.key < step }
    kept.isFinished = false
    kept.epochs.removeAll { $0.step >= step }
    kept.events.removeAll { $0.position.step >= step }
    copy.contents.withLock { $0 = kept }
    return copy
  }

  /// Gives a keyframe the hash of other values.
  func changeHash(ofKeyframe step: Int) { contents.withLock { $0.keyframes[step]?.hash ^= 1 } }

  func record(_ records: [RunRecord]) {
    contents.withLock { contents in
      for record in records {
        switch record {
        case .origin(let origin): contents.origin = origin
        case .scalars(let scalars): contents.scalars[scalars.step] = scalars
        case .graph(let step, let graph): contents.graphs.append((step, graph))
        case .keyframe(let snapshot): contents.keyframes[snapshot.step] = snapshot
        case .hash(let step, let hash): contents.hashes[step] = hash
        case .epoch(let result): contents.epochs.append(result)
        case .event(let event): contents.events.append(event)
        case .thumbnails(let step, let pictures): contents.thumbnails.append((step, pictures))
        case .whole(let step): contents.whole[step.watched.step] = step
        case .fork(let position):
          contents.scalars = contents.scalars.filter { $0.key < position.step }
          contents.keyframes = contents.keyframes.filter { $0.key <= position.step }
          contents.hashes = contents.hashes.filter { $0.key <= position.step }
          contents.epochs.removeAll { $0.step >= position.step }
          contents.events.removeAll { $0.position > position }
        case .finished: contents.isFinished = true
        }
      }
    }
  }

  func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool { step % interval == 1 }

  var isFinished: Bool { contents.withLock(\.isFinished) }
  var isBeingWritten: Bool { contents.withLock { !$0.isFinished && !$0.isAbandoned } }

  /// Whoever wrote it is gone.
  func abandon() { contents.withLock { $0.isAbandoned = true } }

  var origin: RunOrigin {
    contents.withLock(\.origin)
      ?? RunOrigin(
        description: RunDescription(
          data: "", network: "", optimizer: "", batchSize: 1, seed: 0, epochs: 1, stepsPerEpoch: 1),
        settings: nil, program: "", machine: "", dataHash: 0, begun: 0)
  }
  /// As if another arithmetic had computed it; nil for one from before there were versions.
  func changeArithmetic(_ version: Int?) { contents.withLock { $0.origin?.arithmetic = version } }

  var lastStep: Int { contents.withLock { $0.scalars.keys.max() ?? 0 } }
  var keyframeSteps: [Int] { contents.withLock { $0.keyframes.keys.sorted() } }
  func keyframe(atOrBefore step: Int) -> StateSnapshot? {
    contents.withLock { contents in
      contents.keyframes.keys.filter { $0 <= step }.max().flatMap { contents.keyframes[$0] }
    }
  }
  func hash(at step: Int) -> UInt64? { contents.withLock { $0.hashes[step] } }
  func graph(at step: Int) -> ComputationGraph? {
    contents.withLock { $0.graphs.last { $0.step <= step }?.graph }
  }
  func scalars(in steps: ClosedRange<Int>, limit: Int) -> [StepScalars] {
    contents.withLock { contents in steps.compactMap { contents.scalars[$0] } }
  }
  func step(atSeconds seconds: Double) -> Int {
    contents.withLock { $0.scalars.values.filter { $0.seconds <= seconds }.map(\.step).max() ?? 0 }
  }
  func epochs() -> [EpochResult] { contents.withLock(\.epochs) }
  func events() -> [RunEvent] { contents.withLock(\.events) }
  func thumbnails(atOrBefore step: Int) -> [Thumbnail] {
    contents.withLock { $0.thumbnails.last { $0.step <= step }?.pictures ?? [] }
  }
  var wholeSteps: [Int] { contents.withLock { $0.whole.keys.sorted() } }
  func wholeStep(_ step: Int) -> WatchedStep? { contents.withLock { $0.whole[step]?.watched } }
  func tensors(of node: String?, at step: Int) -> [KeptTensor] {
    contents.withLock { $0.whole[step]?.tensors.filter { node == nil || $0.node == node } ?? [] }
  }
}
