import Synchronization
import Trace

/// A recording in memory: takes a run in, and gives it back.
final class MemoryRecording: RunRecorder, RunArchive {
  private struct Contents {
    var origin: RunOrigin?
    var scalars: [Int: IterationScalars] = [:]
    var keyframes: [Int: StateSnapshot] = [:]
    var hashes: [Int: UInt64] = [:]
    var graphs: [(iteration: Int, graph: ComputationGraph)] = []
    var epochs: [EpochResult] = []
    var events: [RunEvent] = []
    var thumbnails: [(iteration: Int, pictures: [Thumbnail])] = []
    var isFinished = false
    var isAbandoned = false
  }

  private let contents = Mutex(Contents())
  private let interval: Int

  /// A recording with a keyframe every so many iterations.
  init(keyframeEvery interval: Int = 4) { self.interval = interval }

  /// A copy of all that was recorded until the start of an iteration.
  func cut(before iteration: Int) -> MemoryRecording {
    let copy = MemoryRecording(keyframeEvery: interval)
    var kept = contents.withLock(\.self)
    kept.scalars = kept.scalars.filter { $0.key < iteration }
    kept.keyframes = kept.keyframes.filter { $0.key < iteration }
    kept.hashes = kept.hashes.filter { $0.key < iteration }
    kept.isFinished = false
    kept.epochs.removeAll { $0.iteration >= iteration }
    kept.events.removeAll { $0.position.iteration >= iteration }
    copy.contents.withLock { $0 = kept }
    return copy
  }

  /// Gives a keyframe the hash of other values.
  func changeHash(ofKeyframe iteration: Int) { contents.withLock { $0.keyframes[iteration]?.hash ^= 1 } }

  func record(_ records: [RunRecord]) {
    contents.withLock { contents in
      for record in records {
        switch record {
        case .origin(let origin): contents.origin = origin
        case .scalars(let scalars): contents.scalars[scalars.iteration] = scalars
        case .graph(let iteration, let graph): contents.graphs.append((iteration, graph))
        case .keyframe(let snapshot): contents.keyframes[snapshot.iteration] = snapshot
        case .hash(let iteration, let hash): contents.hashes[iteration] = hash
        case .epoch(let result): contents.epochs.append(result)
        case .event(let event): contents.events.append(event)
        case .thumbnails(let iteration, let pictures): contents.thumbnails.append((iteration, pictures))
        case .fork(let position):
          contents.scalars = contents.scalars.filter { $0.key < position.iteration }
          contents.keyframes = contents.keyframes.filter { $0.key <= position.iteration }
          contents.hashes = contents.hashes.filter { $0.key <= position.iteration }
          contents.epochs.removeAll { $0.iteration >= position.iteration }
          contents.events.removeAll { $0.position > position }
        case .finished: contents.isFinished = true
        }
      }
    }
  }

  func wantsKeyframe(at iteration: Int, seconds: Double, apart: Double) -> Bool { iteration % interval == 1 }

  var isFinished: Bool { contents.withLock(\.isFinished) }
  var isBeingWritten: Bool { contents.withLock { !$0.isFinished && !$0.isAbandoned } }

  /// Whoever wrote it is gone.
  func abandon() { contents.withLock { $0.isAbandoned = true } }

  var origin: RunOrigin {
    contents.withLock(\.origin)
      ?? RunOrigin(
        description: RunDescription(
          data: "", network: "", optimizer: "", batchSize: 1, seed: 0, epochs: 1, iterationsPerEpoch: 1),
        settings: nil, program: "", machine: "", dataHash: 0, begun: 0)
  }
  var lastIteration: Int { contents.withLock { $0.scalars.keys.max() ?? 0 } }
  var keyframeIterations: [Int] { contents.withLock { $0.keyframes.keys.sorted() } }
  func keyframe(atOrBefore iteration: Int) -> StateSnapshot? {
    contents.withLock { contents in
      contents.keyframes.keys.filter { $0 <= iteration }.max().flatMap { contents.keyframes[$0] }
    }
  }
  func hash(at iteration: Int) -> UInt64? { contents.withLock { $0.hashes[iteration] } }
  func graph(at iteration: Int) -> ComputationGraph? {
    contents.withLock { $0.graphs.last { $0.iteration <= iteration }?.graph }
  }
  func scalars(in iterations: ClosedRange<Int>, limit: Int) -> [IterationScalars] {
    contents.withLock { contents in iterations.compactMap { contents.scalars[$0] } }
  }
  func iteration(atSeconds seconds: Double) -> Int { lastIteration }
  func epochs() -> [EpochResult] { contents.withLock(\.epochs) }
  func events() -> [RunEvent] { contents.withLock(\.events) }
  func thumbnails(atOrBefore iteration: Int) -> [Thumbnail] {
    contents.withLock { $0.thumbnails.last { $0.iteration <= iteration }?.pictures ?? [] }
  }
}
