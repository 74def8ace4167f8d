import Testing
import Trace

/// Losses that do not fall, that grow, or that are no numbers.
struct LossCurveRuleTests {
  /// Losses of each step, and a look at some.
  private func run(
    _ steps: Int, loss operation: String = "cross_entropy", targets: TargetFacts? = nil,
    rate: (Int) -> Double? = { _ in 0.1 }, from first: Int = 1, losses: (Int) -> Float
  ) -> [Fact] {
    let graph = Made.graph(loss: operation)
    return (first..<first + steps).flatMap { number -> [Fact] in
      let fact = Made.loss(number, losses(number), rate: rate(number))
      guard number <= first + 9 || number % 30 == 0 else { return [fact] }
      return [
        fact,
        Made.step(number, loss: losses(number), graph: graph) {
          $0.targets = targets ?? LossCurveRuleTests.fourClasses
        },
      ]
    }
  }

  private static let fourClasses = TargetFacts(
    shape: [64], areClasses: true, classCount: 4, minimum: 0, maximum: 3, counts: [16, 16, 16, 16])

  /// Targets that are numbers with a deviation of 1, or shares of a mean.
  private func numbers(share mean: Float? = nil) -> TargetFacts {
    var facts = TargetFacts(
      shape: [64, 1], areClasses: false, minimum: mean == nil ? -3 : 0, maximum: mean == nil ? 3 : 1)
    (facts.mean, facts.deviation) = (mean ?? 0, mean == nil ? 1 : 0.4)
    return facts
  }

  private func atGuessing(_ step: Int) -> Float { 1.35 + 0.1 * Made.noise(step) }

  @Test func aLossAtGuessingIsTold() throws {
    let finding = try #require(
      try Made.findings("loss-not-falling", in: run(500, losses: atGuessing)).first)
    #expect(finding.what.hasPrefix("the loss has not fallen in 320 steps: it is 1."))
    #expect(finding.evidence.last == "Guessing without looking at the inputs gives a loss of 1.386.")
    #expect(finding.location == "model.py:14")
  }

  @Test func aFallWithinTheNoiseIsTold() throws {
    // Eight of ten pairs are lower, but in as many steps again it would fall by 0.02 only.
    let facts = run(500) { 1.4 + 0.1 * Made.noise($0) - 6e-5 * Float($0) }
    #expect(try Made.findings("loss-not-falling", in: facts).count == 1)
  }

  @Test func aFallToGuessingIsNoSuccess() throws {
    let facts = run(500) { 1.35 + 0.1 * Made.noise($0) + ($0 < 60 ? 1 : 0) }
    #expect(try Made.findings("loss-not-falling", in: facts).count == 1)
  }

  @Test func aLossThatHasRisenAndStaysIsTold() throws {
    let facts = run(600) { $0 < 30 ? 1.4 : 40 + Made.noise($0) }
    #expect(try Made.findings("diverging", in: facts).isEmpty)
    let finding = try #require(try Made.findings("loss-not-falling", in: facts).first)
    #expect(finding.what.hasPrefix("the loss has risen from 1.400 to 40."))
    #expect(finding.what.hasSuffix(" and stays there"))
    #expect(finding.remedy.first == "Lower the learning rate: it is 0.1, try 0.01.")
  }

  @Test func numbersAndSharesAreGuessedToo() throws {
    let square = run(500, loss: "mse_loss", targets: numbers()) { 0.95 + 0.1 * Made.noise($0) }
    #expect(try Made.findings("loss-not-falling", in: square).count == 1)
    let shares = run(500, loss: "binary_cross_entropy", targets: numbers(share: 0.3)) {
      0.57 + 0.08 * Made.noise($0)
    }
    #expect(try Made.findings("loss-not-falling", in: shares).count == 1)
  }

  @Test func lossesOfSoundRunsAreNotTold() throws {
    let sound: [[Fact]] = [
      // It falls; falls slowly; has come to its floor, whatever comes after.
      run(2000) { 1.4 / (1 + 0.01 * Float($0)) }, run(2000) { 1.4 - 1e-5 * Float($0) },
      run(5000) { $0 < 100 ? 1.4 : 0.3 + 0.1 * Made.noise($0) },
      // Noisy numbers of which a tenth can be known; unknown targets; a sum over samples.
      run(5000, loss: "mse_loss", targets: numbers()) { 0.85 + 0.1 * Made.noise($0) },
      run(5000, loss: "mse_loss") { 0.95 + 0.1 * Made.noise($0) },
      run(5000, loss: "mse_loss", targets: numbers()) { 60 + 5 * Made.noise($0) },
      // Far above guessing from the first step on: another loss, or a sum over samples.
      run(5000) { 40 + Made.noise($0) },
      // A warmup; a run that is resumed; a short one; losses of which nobody knows what guessing has.
      run(2000, rate: { 1e-6 * Double($0) }, losses: atGuessing),
      run(2000, from: 900, losses: atGuessing),
      run(100, losses: atGuessing), run(2000, loss: "triplet_margin_loss", losses: atGuessing),
      run(2000, loss: "smooth_l1_loss", losses: atGuessing), run(2000, loss: "mul", losses: atGuessing),
      run(2000, loss: "mse_loss", targets: numbers()) { 0.5 - Made.noise($0) },
    ]
    for (place, facts) in sound.enumerated() {
      #expect(try Made.findings("loss-not-falling", in: facts).isEmpty, "\(place)")
    }
    #expect(try Made.findings("loss-not-falling", in: run(2000, losses: atGuessing), run: Made.gan).isEmpty)
  }

  @Test func aLossThatDoublesIsTold() throws {
    let findings = try Made.findings("diverging", in: run(40) { $0 < 11 ? 2 : Float(2 << ($0 - 10)) * 4 })
    #expect(findings.map(\.what) == ["the loss grows without bound"])
    #expect(findings.first?.severity == .error)
    #expect((findings.first?.position.step ?? 99) <= 18)
  }

  @Test func aLossFarAboveItsStartIsTold() throws {
    #expect(try Made.findings("diverging", in: run(60) { $0 < 10 ? 2 : 300 + Float($0 % 7) }).count == 1)
  }

  @Test func weightsThatDoubleAreTold() throws {
    let facts = Made.steps(
      1...12, loss: { $0 < 6 ? 2 : 40 },
      change: { step in
        for place in step.parameters.indices { step.parameters[place].norm = Float(1 << step.step) }
      })
    #expect(try Made.findings("diverging", in: facts).map(\.what) == ["the weights grow without bound"])
  }

  @Test func noiseSpikesAndRestartsAreNotTold() throws {
    let sound: [[Fact]] = [
      // The samples of a batch of one have very different losses.
      run(5000) { 10 * Made.noise($0) * Made.noise($0 * 7) * Made.noise($0 * 3) },
      run(2000) { $0 % 200 < 3 ? 60 : 1 }, run(2000) { $0 < 4 ? Float(2 * $0) : 2 },
      run(300) { 2 + Float($0) / 20 },
    ]
    for facts in sound { #expect(try Made.findings("diverging", in: facts).isEmpty) }
    let small = Made.steps(
      1...12, loss: { 2 / Float($0) },
      change: { step in
        for place in step.parameters.indices { step.parameters[place].norm = 1e-3 * Float(1 << step.step) }
      })
    #expect(try Made.findings("diverging", in: small).isEmpty)
    #expect(
      try Made.findings(
        "diverging", in: run(40) { Float(1 << min($0, 30)) }, run: Made.gan
      ).isEmpty)
  }

  /// A step in which numbers of nodes are NaN or infinite.
  private func broken(
    _ names: [String], nan: Bool = true, loss: Float = .nan, graph: ComputationGraph = Made.graph()
  )
    -> [Fact]
  {
    [
      Made.loss(6, loss),
      Made.step(6, loss: loss, graph: graph) { step in
        for name in names {
          step.measure(name) { facts in
            if nan { facts.value?.nanCount = 3 } else { facts.value?.infiniteCount = 3 }
          }
        }
      },
    ]
  }

  @Test func theFirstNodeWithNaNIsNamed() throws {
    let findings = try Made.findings(
      "not-finite", in: broken(["fc2.linear", "fc2.relu", "fc3.linear", "cross_entropy"]))
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.what == "the loss is NaN: it begins in fc2.linear")
    #expect(finding.location == "model.py:8" && finding.severity == .error)
    #expect(

      finding.evidence.prefix(2) == [
        "The loss of step 6 is NaN.",
        "3 of 512 numbers of fc2.linear are NaN or infinite, the first in step 6.",
      ])
    #expect(finding.evidence.contains("Its input fc2.weight ranges from −3.00 to 3.00."))
  }

  @Test func aWeightThatTheUpdateBrokeIsNotWhereItBegan() throws {
    let findings = try Made.findings(
      "not-finite", in: broken(["fc1.weight", "fc2.linear", "cross_entropy"]))
    #expect(findings.map(\.what) == ["the loss is NaN: it begins in fc2.linear"])
  }

  @Test func aLossThatStaysNaNIsToldOnce() throws {
    let facts = broken(["fc2.linear", "cross_entropy"]) + (7...40).map { Made.loss($0, .nan) }
    #expect(try Made.findings("not-finite", in: facts).count == 1)
  }

  @Test func dataAndLogarithmsHaveTheirOwnCures() throws {
    let data = try Made.findings("not-finite", in: broken(["x", "fc1.linear", "cross_entropy"]))
    #expect(data.first?.remedy.first?.hasPrefix("Remove NaN and infinite numbers from the data") == true)
    let log = try Made.findings(
      "not-finite", in: broken(["fc1.log"], nan: false, loss: .infinity, graph: Made.graph(activation: "log"))
    )
    #expect(log.first?.remedy.first?.hasPrefix("Keep the logarithm's input above 0") == true)
    #expect(log.first?.what == "the loss is inf: it begins in fc1.log")
    #expect(log.first?.cause.hasPrefix("The logarithm of 0 and a division by 0 are infinite") == true)
  }

  @Test func anOverflowIsToldApartFromNaN() throws {
    let finding = try #require(
      try Made.findings(
        "not-finite", in: broken(["fc3.linear", "cross_entropy"], nan: false, loss: .infinity)
      ).first)
    #expect(finding.what == "the loss is inf: it begins in fc3.linear")
    #expect(finding.evidence.contains("3 of 512 numbers of fc3.linear are infinite, the first in step 6."))
    #expect(
      finding.cause.hasPrefix("A number became larger than its type can hold (3.4e38 in float32), so it is"))
    let unseen = try Made.findings("not-finite", in: (1...40).map { Made.loss($0, $0 < 6 ? 2 : .infinity) })
    #expect(unseen.first?.cause.contains("or was divided by 0") == true)
  }

  @Test func aLossWithoutALookIsToldAfterAWhile() throws {
    let facts = (1...40).map { Made.loss($0, $0 < 6 ? 2 : .nan) }
    let findings = try Made.findings("not-finite", in: facts)
    #expect(findings.map(\.what) == ["the loss is NaN"] && findings.first?.position.step == 6)
  }

  @Test func masksAndSkippedGradientsAreNotTold() throws {
    // The mask of attention is −∞, and the first gradients of a gradient scaler are infinite.
    let facts = Made.steps(1...20) { step in
      step.measure("fc1.linear") { $0.value?.infiniteCount = 100 }
      step.change("fc1.weight") { $0.gradientNorm = .infinity }
    }
    #expect(try Made.findings("not-finite", in: facts).isEmpty)
  }
}
