import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// What is worked out only where the screen shows it.
struct ScreenNeedsTests {
  private static func moons(_ model: @escaping @Sendable (inout Generator) -> any Module)
    -> @Sendable () throws -> Experiment
  {
    {
      var generator = Generator(seed: 7, purpose: .initialization)
      var experiment = try smallExperiment()
      let model = model(&generator)
      experiment.model = model
      experiment.optimizer = SGD(model.namedParameters(), learningRate: 0.1)
      experiment.trainData = try DataLoader(
        try ToySet.moons.points(count: 60, seed: 3), batchSize: 20, seed: experiment.seed)
      return experiment
    }
  }

  @Test func onlyTheNodesThatAreShownHaveASketch() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<4 {
      let moment = try #require(probe.stop(after: .nextPhase))
      #expect(moment.states.allSatisfy { $0.sketch == nil })
    }
    probe.runner.send(.show(ScreenNeeds(sketches: ["fc1.relu", "fc1.weight", "no.such.node"])))
    let moment = try #require(probe.moment { $0.moment?.states.contains { $0.sketch != nil } ?? false })
    let sketched = moment.graph.nodes.filter { moment.states[$0.id].sketch != nil }.map(\.name)
    #expect(Set(sketched) == ["fc1.relu", "fc1.weight"])
    let relu = try #require(moment.graph.node(named: "fc1.relu"))
    #expect(moment.states[relu.id].sketch?.low == 0)
  }

  @Test func regionsCoverTheSetAndHaveTheShapeThatIsShown() throws {
    let probe = RunProbe(Self.moons { MultilayerPerceptron(sizes: [2, 8, 2], generator: &$0) })
    _ = try #require(probe.stop())
    probe.runner.send(.show(ScreenNeeds(regions: .init(columns: 60, rows: 30))))
    let moment = try #require(probe.moment { $0.moment?.batch?.regions?.columns == 60 })
    let regions = try #require(moment.batch?.regions)
    #expect(regions.rows == 30 && regions.classes.count == 1_800 && regions.confidences.count == 1_800)
    #expect(regions.points.count == 60)
    #expect(
      regions.points.allSatisfy {
        regions.left < $0.x && $0.x < regions.right && regions.bottom < $0.y && $0.y < regions.top
      })
    // A cell is as high as it is wide.
    let (width, height) = ((regions.right - regions.left) / 60, (regions.top - regions.bottom) / 30)
    #expect(abs(width - height) < 1e-5 * width)
  }

  @Test func regionsThatAreNotShownAreNotComputed() throws {
    let probe = RunProbe(Self.moons { MultilayerPerceptron(sizes: [2, 8, 2], generator: &$0) })
    _ = try #require(probe.stop())
    probe.runner.send(.show(ScreenNeeds(regions: nil)))
    let moment = try #require(probe.moment { $0.moment?.batch != nil && $0.moment?.batch?.regions == nil })
    #expect(moment.batch?.samples.count == 20)
  }
}
