import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// How well the model predicts, as the screen asks for it.
struct FigureTests {
  private static func show(_ part: PredictionFigures.Part?) -> Command {
    .show(ScreenNeeds(regions: nil, figures: .init(part: part)))
  }

  // MARK: The loss of a sample

  // F.cross_entropy(torch.tensor([[1., 2., 0.5]]), torch.tensor([0]))  → 1.4643688
  @Test func theLossOfASampleIsThatOfPyTorch() {
    let scores: [Float] = [1, 2, 0.5]
    #expect(abs(SampleLoss.crossEntropy.loss(scores: scores[...], label: 0) - 1.4643688) < 1e-6)
    // ((1 - 1)² + 2² + 0.5²) ÷ 3
    #expect(abs(SampleLoss.oneHotSquares.loss(scores: scores[...], label: 0) - 4.25 / 3) < 1e-6)
    let (outputs, targets): ([Float], [Float]) = ([0.5, -2], [1, 0])
    // F.binary_cross_entropy_with_logits(torch.tensor([.5, -2.]), torch.tensor([1., 0.]))  → 0.3005025
    #expect(
      abs(SampleLoss.binaryLogits.loss(outputs: outputs[...], targets: targets[...]) - 0.3005025) < 1e-6)
    // F.binary_cross_entropy(torch.tensor([.5, .2]), torch.tensor([1., 0.]))  → 0.4581454
    #expect(
      abs(SampleLoss.binaryProbabilities.loss(outputs: [0.5, 0.2], targets: targets[...]) - 0.4581454) < 1e-6
    )
    #expect(SampleLoss.squares.loss(outputs: outputs[...], targets: targets[...]) == 2.125)
    #expect(SampleLoss.magnitudes.loss(outputs: outputs[...], targets: targets[...]) == 1.25)
  }

  @Test func theUsualLossesAreKnownByTheirValue() throws {
    var experiment = try smallExperiment()
    let output = try Tensor((0..<40).map { Double(($0 * 7) % 11) / 5 - 1 }, shape: [4, 10])
    let labels = try Tensor([3, 1, 0, 9] as [Int64], shape: [4])
    func reading(_ loss: any Loss, _ targets: Tensor) throws -> FigureReading {
      experiment.loss = loss
      let value = try loss(output, targets, file: #fileID, line: #line).item()
      return try #require(FigureReading(output, targets, loss: value, of: experiment))
    }
    #expect(try reading(CrossEntropyLoss(), labels).sampleLoss == .crossEntropy)
    #expect(try reading(CrossEntropyLoss(reduction: .sum), labels).sampleLoss == .crossEntropy)
    #expect(try reading(LossKind.squaredError.make(), labels).sampleLoss == .oneHotSquares)
    let smoothed = try reading(CrossEntropyLoss(labelSmoothing: 0.3), labels)
    #expect(smoothed.sampleLoss == nil && smoothed.kind == .classes(10))
    let bits = try Tensor((0..<40).map { $0 % 3 == 0 ? 1.0 : 0 }, shape: [4, 10])
    #expect(try reading(BCEWithLogitsLoss(), bits).kind == .labels(10))
    #expect(try reading(BCEWithLogitsLoss(positiveWeight: 3), bits).kind == .labels(10))
    #expect(try reading(MSELoss(), bits).kind == .numbers)
    #expect(try reading(L1Loss(), bits).sampleLoss == .magnitudes)
  }

  @Test func labelsAreCountedAtTheProbabilityOfAHalf() throws {
    var experiment = try smallExperiment()
    experiment.loss = BCEWithLogitsLoss()
    let output = try Tensor([2.0, -1, 0, 0.5], shape: [2, 2])
    let targets = try Tensor([1.0, 1, 0, 1], shape: [2, 2])
    let value = try experiment.loss(output, targets, file: #fileID, line: #line).item()
    let reading = try #require(FigureReading(output, targets, loss: value, of: experiment))
    var tally = FigureTally(reading)
    let isTaken = tally.add(output, targets, indices: [5, 6])
    #expect(isTaken)
    guard case .labels(let labels) = tally.content else {
      Issue.record("no labels")
      return
    }
    #expect(labels.truePositives == [1, 1] && labels.falsePositives == [1, 0])
    #expect(labels.falseNegatives == [0, 1])
    #expect(tally.worst.samples.map(\.sample.index) == [5, 6])
    #expect(tally.worst.samples[0].labels == [0, 1] && tally.worst.samples[0].predictedLabels == [0])
  }

  // MARK: On the screen

  @Test func whatIsNotShownIsNotCounted() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let moment = try #require(probe.stop(after: .nextStep))
    #expect(moment.figures == nil && moment.figuresObstacle == nil)
  }

  @Test func aPausedRunEvaluatesTheModelAsItIs() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextStep))
    probe.runner.send(Self.show(.validation))
    let shown = try #require(probe.moment { $0.moment?.figures != nil })
    let figures = try #require(shown.figures)
    let experiment = try smallExperiment()
    let data = try #require(experiment.validationData)
    #expect(figures.part == .validation && figures.sampleCount == data.count && figures.wholeCount == nil)
    let classes = try #require(figures.classes)
    let labels = try data.batch(at: Array(0..<data.count)).targets.integers()
    #expect(classes.support == (0..<10).map { label in labels.count { $0 == label } })
    // Each of the worst has its own values.
    let worst = try #require(figures.worst.first)
    let values = try data.batch(at: [worst.sample.index]).inputs.array(Float.self)
    #expect(worst.sample.values == values)
    #expect(zip(figures.worst, figures.worst.dropFirst()).allSatisfy { $0.loss >= $1.loss })
  }

  @Test func theSamplesOfACellAreShownWhereTheyAreAskedFor() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(Self.show(.validation))
    let classes = try #require(probe.moment { $0.moment?.figures != nil }?.figures?.classes)
    let places = (0..<10).flatMap { label in (0..<10).map { (label, $0) } }
    let (label, prediction) = try #require(places.first { classes.count(label: $0.0, prediction: $0.1) > 0 })
    let cell = PredictionFigures.Cell(label: label, prediction: prediction)
    probe.runner.send(.show(ScreenNeeds(figures: .init(part: .validation, cell: cell))))
    let figures = try #require(probe.moment { $0.moment?.figures?.cell != nil }?.figures)
    #expect(figures.cell == cell && figures.classes == classes)
    let count = classes.count(label: label, prediction: prediction)
    #expect(figures.worst.count == min(count, FigureTally.mostOfCell))
    #expect(figures.worst.allSatisfy { $0.sample.label == label && $0.sample.prediction == prediction })
    #expect(figures.worst.allSatisfy { !$0.sample.values.isEmpty })
  }

  @Test func evaluatingLeavesTheRunAsItIs() throws {
    func losses(shown: Bool) throws -> [Float] {
      let probe = RunProbe(forgetfulExperiment)
      _ = try #require(probe.stop())
      if shown { probe.runner.send(Self.show(.training)) }
      for _ in 0..<4 { _ = try #require(probe.stop(after: .nextStep)) }
      return probe.seen.losses.map(\.loss)
    }
    #expect(try losses(shown: true) == losses(shown: false))
  }

  @Test func theEvaluationAtAnEpochsEndIsTheEpochsAccuracy() throws {
    let probe = RunProbe(forgetfulExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(Self.show(.validation))
    let end = try #require(probe.stop(after: .run))
    let classes = try #require(end.figures?.classes)
    #expect(classes.accuracy == probe.seen.epochs.last?.validationAccuracy)
    #expect(end.figures?.step == 45)
  }

  @Test func anEpochCountsTheBatchesThatItHasTrainedOn() throws {
    let probe = RunProbe(forgetfulExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(Self.show(.epoch))
    // Seven steps: the second epoch's first two.
    let moment = try #require(probe.stop(after: .goTo(Position(step: 8, phase: .batch, node: 0))))
    let figures = try #require(moment.figures)
    #expect(figures.firstStep == 6 && figures.step == 7 && figures.sampleCount == 16)
    let data = try forgetfulExperiment().trainData
    let indices = try data.indices(epoch: 1, index: 0) + data.indices(epoch: 1, index: 1)
    #expect(Set(figures.worst.map(\.sample.index)) == Set(indices))
    #expect(figures.worst.allSatisfy { [6, 7].contains($0.step) })
    // The past was not counted as it was trained.
    let past = try #require(probe.stop(after: .seek(step: 3)))
    #expect(past.figures == nil && past.figuresObstacle != nil)
  }

  @Test func aBatchHasFiguresOnceItHasAnOutput() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(Self.show(.batch))
    let start = try #require(probe.moment { $0.moment?.figuresObstacle != nil })
    #expect(start.figures == nil)
    let done = try #require(probe.stop(after: .nextStep).flatMap { _ in probe.stop(after: .previousNode) })
    let figures = try #require(done.figures)
    #expect(figures.sampleCount == done.batch?.count)
    #expect(figures.classes?.correct.reduce(0, +) == done.batch?.correctCount)
    // The losses of its samples have the batch's loss as their mean, as far as they are kept.
    let losses = figures.worst.map(\.loss)
    #expect(losses.count == min(figures.sampleCount, WorstSamples.most))
    if losses.count == figures.sampleCount, let loss = done.loss {
      #expect(abs(losses.reduce(0, +) / Double(losses.count) - Double(loss)) < 1e-4)
    }
  }

  @Test func aReplayEvaluatesWhatItComputesAgain() throws {
    let recording = MemoryRecording(keyframeEvery: 4)
    let live = RunProbe(
      .live(forgetfulExperiment), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(live.moment { $0.status == .finished })
    let plan = ReplayPlan(recording, file: "run.tapedeck", start: nil, speed: nil)
    let replay = RunProbe(
      .replay(plan) { ReplayedExperiment(try forgetfulExperiment(), recomputability: .all) })
    _ = try #require(replay.stop())
    for probe in [live, replay] { probe.runner.send(Self.show(.validation)) }
    let seek = Command.seek(Position(step: 20, phase: .loss, node: 0))
    let again = try #require(replay.stop(after: seek)?.figures)
    #expect(again == live.stop(after: seek)?.figures)
    // Where nothing can be computed it says so.
    let nothing = RunProbe(.replay(plan) { ReplayedExperiment(nothingBecause: "The network is not known.") })
    _ = try #require(nothing.stop())
    nothing.runner.send(Self.show(.validation))
    let moment = try #require(nothing.stop(after: .seek(step: 9)))
    #expect(moment.figures == nil && moment.figuresObstacle != nil)
  }

  @Test func aRegressionIsCountedInItsOwnUnits() throws {
    var experiment = try smallExperiment()
    experiment.loss = MSELoss()
    experiment.preparation = DataPreparation(
      sentence: "",
      regression: RegressionTarget(
        name: "price", mean: 10, deviation: 2, trainVariance: 1, validationVariance: 1))
    let (output, targets) = (
      try Tensor([0.0, 1, -1], shape: [3, 1]), try Tensor([0.5, 1, 1], shape: [3, 1])
    )
    let value = try experiment.loss(output, targets, file: #fileID, line: #line).item()
    let reading = try #require(FigureReading(output, targets, loss: value, of: experiment))
    var tally = FigureTally(reading)
    let isTaken = tally.add(output, targets, indices: [0, 1, 2])
    #expect(isTaken)
    guard case .numbers(let numbers) = tally.content else {
      Issue.record("no numbers")
      return
    }
    #expect(numbers.pairs.map(\.target) == [11, 12, 12] && numbers.pairs.map(\.output) == [10, 12, 8])
    #expect(numbers.meanAbsoluteError == 5.0 / 3)
    #expect(tally.worst.samples[0].sample.index == 2 && tally.worst.samples[0].sample.target == 12)
  }
}
