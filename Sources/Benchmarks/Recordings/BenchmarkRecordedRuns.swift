import Autograd
import Datasets
import DebuggerUI
import Foundation
import Localization
import NN
import Recording
import TapedeckKit
import TerminalUI
import Trace
import Training

/// Makes the recordings that are measured, and measures them.
struct BenchmarkRecordedRuns {
  let path: String
  let isQuick: Bool
  let environment: [String: String]
  let now: @Sendable () -> Double

  // MARK: What recording costs

  /// What a step takes.
  private struct Cost {
    /// **Units**: seconds on the clock, and of CPU time of the training thread.
    var seconds, work: Double
  }

  /// The share by which a recorded run takes longer than the same run without recording, in turn; and the same for
  /// the CPU time of the training thread, which other programs do not lengthen.
  func costs() throws -> (samples: BenchmarkSamples, note: String) {
    let data = try images()
    _ = try cost(of: data, recorded: false)
    var (seconds, work) = (BenchmarkSamples(), BenchmarkSamples())
    for round in 0..<(isQuick ? 1 : 9) {
      // They also take turns at going first.
      let isFirst = round.isMultiple(of: 2)
      let (first, second) = (try cost(of: data, recorded: isFirst), try cost(of: data, recorded: !isFirst))
      let (recorded, plain) = isFirst ? (first, second) : (second, first)
      seconds.add(recorded.seconds / plain.seconds - 1)
      work.add(recorded.work / plain.work - 1)
    }
    let note =
      try localized("CPU time of the training thread alone: \(decimal(work.median * 100, 1)) %") + "; "
      + fileNote()
    return (seconds, note)
  }

  /// What a step of five epochs takes, without evaluation, which is not recorded.
  private func cost(of data: any Dataset, recorded: Bool) throws -> Cost {
    let writer = recorded ? try writer() : nil
    defer { writer?.finish() }
    let size = BenchmarkRecordedRuns.batchSize
    let stopwatch = StopwatchDataset(
      data, batchSize: size, steps: isQuick ? 50 : 5 * 60_000 / size, clocks: now, threadSeconds)
    do { try train(stopwatch, epochs: 1, writer) } catch is StopwatchDataset.Finished {}
    let seconds = stopwatch.secondsPerStep
    return Cost(seconds: seconds.first ?? .nan, work: seconds.last ?? .nan)
  }

  // MARK: A long recording

  /// A run of a million steps on toy data: the first thousand are trained, and the rest repeat their numbers.
  func makeLong() throws {
    let count = isQuick ? 20_000 : 1_000_000
    var settings = TrainSettings(data: .toy(.xor), optimizer: .sgd)
    settings.epochs = 50
    let writer = try writer()
    let recorder = LengtheningRecorder(writer, steps: count)
    try record(into: recorder, settings: settings.recorded) { [settings] in try settings.makeExperiment() }
    recorder.lengthen()
    writer.finish()
  }

  /// Seconds from a path to a screen of the first moment with the whole loss curve.
  func openings() throws -> BenchmarkSamples {
    BenchmarkSamples(
      try (0..<(isQuick ? 1 : 15)).map { _ in
        let start = now()
        try open(through: [1]) { _, _ in }
        return now() - start
      })
  }

  // MARK: Seeking

  /// A run on images, whose keyframes have the optimizer's two moments.
  func makeImages() throws {
    let writer = try writer()
    try train(try images(), epochs: isQuick ? 1 : 5, writer)
    writer.finish()
  }

  /// Seconds from any moment to any other, until the screen is drawn.
  func seeks() throws -> BenchmarkSamples {
    let last = try RecordingReader(path: path).lastStep
    var generator = Generator(seed: 1)
    let places = (0..<(isQuick ? 2 : 200)).map { _ in 1 + generator.below(last) }
    var (times, since) = ([Double](), now())
    try open(through: places) { _, _ in
      let time = now()
      times.append(time - since)
      since = time
    }
    // The first includes opening the file.
    return BenchmarkSamples(Array(times.dropFirst()))
  }

  /// Opens the recording and draws the screen at the ends of some steps.
  private func open(through places: [Int], _ seen: @escaping (Int, Buffer) -> Void) throws {
    let archive = try RecordingReader(path: path)
    var run = ReplayedRun()
    run.environment = environment
    let size = Size(width: 120, height: 40)
    var state = DebuggerState(size: size)
    let data = archive.origin.settings == nil ? try images() : nil
    let replayed =
      try data.map {
        ReplayedExperiment(try BenchmarkRecordedRuns.experiment($0, epochs: 5), recomputability: .all)
      } ?? run.experiment(archive)
    let recorded = RecordedRun(archive, replayed, machine: Machine.description)
    let first = archive.origin.description.parameterNames.first
    try recorded.moments(atEndsOf: places, focus: Focus(node: first), file: path) { place, update in
      _ = state.update(update, seconds: 0)
      var screen = Buffer(size: size)
      state.draw(into: &screen)
      seen(place, screen)
    }
  }

  // MARK: Runs

  /// The size of the file, and how far apart its keyframes are.
  func fileNote() throws -> String {
    let archive = try RecordingReader(path: path)
    let places = archive.keyframeSteps
    let gaps = zip(places.dropFirst(), places).map { $0 - $1 }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    return "\(decimal(Double(size) / 1_048_576, 1)) MB, \(places.count) keyframes"
      + (gaps.max().map { localized(", at most \($0) steps apart") } ?? "")
  }

  private func writer() throws -> RecordingWriter {
    var options = RecordingWriter.Options()
    options.existing = .replace
    options.isAtWork = ThreadTeam.shared.stayAway
    return try RecordingWriter(path: path, options: options)
  }

  private func images() throws -> any Dataset {
    let count = isQuick ? 1_000 : 60_000
    return try BenchmarkImages(count: count, environment: environment).dataset(count)
  }

  private func train(_ data: any Dataset, epochs: Int, _ writer: RecordingWriter?) throws {
    try record(into: writer, settings: nil) { try BenchmarkRecordedRuns.experiment(data, epochs: epochs) }
  }

  private func record(
    into recorder: (any RunRecorder)?, settings: String?, _ make: @escaping @Sendable () throws -> Experiment
  ) throws {
    let plan = RecordingPlan(
      recorder: recorder, settings: settings, program: RecordingOpener.program, machine: Machine.description)
    let run = HeadlessRecordingRun(.live(make), recording: plan, now: now)
    _ = try run.run(began: { _ in }, report: { _ in })
  }

  private static let batchSize = 64

  private static func experiment(_ data: any Dataset, epochs: Int) throws -> Experiment {
    var generator = Generator(seed: 42, purpose: .initialization)
    let model = MultilayerPerceptron(
      sizes: [784, 128, 64, 10], initialization: .standard, generator: &generator)
    return Experiment(
      name: "images", model: model, loss: CrossEntropyLoss(),
      optimizer: Adam(model.namedParameters(), learningRate: 0.001),
      trainData: try DataLoader(data, batchSize: batchSize, shuffle: true, seed: 42), epochs: epochs, seed: 42
    )
  }
}
