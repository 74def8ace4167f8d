import Autograd
import Datasets
import Localization
import NN
import TapedeckKit
import Training

/// What the debugger costs: the same steps in a loop by hand, in the training loop with hooks that do nothing, with its
/// diagnosis, and on a screen of 200×60 at up to 30 frames a second, in turn.
///
/// The screen is drawn into cells as always, but not sent to a terminal. All of them leave it a core, as a run on the
/// screen does.
package struct BenchmarkDebugger: Sendable {
  /// A network with its measurements, one sample per round.
  package struct Line: Sendable {
    /// The network.
    package let debugger: BenchmarkDebugger
    /// Seconds a step by hand, in the loop, and on the screen.
    package let bare, loop, screen: BenchmarkSamples
    /// The time of the loop divided by that by hand, and those with diagnosis and on the screen by the loop's, each within a
    /// round.
    package let hooks, diagnosis, screenRatio: BenchmarkSamples
    /// How many frames the screen drew in a second.
    package let framesPerSecond: Double
  }

  /// The ratios to stay below.
  package static let targets = (hooks: 1.01, diagnosis: 1.01, screen: 1.03)

  /// A short name, to choose it by.
  package let name: String
  /// What is trained, in a sentence.
  package let work: String
  private let layers: [Int]
  private let optimizer: OptimizerKind
  private let steps: Int

  /// The networks of `tapedeck bench`.
  package static let all = [
    BenchmarkDebugger(
      name: "debugger",
      work: localized("64-128-10, SGD with momentum, batch 64, without a debugger and with its screen"),
      layers: [64, 128, 10], optimizer: .sgd, steps: 30_000),
    BenchmarkDebugger(
      name: "debugger-exercise",
      work: localized("784-128-64-10, Adam, batch 64, without a debugger and with its screen"),
      layers: [784, 128, 64, 10], optimizer: .adam, steps: 6_000),
  ]

  /// Measures them in turn, some rounds of them; `now` gives seconds.
  ///
  /// - Throws: what training throws.
  func measure(isQuick: Bool, now: @escaping @Sendable () -> Double) throws -> Line {
    let samples = try BenchmarkDebugger.samples(layers.first ?? 1)
    let steps = isQuick ? 100 : steps
    var (bare, loop, screen) = (BenchmarkSamples(), BenchmarkSamples(), BenchmarkSamples())
    var (hooks, diagnosis, ratio) = (BenchmarkSamples(), BenchmarkSamples(), BenchmarkSamples())
    var (frames, seconds) = (0, 0.0)
    for _ in 0..<(isQuick ? 1 : 11) {
      let stopwatches = (0..<4).map { _ in
        StopwatchDataset(samples, batchSize: 64, steps: steps, clocks: now)
      }
      let byHand = try time(stopwatches[0], runByHand)
      let inLoop = try time(stopwatches[1]) { try HeadlessRun(experiment(on: $0), now: now).run { _ in } }
      let diagnosed = try time(stopwatches[3]) {
        try HeadlessRun(experiment(on: $0), now: now).run(find: { _ in }, report: { _ in })
      }
      let start = now()
      let onScreen = try time(stopwatches[2]) { frames += show($0, now: now) }
      seconds += now() - start
      bare.add(byHand)
      loop.add(inLoop)
      screen.add(onScreen)
      hooks.add(inLoop / byHand)
      diagnosis.add(diagnosed / inLoop)
      ratio.add(onScreen / inLoop)
    }
    return Line(
      debugger: self, bare: bare, loop: loop, screen: screen, hooks: hooks, diagnosis: diagnosis,
      screenRatio: ratio,
      framesPerSecond: Double(frames) / seconds)
  }

  /// Seconds a step, once `run` has come to the end of the batches.
  private func time(
    _ stopwatch: StopwatchDataset, _ run: (StopwatchDataset) throws -> Void
  ) throws -> Double {
    do { try run(stopwatch) } catch is StopwatchDataset.Finished {}
    return stopwatch.secondsPerStep.first ?? .nan
  }

  private func experiment(on data: StopwatchDataset) throws -> Experiment {
    var generator = Generator(seed: 1, purpose: .initialization)
    let model = MultilayerPerceptron(sizes: layers, initialization: .standard, generator: &generator)
    let optimizer = optimizer.make(
      model.namedParameters(), learningRate: 0.001, momentum: 0.9, weightDecay: 0)
    var experiment = Experiment(
      name: name, model: model, loss: CrossEntropyLoss(), optimizer: optimizer,
      trainData: try DataLoader(data, batchSize: 64), epochs: 1, seed: 1)
    experiment.productThreads = .leavingOne
    return experiment
  }

  /// The loop as a user would write it.
  private func runByHand(_ data: StopwatchDataset) throws {
    let experiment = try experiment(on: data)
    let loader = experiment.trainData
    try ExecutionContext(productThreads: experiment.productThreads).run {
      var total = 0.0
      for index in 0..<loader.stepsPerEpoch {
        let batch = try loader.batch(epoch: 0, index: index)
        experiment.optimizer.zeroGrad()
        let loss = try experiment.loss(
          experiment.model(batch.inputs), batch.targets, file: #fileID, line: #line)
        try loss.backward()
        try experiment.optimizer.step()
        total += try loss.item()
      }
    }
  }

  /// Runs in the debugger; returns how many frames it drew.
  private func show(_ data: StopwatchDataset, now: @escaping @Sendable () -> Double) -> Int {
    let terminal = SilentTerminal(isOver: { !data.secondsPerStep.isEmpty })
    let arrival = terminal.arrival
    let runner = Runner(make: { try experiment(on: data) }, now: now, onUpdate: { arrival.signal() })
    var debugger = Debugger(terminal: terminal, runner: runner, pace: nil)
    _ = debugger.run(isPaused: false)
    runner.send(.quit)
    _ = runner.waitForEnd(seconds: 1)
    return terminal.frameCount
  }

  /// Random pixels with classes that take turns.
  private static func samples(_ features: Int) throws -> any Dataset {
    var random = Generator(seed: 2, purpose: .data)
    let count = 4_096
    return try TableDataset(
      name: "pixels", featureNames: (0..<features).map { "pixel \($0)" },
      features: Tensor.rand([count, features], generator: &random).array(),
      targets: .classes((0..<count).map { $0 % 10 }, names: (0...9).map(String.init)))
  }
}
