import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// The built-in digits with their network.
@Sendable private func digitsExperiment() throws -> Experiment {
  var generator = Generator(seed: 42, purpose: .initialization)
  let model = MultilayerPerceptron(sizes: [64, 128, 10], generator: &generator)
  return Experiment(
    name: "digits", model: model, loss: CrossEntropyLoss(),
    optimizer: SGD(model.namedParameters(), learningRate: 0.1, momentum: 0.9),
    trainData: try DataLoader(ImageDataset.digitsTrain(), batchSize: 64, shuffle: true, seed: 42), epochs: 2,
    seed: 42)
}

/// Tests of the model leave the run as it was.
struct ModelTestTests {
  private static let tests: [ModelTest] = [.overfit(steps: 12), .learningRates(steps: 12), .gradients]
  /// Moments in the middle of a step of every phase, and one of the past.
  private static let places = [
    Position(step: 1, phase: .batch, node: 0), Position(step: 2, phase: .forward, node: 1),
    Position(step: 3, phase: .loss, node: 0), Position(step: 4, phase: .backward, node: 2),
    Position(step: 5, phase: .update, node: 1), Position(step: 2, phase: .backward, node: 1),
  ]

  /// A whole run, tested on the way or not, and what was recorded of it.
  private func run(
    tested: Bool, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> (probe: RunProbe, last: Moment, recording: MemoryRecording) {
    let recording = MemoryRecording()
    let probe = RunProbe(.live(make), recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.stop())
    for place in Self.places {
      let before = try #require(probe.stop(after: .goTo(place)))
      guard tested else { continue }
      for test in Self.tests {
        let after = try #require(probe.stop(after: .test(test)))
        #expect(after == before)
        #expect(probe.seen.modelTestResult != nil)
      }
    }
    probe.runner.send(.run)
    return (probe, try #require(probe.moment { $0.status == .finished }), recording)
  }

  @Test(arguments: [true, false])
  func theRunAfterwardsIsThatOfARunWithoutTests(remembers: Bool) throws {
    let make: @Sendable () throws -> Experiment = remembers ? forgetfulExperiment : smallExperiment
    let (plain, tested) = (try run(tested: false, make), try run(tested: true, make))
    #expect(tested.probe.seen.warnings.isEmpty)
    #expect(tested.probe.seen.losses == plain.probe.seen.losses)
    #expect(tested.probe.seen.epochs == plain.probe.seen.epochs)
    #expect(tested.last.parameters == plain.last.parameters)
    let (one, other) = (plain.recording, tested.recording)
    #expect(one.lastStep > 5 && one.keyframeSteps == other.keyframeSteps)
    for step in 1...one.lastStep {
      #expect(one.hash(at: step) == other.hash(at: step))
      #expect(one.scalars(in: step...step, limit: 1) == other.scalars(in: step...step, limit: 1))
      #expect(one.keyframe(atOrBefore: step) == other.keyframe(atOrBefore: step))
    }
  }

  private func result(
    of test: ModelTest, at step: Int = 1, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> ModelTestResult? {
    let probe = RunProbe(make)
    _ = try #require(probe.stop())
    if step > 1 { _ = try #require(probe.stop(after: .goTo(.end(of: step)))) }
    _ = try #require(probe.stop(after: .test(test)))
    #expect(probe.seen.warnings.isEmpty)
    #expect(probe.seen.events.last?.text == probe.seen.modelTestResult?.conclusion)
    return probe.seen.modelTestResult
  }

  private struct NoAnswer: Error {}

  @Test func theNetworkOfDigitsLearnsABatchByHeart() throws {
    guard case .overfit(let test)? = try result(of: .overfit(steps: 200), digitsExperiment) else {
      throw NoAnswer()
    }
    #expect(test.verdict == .learns && test.sampleCount == 64 && test.attempts.count == 1)
    let own = test.attempts[0]
    #expect(own.optimizer == "SGD lr 0.1 momentum 0.9" && own.steps <= 200)
    #expect(own.losses[0] > 2 && own.losses[own.steps] < test.goal && test.goal < 0.05)
    #expect(test.conclusion.hasPrefix("The network can learn this batch: loss 2."))
  }

  @Test func dropoutAndRunningAveragesAreNoObstacle() throws {
    guard case .overfit(let test)? = try result(of: .overfit(steps: 400), forgetfulExperiment) else {
      throw NoAnswer()
    }
    #expect(test.verdict == .learns || test.verdict == .learnsOtherwise)
  }

  @Test func aLearningRateThatIsTooSmallIsNotTheNetworksFault() throws {
    let make: @Sendable () throws -> Experiment = {
      let experiment = try digitsExperiment()
      experiment.optimizer.learningRate = 1e-8
      return experiment
    }
    guard case .overfit(let test)? = try result(of: .overfit(steps: 200), make) else { throw NoAnswer() }
    #expect(test.verdict == .learnsOtherwise && test.attempts[1].optimizer.hasPrefix("Adam lr "))
    #expect(test.conclusion.contains("the fault is in the optimizer's settings"))
  }

  /// The network of digits with a learning rate that kills all of its ReLUs within nine steps.
  private static let dying: @Sendable () throws -> Experiment = {
    let experiment = try digitsExperiment()
    experiment.optimizer.learningRate = 30
    return experiment
  }

  // After step 12 the loss still falls while its own optimizer moves the last bias alone; after step 20 it does not.
  @Test(arguments: [12, 20]) func weightsThatTrainingHasBrokenAreNotTheModelsFault(step: Int) throws {
    guard case .overfit(let test)? = try result(of: .overfit(steps: 200), at: step, Self.dying) else {
      throw NoAnswer()
    }
    #expect(test.verdict == .brokenWeights)
    #expect(test.attempts.map(\.start) == [nil, nil, nil, 1])
    let start = "From the weights of step \(step) the network cannot learn this batch ("
    #expect(test.conclusion.hasPrefix(start))
    #expect(test.conclusion.contains("); from those of step 1 it can (2."))
    #expect(test.conclusion.hasSuffix("): training has broken the weights."))
    // 1 % of the loss before training, not of the one that training has raised.
    #expect(test.goal < 0.05)
  }

  @Test func aLossThatRisesIsNotCalledSlower() throws {
    guard case .overfit(let test)? = try result(of: .overfit(steps: 200), Self.dying) else {
      throw NoAnswer()
    }
    #expect(test.verdict == .learnsOtherwise)
    #expect(test.conclusion.contains(" With its own SGD lr 30 momentum 0.9 the loss rises, 2."))
    #expect(test.conclusion.hasSuffix(" in 200 steps: lower the learning rate."))
  }

  @Test func noLearningRateIsSuggestedForWeightsWithoutAGradient() throws {
    guard case .learningRates(let sweep)? = try result(of: .learningRates(steps: 100), at: 12, Self.dying)
    else {
      throw NoAnswer()
    }
    #expect(sweep.suggestion == nil && sweep.choice == nil)
    let sentence =
      "Backward brings no gradient to 2 of 2 weights, fc1.weight first: no learning rate helps them."
    #expect(sweep.conclusion == sentence + " Go to the first step (:goto 1) and try there.")
    let dead: @Sendable () throws -> Experiment = {
      let experiment = try digitsExperiment()
      for parameter in experiment.model.namedParameters() where parameter.name == "fc1.bias" {
        try noGrad { try parameter.tensor.copy(from: Tensor([Float](repeating: -1_000, count: 128))) }
      }
      return experiment
    }
    guard case .learningRates(let first)? = try result(of: .learningRates(steps: 100), dead) else {
      throw NoAnswer()
    }
    #expect(first.suggestion == nil && first.conclusion == sentence)
  }

  @Test func learningRatesOfDigitsHaveABestAndAGreatest() throws {
    guard case .learningRates(let sweep)? = try result(of: .learningRates(steps: 100), digitsExperiment)
    else {
      throw NoAnswer()
    }
    let rate = try #require(sweep.suggestion)
    #expect((1e-3...3).contains(rate))
    #expect(sweep.diverges && sweep.points.count < 100)
    #expect(sweep.points[0].rate == 1e-7)
    // The screen takes this number, so the sentences name it.
    let choice = try #require(sweep.choice)
    #expect(sweep.conclusion.contains(LearningRateSweep.text(choice)))
    #expect(sweep.conclusion.hasPrefix("The loss falls most steeply at a learning rate of "))
    #expect(sweep.conclusion.hasSuffix(" The run has 0.1."))
  }

  @Test(arguments: [true, false])
  func everyDerivativeOfASoundNetworkAgrees(remembers: Bool) throws {
    let make: @Sendable () throws -> Experiment = remembers ? forgetfulExperiment : smallExperiment
    guard case .gradients(let check)? = try result(of: .gradients, make) else { throw NoAnswer() }
    #expect(check.rows(.differs).isEmpty && check.rows(.isNotFinite).isEmpty)
    #expect(check.rows(.agrees).count >= (remembers ? 9 : 7))
    #expect(check.conclusion.hasPrefix("All derivatives agree with finite differences, "))
    #expect(Set(check.rows.map(\.node)).isSuperset(of: ["fc1.linear", "fc2.weight", "cross_entropy"]))
  }

  @Test func aCommandEndsATestAndIsCarriedOut() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    probe.runner.send(.test(.overfit(steps: 100_000)))
    #expect(probe.told { $0.modelTest != nil })
    let moment = try #require(probe.stop(after: .nextNode))
    #expect(moment.position > .start)
    #expect(probe.seen.modelTestResult == nil || probe.seen.events.count == 1)
  }

  @Test func aRecordingWithItsDataIsTestedTooAndOneWithoutSaysWhy() throws {
    let recording = try run(tested: false, smallExperiment).recording
    let probe = RunProbe(
      .replay(ReplayPlan(recording, file: "run.tapedeck")) {
        ReplayedExperiment(try smallExperiment(), recomputability: .all)
      })
    _ = try #require(probe.stop())
    for test in Self.tests {
      _ = try #require(probe.stop(after: .test(test)))
      #expect(probe.seen.modelTestResult != nil && probe.seen.warnings.isEmpty)
    }
    let batches = RunProbe(
      .replay(ReplayPlan(recording, file: "run.tapedeck")) {
        ReplayedExperiment(try smallExperiment(), recomputability: .keyframes(reason: "No data."))
      })
    _ = try #require(batches.stop())
    _ = try #require(batches.stop(after: .test(.learningRates(steps: 12))))
    #expect(batches.seen.warnings.last?.hasPrefix("The data of this run are not here, so there are ") == true)
  }
}

/// What a sweep makes of losses, without a run.
struct LearningRateSweepTests {
  @Test func ratesGrowByOneFactorFromTheLeastToTheGreatest() {
    let rates = (0..<9).map { LearningRateSweep.rate($0, of: 9) }
    for (rate, exponent) in zip(rates, -7...1) {
      #expect(abs(rate / LearningRateSweep.rate(exponent + 7, of: 9) - 1) < 1e-12)
    }
    #expect(abs(rates[0] - 1e-7) < 1e-18 && abs(rates[8] - 10) < 1e-9)
  }

  @Test func theSteepestPlaceOfTheSmoothedLossIsSuggested() throws {
    var sweep = LearningRateSweep()
    for step in 0..<100 {
      // Flat, a fall from the 60th step to the 70th, flat again.
      let loss = step < 60 ? 2.0 : step < 70 ? 2 - 0.15 * Double(step - 60) : 0.5
      _ = sweep.add(loss: loss, rate: LearningRateSweep.rate(step, of: 100))
    }
    sweep.suggest()
    let rate = try #require(sweep.suggestion)
    #expect((LearningRateSweep.rate(65, of: 100)...LearningRateSweep.rate(71, of: 100)).contains(rate))
  }

  @Test func theChoiceIsATenthOfTheTurningPointWhereThatIsLess() throws {
    var sweep = LearningRateSweep()
    for step in 0..<90 {
      let loss = step < 60 ? 2.3 : step < 80 ? 2.3 - Double(step - 60) * 0.1 : 3 + Double(step - 80)
      _ = sweep.add(loss: loss, rate: LearningRateSweep.rate(step, of: 100))
    }
    sweep.suggest()
    let turn = try #require(sweep.turningPoint)
    #expect(turn == LearningRateSweep.rate(79, of: 100))
    #expect(sweep.suggestion == LearningRateSweep.rate(78, of: 100) && sweep.choice == turn / 10)
    sweep.suggestion = turn / 100
    #expect(sweep.choice == turn / 100)
    sweep.suggestion = nil
    #expect(sweep.choice == nil)
  }

  @Test func aLossFourTimesTheSmallestOrNotFiniteEndsIt() {
    var sweep = LearningRateSweep()
    var goesOn = [(1.0, 1e-7), (6, 1e-6), (20, 1e-5)].map { sweep.add(loss: $0.0, rate: $0.1) }
    #expect(goesOn == [true, true, false])
    #expect(sweep.diverges)
    var other = LearningRateSweep()
    goesOn = [(1.0, 1e-7), (.nan, 1e-6)].map { other.add(loss: $0.0, rate: $0.1) }
    #expect(goesOn == [true, false])
    #expect(other.points.last?.smoothed == 1 && other.diverges)
    other.suggest()
    #expect(other.suggestion == nil)
  }

  @Test func aLossThatFallsNowhereHasNoSuggestion() {
    var sweep = LearningRateSweep()
    for step in 0..<100 { _ = sweep.add(loss: 1, rate: LearningRateSweep.rate(step, of: 100)) }
    sweep.suggest()
    #expect(sweep.suggestion == nil)
  }
}
