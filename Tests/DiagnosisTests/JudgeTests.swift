import Diagnosis
import Testing
import Trace

/// Which facts a judge is given.
struct JudgeTests {
  /// Tells every fact and step that it is given.
  private struct Telling: Judge {
    static let readsLosses = false

    func findings(in fact: Fact, of run: RunFacts) -> [Finding] { [told("fact")] }

    func findings(in step: StepFacts, of run: RunFacts, losses: LossCourse) -> [Finding] { [told("step")] }

    private func told(_ what: String) -> Finding {
      Finding(rule: what, severity: .note, what: what, cause: "", remedy: [], position: .start)
    }
  }

  private static let rule = Rule("telling", .statistics, summary: { "" }, judge: { _ in Telling() })

  @Test func lossesAreForThoseWhoReadThem() {
    var diagnosis = Diagnosis([JudgeTests.rule])
    #expect(diagnosis.take(.loss(LossFacts(step: 1, loss: 1))).isEmpty)
    #expect(diagnosis.take(.run(RunFacts())).map(\.rule) == ["fact"])
    #expect(diagnosis.take(.step(StepFacts(step: 1, graph: ComputationGraph()))).map(\.rule) == ["step"])
  }

  @Test func rulesTakeAGraphThatPointsNowhere() {
    let nodes = (0..<3).map { place in
      ComputationGraph.Node(
        id: 9 - place, name: "n\(place)", operation: ["relu", "linear", "mse_loss"][place], kind: .operation,
        shape: [.max, .max, 4], inputs: [7, place, -1])
    }
    var step = StepFacts(step: 1, graph: ComputationGraph(nodes: nodes))
    step.nodes = Array(
      repeating: NodeFacts(
        value: TensorStatistics([Float.nan]),
        units: UnitFacts(count: 64, active: [0, 0], saturated: [64, 64])), count: 12)
    step.parameters = [
      ParameterFacts(
        name: "n0", norm: .nan, gradientNorm: .infinity, gradientMagnitude: 0, updateNorm: .nan,
        isUnchanged: true, equalRows: .init(first: -1, second: .max), isReached: true)
    ]
    step.mixed = StepFacts.MixedSamples(output: 0, input: 1, node: "n1")
    (step.loss, step.evaluationLoss) = (.nan, .infinity)
    var diagnosis = Diagnosis(Rule.all.filter { $0.timing == .statistics })
    for number in 1...200 {
      step.step = number
      _ = diagnosis.take(.step(step))
      _ = diagnosis.take(
        .loss(LossFacts(step: number, loss: number % 2 == 0 ? .nan : .infinity, learningRate: .nan)))
    }
    #expect(diagnosis.findings.contains { $0.rule == "not-finite" })
  }

  @Test(arguments: [1e300, -1e300, Double.nan, .infinity])
  func aThresholdCanBeCountedWith(value: Double) throws {
    let rule = try #require(Rule.named("learning-rate-fell"))
    let values = ThresholdValues(of: rule, settings: ["learning-rate-fell.epoch": value])
    #expect(Int(exactly: values["epoch"].rounded()) != nil)
    var diagnosis = Diagnosis(settings: .init(thresholds: ["learning-rate-fell.epoch": value]))
    #expect(diagnosis.take(.loss(LossFacts(step: 1, loss: 1, learningRate: 0.1))).isEmpty)
  }
}
