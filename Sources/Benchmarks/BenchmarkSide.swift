/// One of those that take turns at a row, with its times so far.
struct BenchmarkSide {
  /// nil for the engine's own.
  let library: BenchmarkPeer.Library?
  private let time: (Int) throws -> Double
  private let stepsPerBlock: Int
  private let warmUpPerBlock: Int
  /// About what a block takes.
  let blockSeconds: Double
  private(set) var samples = BenchmarkSamples()
  /// The steps taken since the first warm-up.
  private(set) var stepCount = 0

  /// Warms up, and finds how many steps make a block of some 20 ms; `time` gives the seconds of some steps.
  init(_ library: BenchmarkPeer.Library?, isQuick: Bool, time: @escaping (Int) throws -> Double) throws {
    self.library = library
    self.time = time
    var step = try time(1)
    var taken = 1
    while !isQuick, taken < 1 << 14, step * Double(taken) < 0.1 {
      taken *= 4
      step = try time(taken) / Double(taken)
    }
    warmUpPerBlock = isQuick || step > 1 ? 0 : max(1, Int(0.002 / step))
    stepsPerBlock = isQuick ? 1 : max(1, Int(0.02 / step))
    blockSeconds = step * Double(stepsPerBlock + warmUpPerBlock)
  }

  /// Takes a block of steps and records the time of one.
  mutating func takeBlock() throws {
    if warmUpPerBlock > 0 { _ = try time(warmUpPerBlock) }
    samples.add(try time(stepsPerBlock) / Double(stepsPerBlock))
    stepCount += warmUpPerBlock + stepsPerBlock
  }
}
