import Testing
import Trace

/// Inputs of unlike scales, poor initial weights, equal units.
struct InputRuleTests {
  private typealias Feature = InputFacts.Feature

  private func run(
    _ inputs: InputFacts, first operation: String? = nil, steps: ClosedRange<Int> = 1...5
  ) -> [Fact] {
    var graph = Made.graph()
    // An operation between the inputs and the first layer.
    if let operation {
      let node = ComputationGraph.Node(
        id: graph.nodes.count, name: operation, operation: operation, kind: .operation, shape: [64, 8],
        inputs: [0])
      graph.nodes.append(node)
      graph.nodes[3].inputs[0] = node.id
    }
    return Made.steps(steps, graph: graph) { $0.inputs = inputs }
  }

  private func table(
    _ narrow: Float, _ wide: Float, mean: Float = 0, farthest: Feature? = nil
  ) -> InputFacts {
    var facts = InputFacts(
      statistics: Made.statistics(
        mean: mean, deviation: wide / 2, from: mean - 2 * wide, to: mean + 2 * wide),
      smallestDeviation: narrow, largestDeviation: wide)
    facts.narrowest = Feature(place: 2, mean: 0, deviation: narrow)
    facts.widest = Feature(place: 5, mean: mean, deviation: wide)
    facts.farthest = farthest
    return facts
  }

  private func images(_ highest: Float) -> InputFacts {
    InputFacts(
      statistics: Made.statistics(mean: highest * 0.13, deviation: highest * 0.3, from: 0, to: highest),
      smallestDeviation: 0.001, largestDeviation: highest * 0.4, areImages: true)
  }

  @Test func scalesThatDifferAreToldByTheirFeatures() throws {
    let findings = try Made.findings("inputs-not-standardized", in: run(table(0.5, 400)))
    #expect(
      findings.map(\.what) == [
        "the inputs are of very different scales: the largest is 800 times the smallest"
      ])
    #expect(findings.first?.evidence.first == "The deviation of feature 5 is 400, that of feature 2 0.500.")
    #expect(findings.first?.position.step == 3 && findings.first?.cell == 5 && findings.first?.subject == "x")
  }

  @Test func largeNumbersAndAFeatureFarFromZeroAreTold() throws {
    #expect(try Made.findings("inputs-not-standardized", in: run(images(255))).count == 1)
    #expect(try Made.findings("inputs-not-standardized", in: run(table(200, 500))).count == 1)
    let years = table(1, 3, farthest: Feature(place: 0, mean: 2005, deviation: 8))
    #expect(
      try Made.findings("inputs-not-standardized", in: run(years)).map(\.what)
        == ["feature 0 of the inputs is far from 0: its mean is 2005, its deviation 8.00"])
  }

  @Test func inputsOfSoundRunsAreNotTold() throws {
    let sound = [
      images(1), images(2.8),
      // Standardized; with rare one-hot columns; iris as it is; powers of x; points in the plane.
      table(1, 1), table(0.03, 1),
      table(0.4, 1.8, mean: 3.5, farthest: Feature(place: 0, mean: 5.8, deviation: 0.8)),
      table(1, 45), table(0.9, 1.1),
      // A column that is nearly always 1.
      table(0.03, 1, farthest: Feature(place: 1, mean: 0.999, deviation: 0.03)),
    ]
    for inputs in sound { #expect(try Made.findings("inputs-not-standardized", in: run(inputs)).isEmpty) }
  }

  @Test(arguments: ["embedding", "batch_norm", "layer_norm", "div", "truediv"])
  func whatTheModelPreparesItselfIsNotTold(_ operation: String) throws {
    #expect(try Made.findings("inputs-not-standardized", in: run(table(0.5, 4000), first: operation)).isEmpty)
    #expect(
      !(try Made.findings("inputs-not-standardized", in: run(table(0.5, 4000), first: "flatten")).isEmpty))
  }

  @Test func oneBatchIsNotEnough() throws {
    let facts =
      run(table(0.5, 400), steps: 1...2) + run(table(1, 1), steps: 3...3) + run(table(0.5, 400), steps: 4...5)
    #expect(try Made.findings("inputs-not-standardized", in: facts).isEmpty)
  }

  /// Steps in which the outputs of the layers have these deviations.
  private func outputs(
    _ deviations: [Float], loss: Float = 30, classes: Int? = 10, activation: String = "relu", bias: Float = 0,
    steps: ClosedRange<Int> = 1...5
  ) -> [Fact] {
    Made.steps(
      steps, loss: { _ in loss }, graph: Made.graph(layers: deviations.count, activation: activation),
      change: { step in
        for (layer, deviation) in deviations.enumerated() {
          step.measure("fc\(layer + 1).linear") { $0.value = Made.statistics(deviation: deviation) }
          step.change("fc\(layer + 1).bias") { $0.norm = layer == 1 ? bias : 0 }
        }
        if let classes {
          step.targets = TargetFacts(
            shape: [64], areClasses: true, classCount: classes, minimum: 0, maximum: 9)
        }
      })
  }

  @Test func weightsThatAreTooLargeOrTooSmallAreTold() throws {
    let large = try Made.findings("poor-initialization", in: outputs([1, 6, 40]))
    #expect(
      large.map(\.what)
        == [
          "the weights of fc2.linear are initialized too large: its variance is 36 times that of fc1.linear"
        ])
    #expect(large.first?.location == "model.py:8" && large.first?.position.step == 3)
    let small = try Made.findings("poor-initialization", in: outputs([1, 0.05, 0.002], loss: 2.3))
    #expect(small.first?.what.contains("too small: its variance is 1/400 of that of") == true)
  }

  @Test func weightsOfSoundRunsAreNotTold() throws {
    // PyTorch's default shrinks by 6 at each ReLU; the last layer may be small; layers that begin with 0 are meant to.
    #expect(try Made.findings("poor-initialization", in: outputs([1, 0.4, 0.16, 0.07], loss: 2.3)).isEmpty)
    #expect(try Made.findings("poor-initialization", in: outputs([1, 0.6, 0.01], loss: 2.3)).isEmpty)
    #expect(try Made.findings("poor-initialization", in: outputs([1, 0, 1], loss: 2.3)).isEmpty)
    // Behind a bottleneck of two units, the bias is large by default.
    #expect(
      try Made.findings(
        "poor-initialization", in: outputs([0.08, 0.4, 0.3], classes: nil, bias: 0.4 * 2.828)
      ).isEmpty)
    // A network that was trained before: large outputs, and a small loss.
    #expect(try Made.findings("poor-initialization", in: outputs([1, 6, 9], loss: 0.1)).isEmpty)
    // Normalization and pooling between the layers.
    #expect(
      try Made.findings("poor-initialization", in: outputs([1, 6, 40], activation: "batch_norm")).isEmpty)
    #expect(
      try Made.findings("poor-initialization", in: outputs([1, 0.05, 1], activation: "avg_pool2d")).isEmpty)
    // Later steps have other weights.
    #expect(try Made.findings("poor-initialization", in: outputs([1, 6, 40], steps: 4...10)).isEmpty)
  }

  /// Steps in which a matrix has two equal rows.
  private func equal(
    _ parameter: String, gradient: Float = 0.5, steps: ClosedRange<Int> = 1...5
  ) -> [Fact] {
    Made.steps(steps) { step in
      step.change(parameter) {
        $0.equalRows = ParameterFacts.EqualRows(first: 0, second: 3)
        $0.gradientNorm = gradient
      }
    }
  }

  @Test func equalUnitsOfAHiddenLayerAreTold() throws {
    let finding = try #require(try Made.findings("equal-units", in: equal("fc1.weight")).first)
    #expect(finding.what == "units 0 and 3 of fc1.weight are copies of each other")
    #expect(finding.cell == 24 && finding.location == "model.py:4" && finding.position.step == 3)
  }

  @Test func equalOutputsDeadUnitsAndBiasesAreNotTold() throws {
    #expect(try Made.findings("equal-units", in: equal("fc3.weight")).isEmpty)
    #expect(try Made.findings("equal-units", in: equal("fc1.weight", gradient: 0)).isEmpty)
    #expect(try Made.findings("equal-units", in: equal("fc1.bias")).isEmpty)
    #expect(try Made.findings("equal-units", in: equal("fc1.weight", steps: 1...2)).isEmpty)
  }

  @Test(arguments: [
    ("tanh", Float(0), Float(0), true), ("relu", 0, 0, false), ("tanh", 0, 0.1, false), ("tanh", 2, 0, false),
  ])
  func weightsThatStayZeroAreToldUnlessAReLUFollows(
    activation: String, norm: Float, gradient: Float, isFound: Bool
  ) throws {
    let facts = Made.steps(1...4, graph: Made.graph(activation: activation)) { step in
      step.change("fc1.weight") { ($0.norm, $0.gradientNorm) = (norm, gradient) }
    }
    let found = try Made.findings("equal-units", in: facts)
    #expect(found.map(\.what) == (isFound ? ["the weights of fc1.weight are all 0, and stay 0"] : []))
    #expect(found.allSatisfy { $0.position.step == 3 && $0.location == "model.py:4" })
  }
}
