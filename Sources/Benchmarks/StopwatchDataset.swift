import Datasets
import Synchronization

/// Batches for a number of steps that note when the training thread takes the first and the last that count.
///
/// The samples of another set, over and over; asking for a batch after the last ends the run.
/// Owner of the times: the mutex.
final class StopwatchDataset: Dataset {
  /// Thrown in place of a batch after the last.
  struct Finished: Error {}

  let name = "stopwatch"
  let count: Int
  private let samples: any Dataset
  private let steps: Int
  private let warmUp: Int
  private let clocks: [@Sendable () -> Double]
  private let state = Mutex(State())

  private struct State {
    var step = 0
    var start: [Double] = []
    var end: [Double] = []
  }

  /// Batches of `batchSize` from `samples`; the first tenth of the steps warms up. Each of the clocks gives seconds.
  init(_ samples: any Dataset, batchSize: Int, steps: Int, clocks: (@Sendable () -> Double)...) {
    self.samples = samples
    self.steps = steps
    self.clocks = clocks
    warmUp = steps / 10
    count = (steps + 1) * batchSize
  }

  var featureCount: Int { samples.featureCount }
  var classNames: [String] { samples.classNames }
  var imageSize: (rows: Int, columns: Int)? { samples.imageSize }

  /// Seconds per step by each clock, without the warm-up; empty before the last step is done.
  var secondsPerStep: [Double] {
    state.withLock { state in zip(state.end, state.start).map { ($0 - $1) / Double(steps - warmUp) } }
  }

  func batch(at indices: [Int]) throws -> Batch {
    try state.withLock { state in
      state.step += 1
      if state.step == warmUp + 1 { state.start = clocks.map { $0() } }
      guard state.step > steps else { return }
      if state.end.isEmpty { state.end = clocks.map { $0() } }
      throw Finished()
    }
    return try samples.batch(at: indices.map { $0 % samples.count })
  }
}
