import Diagnosis
import Testing
import Trace

/// Rules about labels, classes and the size of batches.
struct ClassRuleTests {
  private static func epoch(_ counts: [Int]) -> Fact {
    let result = EpochResult(
      epoch: 1, step: 10, loss: 1, validationLoss: nil, trainAccuracy: nil, validationAccuracy: nil,
      seconds: 1)
    return .epoch(
      EpochFacts(result: result, classes: counts.map { EpochFacts.ClassCount(samples: $0, mispredicted: 0) }))
  }

  // label-out-of-range

  @Test func theLabelAndTheClassesAreNamed() throws {
    let failure = FailureFacts(
      position: .start(of: 2), operation: "cross_entropy", node: "cross_entropy",
      message: "Target 10 is out of bounds.", kind: .labelOutOfRange, location: "train.py:20")
    let found = try findings(by: "label-out-of-range", [.step(.network()), .failure(failure)])
    #expect(found.map(\.what) == ["label 10 is not one of the output's classes, 0 to 9"])
    #expect(found.map(\.location) == ["train.py:20"])
    #expect(found[0].remedy[0] == "If labels count from 1, use y - 1.")
  }

  @Test func aLabelOfMinusOneStandsForNone() throws {
    let failure = FailureFacts(
      position: .start(of: 1), message: "", kind: .labelOutOfRange, label: -1, classCount: 3)
    let found = try findings(by: "label-out-of-range", [.failure(failure)])
    #expect(found[0].remedy[0].contains("ignore_index=-1"))
  }

  @Test func labelsThatTheLossIgnoresAreNoFault() throws {
    let step = StepFacts.network {
      $0.targets = TargetFacts(shape: [32], areClasses: true, classCount: 10, minimum: -100, maximum: 9)
    }
    #expect(try findings(by: "label-out-of-range", in: step).isEmpty)
    let other = FailureFacts(position: .start(of: 1), message: "Target 10 is out of bounds.")
    #expect(try findings(by: "label-out-of-range", [.failure(other)]).isEmpty)
  }

  // class-never-seen

  @Test func labelsThatCountFromOneAreFound() throws {
    let run = RunFacts.sound { $0.classCounts = [0] + Array(repeating: 30, count: 9) }
    let found = try findings(by: "class-never-seen", in: .network(), run: run)
    #expect(found.map(\.what) == ["labels seem to count from 1: no sample has class 0"])
    #expect(found.map(\.location) == ["train.py:10"])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test func aClassThatAWholeEpochDoesNotHaveIsANote() throws {
    let counts = [40, 40, 40, 0, 40, 40, 40, 0, 40, 40]
    var run = RunFacts.sound()
    run.classNames = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
    let found = try findings(by: "class-never-seen", [.run(run), .step(.network()), Self.epoch(counts)])
    #expect(found.map(\.what) == ["of 10 output classes, no training sample has class 3 (d), 7 (h)"])
    #expect(found.map(\.severity) == [.note])
  }

  @Test func theStepsOfAnEpochAreCountedWhereAllWereLookedAt() throws {
    let steps = (1...10).map { number in
      Fact.step(
        .network(number) {
          $0.targets = TargetFacts(
            shape: [32], areClasses: true, classCount: 10, minimum: 0, maximum: 8,
            counts: [8, 8, 4, 4, 2, 2, 2, 1, 1])
        })
    }
    let found = try findings(by: "class-never-seen", [.run(.sound())] + steps + [Self.epoch([])])
    #expect(found.map(\.what) == ["of 10 output classes, no training sample has class 9"])
    #expect(
      try findings(by: "class-never-seen", [.run(.sound())] + steps.dropLast() + [Self.epoch([])]).isEmpty)
  }

  @Test(arguments: [[Int](), [40, 40, 40, 40, 40, 40, 40, 40, 40, 40], [5, 5, 5, 0, 5, 5, 5, 5, 5, 5]])
  func allClassesOrTooFewSamplesAreNoFault(counts: [Int]) throws {
    #expect(try findings(by: "class-never-seen", [.step(.network()), Self.epoch(counts)]).isEmpty)
  }

  @Test func symbolsOfSequencesAndSoftTargetsAreNoFault() throws {
    let text = StepFacts.made { maker in
      let tokens = maker.call("embedding", maker.input("x", [8, 5]), shape: [8, 5, 16], line: 1)
      let logits = maker.call("linear", tokens, shape: [8, 5, 30], line: 2)
      let flat = maker.call("view", logits, shape: [40, 30], line: 3)
      _ = maker.call("cross_entropy", flat, maker.input("y", [40]), shape: [], line: 4, phase: .loss)
    }
    let pixels = StepFacts.made { maker in
      let logits = maker.call("conv2d", maker.input("x", [8, 3, 16, 16]), shape: [8, 4, 16, 16], line: 1)
      _ = maker.call(
        "cross_entropy", logits, maker.input("y", [8, 16, 16]), shape: [], line: 2, phase: .loss)
    }
    let vocabulary = StepFacts.network(outputs: 50_000)
    let soft = StepFacts.network(target: [32, 10])
    for step in [text, pixels, vocabulary, soft] {
      #expect(try findings(by: "class-never-seen", [.step(step), Self.epoch([0, 900, 900])]).isEmpty)
    }
  }

  // sorted-batches

  /// Steps whose batches have samples of these classes.
  private static func batches(_ classes: [Int]..., classCount: Int = 10) -> [Fact] {
    zip(1..., classes).map { number, present in
      .step(
        .network(number, outputs: classCount) {
          var counts = [Int](repeating: 0, count: classCount)
          for label in present { counts[label] = 32 / present.count }
          $0.targets = TargetFacts(
            shape: [32], areClasses: true, classCount: classCount, minimum: 0, maximum: 9, counts: counts)
        })
    }
  }

  @Test func dataThatAreSortedByClassAreFound() throws {
    let run = Fact.run(.sound { $0.loaderLocation = "train.py:3" })
    let found = try findings(by: "sorted-batches", [run] + Self.batches([0], [0], [0], [0, 1], [1], [1]))
    #expect(found.map(\.location) == ["train.py:3"])
    #expect(
      found[0].evidence == [
        "4 of the 5 batches looked at have samples of one class only, and not all of the same class"
      ])
  }

  @Test func mixedBatchesAndOneFrequentClassAreNoFault() throws {
    for facts in [
      Self.batches([0, 1, 2], [3, 4], [0, 9], [5, 6]), Self.batches([0], [0], [0], [0], [0], [0]),
      Self.batches([0], [0, 1], [0, 2], [1], [0, 4]), Self.batches([0], [1], [0], [1], [0], classCount: 2),
    ] {
      #expect(try findings(by: "sorted-batches", facts).isEmpty)
    }
  }

  // batch-of-one

  private static func normalized(_ shape: [Int]) -> StepFacts {
    .made { maker in
      let x = maker.call("linear", maker.input("x", shape), shape: shape, in: "fc1", line: 1)
      _ = maker.call("batch_norm", x, shape: shape, in: "bn1", line: 2)
    }
  }

  private static let oneOver = RunFacts.sound {
    ($0.sampleCount, $0.lastBatchSize, $0.loaderLocation) = (33, 1, "train.py:3")
  }

  @Test func aLastBatchOfOneSampleIsFoundBeforeItComes() throws {
    for shape in [[32, 8], [32, 8, 1, 1]] {
      let found = try findings(by: "batch-of-one", in: Self.normalized(shape), run: Self.oneOver)
      #expect(found.map(\.location) == ["train.py:3"])
      #expect(found.map(\.subject) == ["bn1.batch_norm"])
      #expect(found[0].evidence == ["33 samples in batches of 32 leave a last batch of one"])
    }
  }

  @Test func theErrorOfBatchNormIsExplained() throws {
    let failure = FailureFacts(
      position: .start(of: 2), message: "Expected more than 1 value per channel", kind: .batchOfOneRow,
      location: "model.py:7")
    #expect(try findings(by: "batch-of-one", [.failure(failure)]).map(\.location) == ["model.py:7"])
  }

  @Test func imagesEvaluationModeAndFullBatchesAreNoFault() throws {
    #expect(try findings(by: "batch-of-one", in: Self.normalized([32, 8, 4, 4]), run: Self.oneOver).isEmpty)
    #expect(try findings(by: "batch-of-one", in: Self.normalized([32, 8])).isEmpty)
    #expect(try findings(by: "batch-of-one", in: .network(), run: Self.oneOver).isEmpty)
    var frozen = Self.normalized([32, 8])
    frozen.modulesInEvaluationMode = ["bn1"]
    #expect(try findings(by: "batch-of-one", in: frozen, run: Self.oneOver).isEmpty)
    let single = RunFacts.sound { ($0.batchSize, $0.lastBatchSize) = (1, 1) }
    #expect(try findings(by: "batch-of-one", in: .network(), run: single).isEmpty)
  }

  // first-loss

  private static func first(
    _ loss: Float, samples: Int = 32, outputs: Int = 10, step: Int = 1, reduction: NodeFacts.Reduction? = nil
  ) -> StepFacts {
    .network(step, samples: samples, outputs: outputs) {
      $0.measure("cross_entropy") { ($0.value, $0.reduction) = (TensorStatistics([loss]), reduction) }
    }
  }

  @Test func aFirstLossFarAboveThatOfGuessingIsFound() throws {
    let found = try findings(by: "first-loss", in: Self.first(12))
    #expect(found.map(\.what) == ["the first loss, 12, is far above that of guessing"])
    #expect(found[0].evidence[0] == "guessing among 10 classes gives a loss of ln 10 = 2.3")
    #expect(found.map(\.location) == ["train.py:10"])
    #expect(try findings(by: "first-loss", in: Self.first(4, outputs: 2)).count == 1)
  }

  @Test func otherFirstLossesAreNoFault() throws {
    let sound = [
      Self.first(2.3), Self.first(4.5), Self.first(0.02), Self.first(12, step: 7), Self.first(12, samples: 4),
      Self.first(2.5, outputs: 2), Self.first(12, samples: 10), Self.first(74, reduction: .sum),
      Self.first(74),
      Self.first(.nan),
    ]
    for step in sound { #expect(try findings(by: "first-loss", in: step).isEmpty) }
    let soft = StepFacts.network(target: [32, 10]) {
      $0.measure("cross_entropy") { $0.value = TensorStatistics([12]) }
    }
    #expect(try findings(by: "first-loss", in: soft).isEmpty)
  }

  @Test(arguments: [true, false])
  func cosinesTimesAScaleAreNoFault(areNormalized: Bool) throws {
    // ArcFace: the angles between features and the weights of classes, of which a first loss of 16 says nothing.
    let step = StepFacts.made(1) { maker in
      let (x, weight, y) = (
        maker.input("x", [32, 20]), maker.parameter("w", [10, 20]), maker.input("y", [32])
      )
      let features = areNormalized ? maker.call("normalize", x, shape: [32, 20], line: 1) : x
      let rows = areNormalized ? maker.call("normalize", weight, shape: [10, 20], line: 2) : weight
      let cosines = maker.call("linear", features, rows, shape: [32, 10], line: 3)
      let scaled = maker.call(
        "mul", maker.call("acos", cosines, shape: [32, 10], line: 4), shape: [32, 10], line: 5)
      _ = maker.call("cross_entropy", scaled, y, shape: [], line: 6, phase: .loss)
    } measure: {
      $0.measure("cross_entropy") { $0.value = TensorStatistics([16]) }
    }
    #expect(try findings(by: "first-loss", in: step).isEmpty == areNormalized)
  }

  @Test func aLossThatNoMeanCanBeIsASum() throws {
    // Logits from −1 to 1 have losses of at most 2 + ln 10.
    for (range, isFound) in [(1, false), (50, true)] as [(Float, Bool)] {
      var step = Self.first(74)
      step.measure("fc2.linear") { $0.value = .between(-range, range) }
      #expect(try findings(by: "first-loss", in: step).isEmpty != isFound)
    }
  }

  // summed-loss

  private static func summed(_ reduction: NodeFacts.Reduction) -> Fact {
    .step(
      .network(loss: "mse_loss", target: [32, 10]) {
        $0.batchCount = 32
        $0.measure("mse_loss") { $0.reduction = reduction }
      })
  }

  private static func losses(_ values: Float...) -> [Fact] {
    zip(1..., values).map { .losses([LossFacts(step: $0, loss: $1)]) }
  }

  @Test func aSumThatDivergesIsFound() throws {
    let found = try findings(by: "summed-loss", [Self.summed(.sum)] + Self.losses(40, 90, 30_000, .nan))
    #expect(found.map(\.location) == ["train.py:20"])
    #expect(found[0].evidence == ["the loss was 40 at first, and 30000 in step 3"])
  }

  @Test func aSumThatTrainsAndAMeanThatDivergesAreNoFault() throws {
    #expect(try findings(by: "summed-loss", [Self.summed(.sum)] + Self.losses(40, 90, 30, .nan)).isEmpty)
    #expect(try findings(by: "summed-loss", [Self.summed(.mean)] + Self.losses(40, 9000, 30_000)).isEmpty)
    let divided = StepFacts.made(
      1,
      { maker in
        let output = maker.call("linear", maker.input("x", [8, 4]), shape: [8, 1], line: 1)
        let sum = maker.call("mse_loss", output, maker.input("y", [8, 1]), shape: [], line: 2, phase: .loss)
        _ = maker.call("div", sum, shape: [], line: 3, phase: .loss)
      },
      measure: {
        $0.batchCount = 8
        $0.measure("mse_loss") { $0.reduction = .sum }
      })
    #expect(try findings(by: "summed-loss", [.step(divided)] + Self.losses(40, 9000, 30_000)).isEmpty)
  }
}
