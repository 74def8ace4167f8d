import Autograd
import Datasets
import Diagnosis
import NN
import Testing
import Trace
import Training

/// One run has the same findings at the same steps, however it is diagnosed: without a screen, on it, from its recording, and
/// in a replay.
struct SameFindingsTests {
  /// What is found, about what, and where.
  private struct Found: Equatable, CustomStringConvertible {
    let rule: String
    let subject: String?
    let step: Int

    init(_ finding: Finding) {
      (rule, subject, step) = (finding.rule, finding.subject, finding.position.step)
    }

    var description: String { "\(rule) \(subject ?? "") \(step)" }
  }

  /// A run on the first digits.
  private static func digits(
    _ count: Int, batch: Int, rate: Double = 0.1, epochs: Int,
    initialization: Initialization = .kaimingNormal
  ) -> @Sendable () throws -> Experiment {
    {
      var generator = Generator(seed: 7, purpose: .initialization)
      let model = MultilayerPerceptron(
        sizes: [64, 16, 10], initialization: initialization, generator: &generator)
      let data = try Subset(ImageDataset.digitsTrain(), indices: Array(0..<count))
      return Experiment(
        name: "digits", model: model, loss: CrossEntropyLoss(),
        optimizer: SGD(model.namedParameters(), learningRate: rate),
        trainData: try DataLoader(data, batchSize: batch, shuffle: true, seed: 7), epochs: epochs, seed: 7)
    }
  }

  /// A line through points, whose weights grow by a factor of more than ten in each step.
  private static let steep: @Sendable () throws -> Experiment = {
    var generator = Generator(seed: 7, purpose: .initialization)
    let layer = Linear(2, 1, generator: &generator)
    let model = Sequential(["fc1": layer])
    let features: [Float] = (0..<128).map { (place: Int) -> Float in Float(place * 37 % 64) / 32 - 1 }
    let targets = (0..<64).map { (row: Int) -> Float in
      let (a, b) = (features[2 * row], features[2 * row + 1])
      return a - b / 2
    }
    let data = try TableDataset(
      name: "heights", featureNames: ["a", "b"], features: features, targets: .values(targets))
    return Experiment(
      name: "heights", model: model, loss: MSELoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 100),
      trainData: try DataLoader(data, batchSize: 16, shuffle: true, seed: 7), epochs: 12, seed: 7)
  }

  private func withoutAScreen(_ make: @Sendable () throws -> Experiment) throws -> [Found] {
    var found: [Finding] = []
    try HeadlessRun(make(), now: { 0 }).run(find: { found += $0 }, report: { _ in })
    return found.map(Found.init)
  }

  private func onTheScreen(
    _ make: @escaping @Sendable () throws -> Experiment, into recording: MemoryRecording
  ) throws -> [Found] {
    let probe = RunProbe(.live(make), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.moment { $0.status == .finished })
    return probe.seen.findings.map(Found.init)
  }

  private func fromTheRecording(
    _ recording: MemoryRecording, _ make: @Sendable () throws -> Experiment,
    now: @escaping () -> Double = { 0 }, seconds: Double = 1
  ) throws -> (found: [Found], judged: JudgedSteps?) {
    let run = RecordedRun(recording, ReplayedExperiment(try make(), recomputability: .all))
    let diagnosis = RecordedDiagnosis(run, settings: .init(), now: now)
    var found: [Finding] = []
    try diagnosis.judge(seconds: seconds) { found += $0 }
    return (found.map(Found.init), diagnosis.judged)
  }

  private func replayed(
    _ recording: MemoryRecording, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> RunUpdate {
    let plan = ReplayPlan(recording, file: "run.tapedeck", speed: nil)
    let probe = RunProbe(.replay(plan) { ReplayedExperiment(try make(), recomputability: .all) })
    _ = try #require(probe.stop())
    return probe.seen
  }

  /// What is found, once it has been checked that it is the same everywhere.
  private func found(_ make: @escaping @Sendable () throws -> Experiment) throws -> [Found] {
    let recording = MemoryRecording(keyframeEvery: 16)
    let live = try withoutAScreen(make)
    #expect(try onTheScreen(make, into: recording) == live)
    let recorded = try fromTheRecording(recording, make)
    #expect(recorded.found == live && recorded.judged == nil)
    let replay = try replayed(recording, make)
    #expect(replay.findings.map(Found.init) == live && replay.judged == nil)
    return live
  }

  @Test func weightsOfZeroAreFoundAtTheSameStep() throws {
    // A layer is dead once 200 outputs of each unit were 0: of batches of 8, at the 25th look.
    let make = SameFindingsTests.digits(320, batch: 8, epochs: 2, initialization: .zeros)
    let dead = try found(make).filter { $0.rule == "dead-relu" }
    #expect(dead.map(\.description) == ["dead-relu fc1.relu 48"])
  }

  @Test func aRateThatIsFarTooLargeIsFoundAtTheSameStep() throws {
    let rules = try found(SameFindingsTests.steep).map(\.rule)
    #expect(rules.contains("diverging") && rules.contains("not-finite"), "\(rules)")
  }

  @Test func aSoundRunHasNoFindingAnywhere() throws {
    #expect(try found(SameFindingsTests.digits(960, batch: 64, epochs: 4)).isEmpty)
  }

  @Test func classesThatNoSampleHasAreFoundAtTheSameStep() throws {
    // No label is 9.
    let make: @Sendable () throws -> Experiment = {
      var experiment = try SameFindingsTests.digits(960, batch: 30, epochs: 2)()
      let all = try experiment.trainData.dataset.batch(at: Array(0..<960))
      let labels = all.targets.integers().map { min($0, 8) }
      let data = try TableDataset(
        name: "digits", featureNames: (0..<64).map { "pixel \($0)" }, features: all.inputs.array(),
        targets: .classes(labels, names: (0..<10).map(String.init)))
      experiment.trainData = try DataLoader(data, batchSize: 30, shuffle: true, seed: 7)
      return experiment
    }
    let missing = try found(make).filter { $0.rule == "class-never-seen" }
    // An epoch has 32 steps, and the next one that is looked at is the 40th.
    #expect(missing.map(\.step) == [40])
  }

  @Test func whereTimeIsShortItIsSaidHowManyStepsWereLookedAt() throws {
    let make = SameFindingsTests.digits(320, batch: 8, epochs: 2, initialization: .zeros)
    let recording = MemoryRecording()
    _ = try onTheScreen(make, into: recording)
    // It takes a second to ask for the time.
    var seconds = 0.0
    let (_, judged) = try fromTheRecording(
      recording, make,
      now: {
        seconds += 1
        return seconds
      }, seconds: 12)
    let steps = try #require(judged)
    #expect(steps.all == 80 && steps.complete > 0)
    #expect(steps.complete < 80 && steps.count < (1...80).count(where: LookSchedule.includes))
    #expect(steps.sentence.hasPrefix("Judged by \(steps.count) of 80 steps"))
  }
}
