import Testing
import Trace

/// Gradients that vanish or explode.
struct GradientRuleTests {
  /// Steps with mean gradients of the three layers' weights.
  private func run(
    _ magnitudes: [Float], steps: ClosedRange<Int> = 1...20, loss: @escaping (Int) -> Float = { _ in 2.3 },
    norm: Float = 0.5
  ) -> [Fact] {
    Made.steps(steps, loss: loss) { step in
      for (layer, magnitude) in magnitudes.enumerated() {
        step.change("fc\(layer + 1).weight") { ($0.gradientMagnitude, $0.gradientNorm) = (magnitude, norm) }
      }
    }
  }

  @Test func anEarlyLayerWithoutGradientIsTold() throws {
    let findings = try Made.findings("vanishing-gradient", in: run([1e-9, 1e-8, 1e-2]))
    #expect(findings.map(\.subject) == ["fc1.weight"])
    #expect(findings.first?.position.step == 10 && findings.first?.location == "model.py:4")
    #expect(
      findings.first?.evidence.first
        == "Mean magnitudes of later gradients: fc2.weight 1.00e−8, fc3.weight 0.0100.")
  }

  @Test(
    arguments: [
      // All gradients are small at the minimum; the first layer's are smaller.
      [1e-9, 1e-8, 1e-7], [1e-8, 1e-7, 1e-6], [0, 0, 0], [1e-6, 1e-3, 1], [1e-2, 1e-9, 1e-9],
      [2e-7, 0.1, 0.1],
    ] as [[Float]])
  func gradientsOfSoundRunsDoNotVanish(_ magnitudes: [Float]) throws {
    #expect(try Made.findings("vanishing-gradient", in: run(magnitudes)).isEmpty)
  }

  @Test func aRunThatHasLearnedAndAResidualBlockAreSound() throws {
    let learned = run([1e-2, 1e-2, 1e-2]) + run([1e-9, 1e-8, 1e-2], steps: 21...60, loss: { _ in 0.01 })
    #expect(try Made.findings("vanishing-gradient", in: learned).isEmpty)
    // The last layer begins with 0, so that the first ones have no gradient in the first step.
    let begin = run([0, 0, 1e-2], steps: 1...1) + run([1e-3, 1e-3, 1e-2], steps: 2...30)
    #expect(try Made.findings("vanishing-gradient", in: begin).isEmpty)
    #expect(try Made.findings("vanishing-gradient", in: run([1e-9, 1e-8, 1e-2]), run: Made.gan).isEmpty)
  }

  @Test func whatDeadUnitsCutOffIsNotToldTwice() throws {
    let facts = Made.steps(1...20) { step in
      step.change("fc1.weight") { $0.gradientMagnitude = 0 }
      step.measure("fc1.relu") { $0.units = UnitFacts(count: 64, active: Array(repeating: 0, count: 8)) }
    }
    #expect(try Made.findings("vanishing-gradient", in: facts).isEmpty)
  }

  @Test func aGradientThatGrowsFromLayerToLayerIsTold() throws {
    let findings = try Made.findings("exploding-gradient", in: run([1e4, 1e2, 1e-2], norm: 100))
    #expect(findings.map(\.subject) == ["fc1.weight"])
    #expect(
      findings.first?.what == "the gradient of fc1.weight explodes: its norm is 100, that of the weights 2.00"
    )
    #expect(findings.first?.location == "model.py:4")
  }

  @Test func aGradientThatGrowsFromStepToStepIsTold() throws {
    let facts =
      run([0.01, 0.01, 0.01], steps: 1...10)
      + run([1e4, 1e4, 1e4], steps: 11...16, loss: { _ in 500 }, norm: 1e6)
    #expect(try Made.findings("exploding-gradient", in: facts).count == 1)
  }

  @Test func aSummedLossASpikeAndAConvergedRunAreSound() throws {
    // A VAE sums over pixels and samples: its gradients are a thousand times its weights from the start.
    #expect(try Made.findings("exploding-gradient", in: run([50, 40, 60], norm: 4000)).isEmpty)
    let spike =
      run([0.01, 0.01, 0.01], steps: 1...10)
      + run([100, 100, 100], steps: 11...12, loss: { _ in 500 }, norm: 1e5)
      + run([0.01, 0.01, 0.01], steps: 13...30)
    #expect(try Made.findings("exploding-gradient", in: spike).isEmpty)
    // From almost 0 at a minimum up to what is usual.
    let rising =
      run([1e-8, 1e-8, 1e-8], steps: 1...10, norm: 1e-7) + run([1, 1, 1], steps: 11...20, norm: 10)
    #expect(try Made.findings("exploding-gradient", in: rising).isEmpty)
    #expect(try Made.findings("exploding-gradient", in: run([1, 0.1, 1e-3])).isEmpty)
  }
}
