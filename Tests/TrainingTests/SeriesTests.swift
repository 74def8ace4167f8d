import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// What is plotted of a run, against the same numbers computed directly.
struct SeriesTests {
  private static let weight = Condition.TensorReference(node: "fc1.weight", view: .gradient)
  private static let relu = Condition.TensorReference(node: "fc1.relu", view: .value)
  private static let wanted: [PlotSeries] = [
    .gradientNorm, .updateRatio, .deadUnits, .measure(.norm, of: weight), .measure(.max, of: weight),
    .measure(.zeros, of: relu),
    .measure(.mean, of: Condition.TensorReference(node: "fc1.bias", view: .value)),
  ]

  private func values(_ update: RunUpdate, step: Int) -> [PlotSeries: Double] {
    Dictionary(
      update.series.filter { $0.step == step }.map { ($0.series, $0.value) }, uniquingKeysWith: { $1 })
  }

  private func isNear(_ left: Double?, _ right: Double) -> Bool {
    left.map { abs($0 - right) <= 1e-6 * max(1e-6, abs(right)) } ?? false
  }

  private func squares(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) } }

  @Test func aLiveRunsValuesAreThoseComputedDirectly() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.plot(Self.wanted))
    _ = try #require(probe.stop(after: .nextStep))
    let values = values(probe.seen, step: 1)
    #expect(isNear(values[.learningRate], 0.1))

    let experiment = try smallExperiment()
    let batch = try experiment.trainData.batch(step: 0)
    let parameters = experiment.model.namedParameters().map { ($0.name, $0.tensor) }
    func array(_ name: String) throws -> [Float] {
      try #require(parameters.first { $0.0 == name }).1.array()
    }
    let hidden = try hidden(batch.inputs.array(), weight: array("fc1.weight"), bias: array("fc1.bias"))
    let output = try experiment.model(batch.inputs, file: #fileID, line: #line)
    try experiment.loss(output, batch.targets, file: #fileID, line: #line).backward()
    let gradients: [[Float]] = try parameters.map { try #require($0.1.grad).array() }
    #expect(isNear(values[.gradientNorm], gradients.reduce(0) { $0 + squares($1) }.squareRoot()))
    let own: [Float] = try #require(parameters.first { $0.0 == "fc1.weight" }?.1.grad).array()
    #expect(isNear(values[.measure(.norm, of: Self.weight)], squares(own).squareRoot()))
    #expect(values[.measure(.max, of: Self.weight)] == own.max().map(Double.init))

    let before: [[Float]] = parameters.map { $0.1.array() }
    try experiment.optimizer.step()
    let after: [[Float]] = parameters.map { $0.1.array() }
    let change = zip(after, before).reduce(0) { $0 + squares(zip($1.0, $1.1).map { $0 - $1 }) }
    let size = after.reduce(0) { $0 + squares($1) }
    #expect(isNear(values[.updateRatio], (change / size).squareRoot()))
    let bias = try array("fc1.bias")
    let mean = PlotSeries.measure(.mean, of: .init(node: "fc1.bias", view: .value))
    #expect(isNear(values[mean], bias.reduce(0) { $0 + Double($1) } / Double(bias.count)))

    let zeros = hidden.joined().count { $0 <= 0 }
    #expect(isNear(values[.measure(.zeros, of: Self.relu)], Double(zeros) / 40))
    let dead = (0..<5).count { unit in hidden.allSatisfy { $0[unit] <= 0 } }
    #expect(isNear(values[.deadUnits], Double(dead) / 5))
  }

  /// The hidden layer of each sample before its ReLU.
  private func hidden(_ inputs: [Float], weight: [Float], bias: [Float]) -> [[Float]] {
    (0..<inputs.count / 64).map { sample in
      (0..<5).map { unit in
        (0..<64).reduce(bias[unit]) { $0 + weight[unit * 64 + $1] * inputs[sample * 64 + $1] }
      }
    }
  }

  @Test func withoutAPlotOnlyTheLearningRateIsTold() throws {
    let probe = RunProbe(isPaused: false, smallExperiment)
    _ = try #require(probe.moment { $0.status == .finished })
    #expect(probe.seen.series == [SeriesPoint(.learningRate, step: 1, value: 0.1)])
  }

  @Test func aChangedLearningRateIsToldAgain() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextStep))
    probe.runner.send(.change(.hyperparameter(name: "lr", value: 0.01), future: .dropped))
    _ = try #require(probe.stop(after: .nextStep))
    _ = try #require(probe.stop(after: .nextStep))
    #expect(probe.seen.series.map(\.value) == [0.1, 0.01])
  }

  @Test func aReplayHasTheRecordedNormsAtOnce() throws {
    let recording = MemoryRecording()
    let live = RunProbe(
      .live(smallExperiment), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(live.moment { $0.status == .finished })
    let plan = ReplayPlan(recording, file: "run.tapedeck", start: 1, speed: nil)
    let replay = RunProbe(.replay(plan) { ReplayedExperiment(try smallExperiment(), recomputability: .all) })
    _ = try #require(replay.stop())
    let steps = recording.scalars(in: 1...6, limit: 6)
    let total = replay.seen.series.filter { $0.series == .gradientNorm }
    #expect(total.map(\.step) == Array(1...6))
    #expect(zip(total, steps).allSatisfy { isNear($0.value, squares($1.gradientNorms).squareRoot()) })

    let norm = PlotSeries.gradientNorm(of: "fc1.weight")
    replay.runner.send(.plot([norm]))
    #expect(replay.told { $0.series.contains { $0.series == norm } })
    let own = replay.seen.series.filter { $0.series == norm }.map(\.value)
    #expect(own == steps.map { Double($0.gradientNorms[0]) })
  }

  @Test func aRecordingThatIsNotComputedAgainSaysWhatItHasNot() throws {
    let recording = MemoryRecording()
    let live = RunProbe(
      .live(smallExperiment), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(live.moment { $0.status == .finished })
    let plan = ReplayPlan(recording, file: "run.tapedeck", start: 1, speed: nil)
    let replay = RunProbe(.replay(plan) { ReplayedExperiment(nothingBecause: "No data.") })
    _ = try #require(replay.stop())
    replay.runner.send(.plot([.measure(.zeros, of: Self.relu)]))
    #expect(replay.told { $0.warnings.contains { $0.hasPrefix("zeros(fc1.relu) cannot be plotted") } })
  }
}
