import Testing
import Trace

/// Updates that are too large, too small, or none.
struct UpdateRuleTests {
  /// Steps in which every weight has an update of so much of its norm.
  private func run(
    _ ratio: Float, steps: ClosedRange<Int> = 1...40, loss: @escaping (Int) -> Float = { _ in 2.3 },
    rate: @escaping (Int) -> Double? = { _ in 0.1 }
  ) -> [Fact] {
    Made.steps(steps, loss: loss, rate: rate) { step in
      for place in step.parameters.indices { step.parameters[place].updateNorm = 2 * ratio }
    }
  }

  @Test func largeUpdatesAreToldOnce() throws {
    let run = RunFacts(optimizer: "SGD", optimizerLocation: "train.py:9")
    let findings = try Made.findings("large-updates", in: self.run(0.3), run: run)
    #expect(findings.map(\.what) == ["step 20 changed fc1.weight by 30.0 % of its norm"])
    #expect(findings.first?.position.step == 20 && findings.first?.location == "train.py:9")
    #expect(
      findings.first?.evidence[1]
        == "In each of the last 10 steps checked, the update was above 10.0 % of the weights.")
    #expect(findings.first?.remedy.first == "Lower the learning rate: it is 0.1, try 0.01.")
  }

  @Test func threeLargeUpdatesAndALeapOfTheLossAreEnough() throws {
    let findings = try Made.findings(
      "large-updates", in: run(0.5, steps: 1...8, loss: { $0 == 1 ? 2.3 : 4000 }))
    #expect(findings.count == 1)
  }

  @Test func largeUpdatesOfSoundRunsAreNot() throws {
    // The first steps of Adam on small weights.
    #expect(
      try Made.findings("large-updates", in: run(0.5, steps: 1...15) + run(0.05, steps: 16...40)).isEmpty)
    #expect(try Made.findings("large-updates", in: run(0.09)).isEmpty)
    // The loss falls: a word model with SGD at 20.
    #expect(try Made.findings("large-updates", in: run(0.25, loss: { 2.3 / Float($0) })).isEmpty)
    #expect(try Made.findings("large-updates", in: run(3), run: RunFacts(optimizer: "LBFGS")).isEmpty)
    // Biases begin with 0.
    let biases = Made.steps(1...40) { step in
      for layer in 1...3 { step.change("fc\(layer).bias") { ($0.norm, $0.updateNorm) = (0.01, 0.1) } }
    }
    #expect(try Made.findings("large-updates", in: biases).isEmpty)
  }

  @Test func smallUpdatesAreTold() throws {
    let findings = try Made.findings("small-updates", in: run(1e-8, rate: { _ in 1e-7 }))
    #expect(findings.map(\.what) == ["no step changes the weights by more than 1.0e−8 of their norm"])
    #expect(findings.first?.position.step == 10)
  }

  /// Steps with small updates, in which biases are the sum of theirs, having begun with 0.
  private func withoutBiases(_ update: Float, gradient: Float = 0.01) -> [Fact] {
    Made.steps(
      1...40, rate: { _ in 1e-7 },
      change: { step in
        for layer in 1...3 {
          step.change("fc\(layer).weight") { ($0.updateNorm, $0.gradientMagnitude) = (update, gradient) }
          step.change("fc\(layer).bias") { ($0.updateNorm, $0.norm) = (1e-8, 1e-8 * Float(step.step)) }
        }
      })
  }

  @Test func aBiasThatBeganWithZeroHidesNoSmallUpdates() throws {
    let findings = try Made.findings("small-updates", in: withoutBiases(2e-8))
    #expect(findings.map(\.what) == ["no step changes the weights by more than 1.0e−8 of their norm"])
    #expect(findings.first?.evidence.first?.contains("fc1.weight") == true)
    // Where the weights get no gradient, it is not the rate.
    #expect(try Made.findings("small-updates", in: withoutBiases(2e-8, gradient: 1e-9)).isEmpty)
  }

  @Test func updatesThatRoundingSwallowsAreSmall() throws {
    let findings = try Made.findings("small-updates", in: withoutBiases(0))
    #expect(findings.map(\.what) == ["no step changes the weights: their updates are lost in rounding"])
  }

  @Test func aRemedySpeaksOfWhatTheUserChanges() throws {
    func remedies(_ source: RunFacts.Source) throws -> [String] {
      var run = RunFacts(optimizer: "SGD")
      run.source = source
      return try Made.findings("small-updates", in: self.run(1e-8, rate: { _ in 1e-7 }), run: run).flatMap(
        \.remedy)
    }
    let raise = "Raise the learning rate: it is 1e−7; 0.01 suits most runs with SGD, 0.001 with Adam."
    #expect(try remedies(.options) == ["\(raise) Start with --lr 0.01, or type :lr 0.01 on the screen."])
    #expect(try remedies(.script).first == raise)
    #expect(try remedies(.swift).count == 2)
    func limit(_ source: RunFacts.Source) throws -> String? {
      var run = RunFacts()
      run.source = source
      return try Made.findings("large-updates", in: self.run(0.3), run: run).first?.remedy.dropFirst().first
    }
    #expect(try limit(.script) == "Limit the gradient before the step: clip_grad_norm_.")
    #expect(try limit(.swift) == "Limit the gradient before the step: clipGradNorm.")
    #expect(try limit(.options) == nil)
  }

  @Test func smallUpdatesOfSoundRunsAreNot() throws {
    #expect(try Made.findings("small-updates", in: run(1e-5)).isEmpty)
    // A warmup, and the end of a schedule.
    #expect(try Made.findings("small-updates", in: run(1e-8, rate: { 1e-9 * Double($0) })).isEmpty)
    #expect(
      try Made.findings(
        "small-updates", in: run(1e-3, steps: 1...5) + run(1e-8, steps: 6...40, rate: { _ in 1e-7 })
      )
      .isEmpty)
    // The loss is at its minimum.
    #expect(try Made.findings("small-updates", in: run(1e-8, loss: { $0 < 6 ? 2.3 : 0.5 })).isEmpty)
    let converged = Made.steps(1...40) { step in
      for place in step.parameters.indices {
        step.parameters[place].updateNorm = 1e-8
        step.parameters[place].gradientMagnitude = 1e-9
      }
    }
    #expect(try Made.findings("small-updates", in: converged).isEmpty)
    // A gradient scaler skips the first steps.
    let skipped = Made.steps(1...40) { step in
      for place in step.parameters.indices {
        (step.parameters[place].updateNorm, step.parameters[place].gradientMagnitude) = (0, .infinity)
      }
    }
    #expect(try Made.findings("small-updates", in: skipped).isEmpty)
    // A pretrained body with a learning rate of almost 0 has a head that learns.
    let head = Made.steps(1...40) { $0.change("fc1.weight") { $0.updateNorm = 1e-8 } }
    #expect(try Made.findings("small-updates", in: head).isEmpty)
  }

  /// Steps in which the first layer stays as it is, though it has a gradient of a norm.
  private func unchanged(
    _ norm: Float = 0.5, steps: ClosedRange<Int> = 1...10, rate: @escaping (Int) -> Double? = { _ in 0.1 }
  ) -> [Fact] {
    Made.steps(steps, rate: rate) { step in
      step.change("fc1.weight") { ($0.isUnchanged, $0.gradientNorm, $0.updateNorm) = (true, norm, 0) }
    }
  }

  @Test func weightsThatStayAreTold() throws {
    let findings = try Made.findings("unchanged-weights", in: unchanged())
    #expect(findings.map(\.what) == ["fc1.weight does not change, though it has a gradient"])
    #expect(findings.first?.position.step == 3 && findings.first?.location == "model.py:4")
  }

  @Test func weightsThatStayAtARateOfZeroAreItsFault() throws {
    let findings = try Made.findings("unchanged-weights", in: unchanged(rate: { _ in 0 }))
    #expect(findings.first?.cause.hasPrefix("With a learning rate of 0") == true)
    #expect(findings.first?.remedy.first?.hasPrefix("Raise the learning rate: it is 0;") == true)
  }

  @Test func weightsThatStayInSoundRunsAreNot() throws {
    // A bias that began with 0 changes by less than counts as a change, as its learning rate has it.
    let bias = Made.steps(
      1...10, rate: { _ in 1e-8 },
      change: { step in
        step.change("fc1.bias") { ($0.isUnchanged, $0.norm, $0.updateNorm) = (true, 1e-8, 5e-9) }
      })
    #expect(try Made.findings("unchanged-weights", in: bias).isEmpty)
    #expect(try Made.findings("unchanged-weights", in: unchanged(0)).isEmpty)
    #expect(try Made.findings("unchanged-weights", in: unchanged(steps: 1...2)).isEmpty)
    // At the minimum, the gradient no longer moves the weights.
    #expect(
      try Made.findings("unchanged-weights", in: Made.steps(1...9) + unchanged(1e-4, steps: 10...20)).isEmpty)
    #expect(try Made.findings("unchanged-weights", in: unchanged(1e-6)).isEmpty)
    // A warmup that begins with 0, and the end of a schedule.
    #expect(try Made.findings("unchanged-weights", in: unchanged(rate: { 1e-7 * Double($0 - 1) })).isEmpty)
    #expect(
      try Made.findings(
        "unchanged-weights", in: Made.steps(1...9) + unchanged(steps: 10...20, rate: { _ in 0 })
      )
      .isEmpty)
    // A gradient scaler skips the first steps, whose gradients are infinite.
    #expect(try Made.findings("unchanged-weights", in: unchanged(.infinity)).isEmpty)
    #expect(try Made.findings("unchanged-weights", in: unchanged(), run: Made.gan).isEmpty)
    let parameter = RunFacts.Parameter(
      name: "fc1.weight", shape: [8, 8], isListed: true, isHeld: false, requiresGradient: true)
    #expect(
      try Made.findings("unchanged-weights", in: unchanged(), run: RunFacts(parameters: [parameter])).isEmpty)
  }
}
