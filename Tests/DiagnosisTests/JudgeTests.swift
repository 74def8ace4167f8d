import Diagnosis
import Foundation
import Testing
import Trace

/// Which facts a judge is given.
struct JudgeTests {
  /// Tells what it is given.
  private struct Telling: LossJudge {
    func findings(in fact: Fact, of run: RunFacts) -> [Finding] { [told("fact", 0)] }

    func findings(in step: StepFacts, of run: RunFacts) -> [Finding] { [told("step", step.step)] }

    func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] { [told("loss", loss.step)] }

    private func told(_ rule: String, _ step: Int) -> Finding {
      Finding(
        rule: rule, subject: "\(step)", severity: .note, what: "", cause: "", remedy: [], position: .start)
    }
  }

  private static let rule = Rule("telling", .statistics, summary: { "" }, judge: { _ in Telling() })

  @Test func eachKindOfFactHasItsMethod() {
    var diagnosis = Diagnosis([JudgeTests.rule])
    func told(_ fact: Fact) -> [String] { diagnosis.take(fact).map { "\($0.rule) \($0.subject ?? "")" } }
    #expect(
      told(.losses([LossFacts(step: 3, loss: 1), LossFacts(step: 4, loss: 1)])) == ["loss 3", "loss 4"])
    #expect(told(.run(RunFacts())) == ["fact 0"])
    #expect(told(.step(StepFacts(step: 5, graph: ComputationGraph()))) == ["step 5"])
  }

  /// Losses of a run that diverges, of one that stays where it is, and of one that ends in NaN after a leap.
  private static let courses: [[Float]] = [
    (1...60).map { 2 * powf(1.4, Float($0)) },
    (1...700).map { 2.3 + 0.01 * Float($0 * 37 % 11) },
    (1...40).map { $0 < 20 ? 2 : $0 < 24 ? powf(10, Float($0)) : .nan },
  ]

  @Test(arguments: courses, [2, 7, 16, 1000])
  func lossesShowTheSameHoweverManyAreTakenAtOnce(losses: [Float], count: Int) {
    let facts = zip(1..., losses).map { LossFacts(step: $0, loss: $1, learningRate: 0.1) }
    var (single, blocks) = (Diagnosis(), Diagnosis())
    for fact in [Fact.run(RunFacts(stepsPerEpoch: 50)), .step(JudgeTests.firstStep)] {
      _ = (single.take(fact), blocks.take(fact))
    }
    for loss in facts { _ = single.take(.losses([loss])) }
    for start in stride(from: 0, to: facts.count, by: count) {
      _ = blocks.take(.losses(Array(facts[start..<min(start + count, facts.count)])))
    }
    #expect(!single.findings.isEmpty)
    #expect(
      Set(single.findings.map { "\($0.id) \($0.position)" })
        == Set(blocks.findings.map { "\($0.id) \($0.position)" }))
  }

  /// A step with the loss of a classifier, of which guessing is known.
  private static var firstStep: StepFacts {
    let nodes = [
      ComputationGraph.Node(
        id: 0, name: "fc", operation: "linear", kind: .operation, shape: [10, 10], inputs: []),
      ComputationGraph.Node(
        id: 1, name: "loss", operation: "cross_entropy", kind: .operation, shape: [], inputs: [0]),
    ]
    var step = StepFacts(step: 1, graph: ComputationGraph(nodes: nodes))
    step.targets = TargetFacts(
      shape: [10], areClasses: true, classCount: 10, minimum: 0, maximum: 9,
      counts: Array(repeating: 1, count: 10))
    return step
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
        .losses([LossFacts(step: number, loss: number % 2 == 0 ? .nan : .infinity, learningRate: .nan)]))
    }
    #expect(diagnosis.findings.contains { $0.rule == "not-finite" })
  }

  @Test(arguments: [1e300, -1e300, Double.nan, .infinity])
  func aThresholdCanBeCountedWith(value: Double) throws {
    let rule = try #require(Rule.named("learning-rate-fell"))
    let values = ThresholdValues(of: rule, settings: ["learning-rate-fell.epoch": value])
    #expect(Int(exactly: values["epoch"].rounded()) != nil)
    var diagnosis = Diagnosis(settings: .init(thresholds: ["learning-rate-fell.epoch": value]))
    #expect(diagnosis.take(.losses([LossFacts(step: 1, loss: 1, learningRate: 0.1)])).isEmpty)
  }
}
