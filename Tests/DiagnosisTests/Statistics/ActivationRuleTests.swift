import Testing
import Trace

/// Units that are dead or saturated.
struct ActivationRuleTests {
  /// Steps in which so many of 8 units of `fc1.relu` are active for 20 of 64 samples, the others for none.
  private func run(
    active: Int, steps: ClosedRange<Int> = 1...80, loss: @escaping (Int) -> Float = { _ in 2.3 }
  )
    -> [Fact]
  {
    Made.steps(steps, loss: loss) { step in
      step.measure("fc1.relu") {
        $0.units = UnitFacts(count: 64, active: (0..<8).map { $0 < active ? 20 : 0 })
        $0.value = Made.statistics(from: 0, to: active == 0 ? 0 : 3)
      }
    }
  }

  @Test func aLayerOfZerosIsToldAfterFiveSteps() throws {
    let finding = try #require(try Made.findings("dead-relu", in: run(active: 0)).first)
    #expect(finding.subject == "fc1.relu" && finding.position.step == 5 && finding.cell == 0)
    #expect(finding.what == "8 of the 8 units of fc1.relu are dead")
    #expect(
      finding.evidence.first
        == "Unit 0, for example: its last 320 outputs, in 5 steps checked, were all 0.")
    #expect(finding.location == "model.py:5" && finding.view == .value)
  }

  @Test func mostUnitsAreToldWhereTheLossStays() throws {
    let finding = try #require(try Made.findings("dead-relu", in: run(active: 3)).first)
    #expect(finding.what == "5 of the 8 units of fc1.relu are dead" && finding.cell == 3)
  }

  @Test func aLayerThatIsTheSameForAllSamplesIsToldLater() throws {
    // A codebook that gives one code for all samples: each unit is active for all of them or for none.
    let facts = Made.steps(1...600) { step in
      step.measure("fc1.relu") {
        $0.units = UnitFacts(count: 64, active: (0..<8).map { $0 < 3 ? 64 : 0 })
        $0.value = Made.statistics(from: 0, to: 3)
      }
    }
    #expect(try Made.findings("dead-relu", in: facts).map(\.position.step) == [500])
    #expect(
      try Made.findings("dead-relu", in: facts, settings: ["dead-relu.constant": 70]).map(\.position.step)
        == [70])
  }

  @Test func weightsOfZeroAreNamedFirst() throws {
    let facts = Made.steps(1...5) { step in
      step.measure("fc1.relu") {
        $0.units = UnitFacts(count: 64, active: Array(repeating: 0, count: 8))
        $0.value = Made.statistics(from: 0, to: 0)
      }
      step.change("fc1.weight") { $0.norm = 0 }
    }
    let finding = try #require(try Made.findings("dead-relu", in: facts).first)
    #expect(finding.remedy.first == "Do not initialize the weights with 0: draw them at random.")
  }

  @Test func halfOfTheUnitsAndAutoencodersAreSound() throws {
    #expect(try Made.findings("dead-relu", in: run(active: 4)).isEmpty)
    #expect(try Made.findings("dead-relu", in: run(active: 8)).isEmpty)
    // Many units of an autoencoder are never used, and its loss falls.
    #expect(try Made.findings("dead-relu", in: run(active: 2, loss: { 2.3 / Float($0) })).isEmpty)
  }

  @Test func sparseUnitsAndHingesAreSound() throws {
    // Each unit is active for one sample in 64, as in a transformer or a sparse code.
    let sparse = Made.steps(1...80) { step in
      step.measure("fc1.relu") { $0.units = UnitFacts(count: 64, active: Array(repeating: 1, count: 8)) }
    }
    #expect(try Made.findings("dead-relu", in: sparse).isEmpty)
    // relu(1 − output) of a hinge loss is 0 where it succeeds.
    var graph = Made.graph()
    for place in graph.nodes.indices where graph.nodes[place].operation == "relu" {
      graph.nodes[place].phase = .loss
    }
    let hinge = Made.steps(1...80, graph: graph) { step in
      step.measure("fc1.relu") { $0.units = UnitFacts(count: 64, active: Array(repeating: 0, count: 8)) }
    }
    #expect(try Made.findings("dead-relu", in: hinge).isEmpty)
  }

  /// Steps in which so many units of an activation are saturated for 60 of 64 samples.
  private func saturated(_ count: Int, node: String = "fc1.tanh", steps: ClosedRange<Int> = 1...20) -> [Fact]
  {
    Made.steps(steps, graph: Made.graph(activation: String(node.split(separator: ".")[1]))) { step in
      step.measure(node) {
        $0.units = UnitFacts(
          count: 64, active: Array(repeating: 64, count: 8), saturated: (0..<8).map { $0 < count ? 60 : 0 })
      }
    }
  }

  @Test func saturatedUnitsAreTold() throws {
    let finding = try #require(try Made.findings("saturation", in: saturated(5)).first)
    #expect(finding.what == "5 of the 8 units of fc1.tanh are saturated" && finding.position.step == 5)
    #expect(finding.evidence.last == "Its input fc1.linear ranges from −3.00 to 3.00.")
    #expect(finding.location == "model.py:5")
  }

  @Test func halfOfThemAFewStepsAndTheLastSigmoidAreSound() throws {
    #expect(try Made.findings("saturation", in: saturated(4)).isEmpty)
    #expect(try Made.findings("saturation", in: saturated(8, steps: 1...4)).isEmpty)
    // A sigmoid before the loss is certain where training succeeded; a GAN's last tanh makes black and white.
    var graph = Made.graph(activation: "sigmoid", loss: "binary_cross_entropy")
    graph.nodes.append(graph.nodes[5])
    graph.nodes[graph.nodes.count - 1].id = graph.nodes.count - 1
    graph.nodes[graph.nodes.count - 1].name = "last.sigmoid"
    let last = Made.steps(1...20, graph: graph) { step in
      step.measure("last.sigmoid") {
        $0.units = UnitFacts(count: 64, active: [64, 64], saturated: [64, 64])
      }
    }
    #expect(try Made.findings("saturation", in: last).isEmpty)
    #expect(try Made.findings("saturation", in: saturated(8), run: Made.gan).isEmpty)
  }
}
