import Foundation
import Testing
import Trace

/// What shows over epochs: overfitting, a class that is not learned, a learning rate that falls, evaluation that is worse.
struct EpochRuleTests {
  private func overfitting(_ epochs: [Fact]) throws -> [String] {
    try Made.findings("overfitting", in: epochs, run: RunFacts(location: "train.py")).map(\.what)
  }

  @Test func aValidationLossThatRisesIsTold() throws {
    let numbers = (1...30).map {
      Made.epoch($0, train: 1 / Double($0), validation: 0.5 + 0.02 * abs(Double($0) - 8))
    }
    #expect(
      try overfitting(numbers) == [
        "the validation loss has risen since epoch 9, while the training loss falls"
      ])
    let classes = (1...30).map {
      Made.epoch(
        $0, train: 1 / Double($0), validation: 0.5 + 0.02 * abs(Double($0) - 8), accuracy: (0.99, 0.85))
    }
    #expect(try overfitting(classes).count == 1)
  }

  @Test func aScriptThatOverfitsIsToldAtTheLineOfItsOptimizer() throws {
    let epochs = (1...30).map {
      Made.epoch($0, train: 1 / Double($0), validation: 0.5 + 0.02 * abs(Double($0) - 8))
    }
    let script = RunFacts(optimizerLocation: "train.py:7")
    #expect(try Made.findings("overfitting", in: epochs, run: script).map(\.location) == ["train.py:7"])
    let run = RunFacts(location: "main.swift:3")
    #expect(try Made.findings("overfitting", in: epochs, run: run).map(\.location) == ["main.swift:3"])
  }

  @Test func soundRunsDoNotOverfit() throws {
    func epochs(
      _ train: (Double) -> Double, _ validation: (Double) -> Double, _ accuracy: (Double, Double)? = nil
    ) -> [Fact] {
      (1...60).map {
        Made.epoch($0, train: train(Double($0)), validation: validation(Double($0)), accuracy: accuracy)
      }
    }
    let sound: [[Fact]] = [
      // Digits: 0.01 against 0.33, which has risen by 7 %, with 100 % and 92 % right.
      epochs({ 1 / $0 / $0 }, { 0.31 + 0.001 * max(0, $0 - 10) }, (1, 0.92)),
      // Fashion-MNIST: samples that are certain and wrong.
      epochs({ 0.5 / $0 }, { 0.33 + 0.003 * max(0, $0 - 8) }, (0.955, 0.885)),
      // Spirals: a small noisy validation set, below the training loss.
      epochs({ 0.1 + 0.3 / $0 }, { 0.04 + 0.05 * Double(Made.noise(Int($0))) }, (0.97, 0.975)),
      epochs({ 0.4 + 0.3 / $0 }, { 0.45 + 0.3 / $0 + 0.03 * Double(Made.noise(Int($0))) }),
      // Both rise: that is no overfitting. Both stay.
      epochs({ 0.5 + 0.01 * $0 }, { 0.5 + 0.02 * $0 }), epochs({ _ in 0.5 }, { _ in 0.7 }),
      epochs({ 1 / $0 }, { _ in .nan }),
      (1...60).map { Made.epoch($0, train: 1 / Double($0), validation: nil) },
    ]
    for (place, facts) in sound.enumerated() { #expect(try overfitting(facts).isEmpty, "\(place)") }
  }

  private func classes(_ count: Int, _ classes: @escaping (Int) -> [(samples: Int, mispredicted: Int)]) throws
    -> [String]
  {
    let epochs = (1...count).map { Made.epoch($0, train: 0.5, validation: nil, classes: classes($0)) }
    let run = RunFacts(classNames: ["cat", "dog", "owl"], location: "train.py")
    return try Made.findings("class-imbalance", in: Made.steps(1...1) + epochs, run: run).map(\.what)
  }

  @Test func aRareClassThatIsNotLearnedIsTold() throws {
    let found = try classes(8) { _ in [(500, 10), (500, 12), (30, 28)] }
    #expect(found == ["class owl is not learned: 93.3 % of its samples are predicted as other classes"])
    let finding = try #require(
      try Made.findings(
        "class-imbalance",
        in: Made.steps(1...1)
          + (1...5).map { Made.epoch($0, train: 1, validation: nil, classes: [(500, 9), (40, 40)]) }
      ).first)
    #expect(
      finding.remedy.first?.hasPrefix("Weight the classes in the loss") == true
        && finding.position.step == 100)
    #expect(finding.location == "model.py:14")
  }

  @Test func aClassWithWrongLabelsIsTold() throws {
    #expect(try classes(8) { _ in [(500, 10), (500, 12), (200, 180)] }.count == 1)
  }

  @Test func classesOfSoundRunsAreNotTold() throws {
    // A rare class that is learned later than others; one that is learned; a start in which none is; a hard class.
    #expect(try classes(20) { [(500, 10), (500, 12), (30, $0 < 5 ? 30 : 4)] }.isEmpty)
    #expect(try classes(20) { _ in [(500, 10), (500, 12), (30, 9)] }.isEmpty)
    #expect(try classes(20) { _ in [(500, 0), (500, 490), (500, 500)] }.isEmpty)
    #expect(try classes(20) { _ in [(500, 20), (500, 30), (500, 300)] }.isEmpty)
    #expect(try classes(20) { _ in [(500, 20), (500, 30), (2, 2)] }.isEmpty)
    #expect(try classes(20) { _ in [(500, 20), (500, 30), (0, 0)] }.isEmpty)
  }

  @Test func samplesOfStepsAreCountedWhereNobodyCountsThoseOfEpochs() throws {
    let facts = Made.steps(1...60) { step in
      step.targets = TargetFacts(
        shape: [64], areClasses: true, classCount: 2, minimum: 0, maximum: 1, counts: [60, 4],
        mispredicted: [1, 4])
    }
    let findings = try Made.findings("class-imbalance", in: facts)
    #expect(findings.map(\.subject) == ["1"] && findings.first?.position.step == 40)
  }

  private func rates(_ steps: Int, perEpoch: Int? = 100, _ rate: @escaping (Int) -> Double) throws -> [Int] {
    let facts = (1...steps).flatMap { step -> [Fact] in
      let loss = Made.loss(step, 1, rate: rate(step))
      guard let perEpoch, step % perEpoch == 0 else { return [loss] }
      let result = EpochResult(
        epoch: step / perEpoch, step: step, loss: 1, validationLoss: nil, trainAccuracy: nil,
        validationAccuracy: nil,
        seconds: 1)
      return [loss, .epoch(EpochFacts(result: result))]
    }
    return try Made.findings("learning-rate-fell", in: facts, run: RunFacts(stepsPerEpoch: perEpoch)).map(
      \.position.step)
  }

  @Test func aScheduleStepOfEachBatchIsTold() throws {
    #expect(try rates(300) { 0.1 * pow(0.8, Double($0)) } == [43])
    #expect(try rates(1000, perEpoch: 400) { 0.1 * pow(0.1, Double($0 / 30)) } == [150])
    #expect(try rates(300, perEpoch: nil) { 0.1 * pow(0.8, Double($0)) } == [43])
  }

  @Test func schedulesOfSoundRunsAreNotTold() throws {
    func cosine(_ step: Int, _ all: Double) -> Double { 0.05 * (1 + cos(Double.pi * Double(step) / all)) }
    #expect(try rates(2000) { cosine($0, 2000) }.isEmpty)
    #expect(try rates(20000, perEpoch: nil) { cosine($0, 20000) }.isEmpty)
    // Warm restarts, one within an epoch; one-cycle; a fall by 10 at each third of the run; linear; constant.
    #expect(try rates(2000, perEpoch: 500) { cosine($0 % 400, 400) }.isEmpty)
    #expect(
      try rates(1000, perEpoch: 1000) { $0 < 300 ? 1e-3 * Double($0) : cosine($0 - 300, 700) + 1e-6 }.isEmpty)
    #expect(try rates(3000) { 0.1 * pow(0.1, Double($0 / 500)) }.isEmpty)
    #expect(try rates(3000, perEpoch: nil) { 0.1 * (1 - Double($0) / 3000) }.isEmpty)
    #expect(try rates(3000) { _ in 1e-8 }.isEmpty)
    #expect(try rates(3000) { 1e-7 * Double($0) }.isEmpty)
  }

  /// Steps of which the same batch has another loss in evaluation mode.
  private func modes(_ train: Float, _ evaluation: Float, steps: ClosedRange<Int> = 1...140) throws
    -> [Finding]
  {
    var graph = Made.graph()
    graph.nodes[4].operation = "batch_norm"
    let facts = Made.steps(
      steps, loss: { $0 < 20 ? 2.3 : train }, graph: graph,
      change: {
        $0.evaluationLoss = evaluation
      })
    return try Made.findings("mode-gap", in: facts)
  }

  @Test func anEvaluationThatIsFarWorseIsTold() throws {
    let findings = try modes(0.5, 2)
    #expect(
      findings.map(\.what)
        == ["the same batch has a loss of 0.5000 in training mode and 2.000 in evaluation mode"])
    #expect(findings.first?.location == "model.py:5" && findings.first?.position.step == 110)
  }

  @Test func evaluationsOfSoundRunsAreNotTold() throws {
    // Dropout; noise; small differences at the end; the first steps, in which batch norm has seen nothing yet.
    #expect(try modes(1, 0.4).isEmpty)
    #expect(try modes(1, 1.9).isEmpty)
    #expect(try modes(0.01, 0.05).isEmpty)
    #expect(try modes(0.5, 9, steps: 1...100).isEmpty)
  }

  private func mixed(_ node: String?, activation: String = "relu") throws -> [Finding] {
    let facts = [
      Made.step(1, graph: Made.graph(activation: activation)) {
        $0.mixed = StepFacts.MixedSamples(output: 0, input: 1, node: node)
      }
    ]
    return try Made.findings("mixed-samples", in: facts)
  }

  @Test func samplesThatMixAreTold() throws {
    let finding = try #require(try mixed("fc1.softmax", activation: "softmax").first)
    #expect(finding.what == "the output of sample 0 depends on the input of sample 1")
    #expect(
      finding.location == "model.py:5" && finding.evidence.last == "It shows first in softmax(fc1.linear).")
    #expect(try mixed(nil).count == 1)
  }

  @Test(arguments: ["batch_norm", "lstm", "scaled_dot_product_attention", "index_add"])
  func modelsThatMixOnPurposeAreNotTold(_ operation: String) throws {
    #expect(try mixed("fc1.linear", activation: operation).isEmpty)
    // The similarity of all pairs, as in contrastive learning.
    #expect(try mixed("fc1.matmul", activation: "matmul").isEmpty)
  }
}
