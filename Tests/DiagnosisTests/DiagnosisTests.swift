import Diagnosis
import Testing
import Trace

struct DiagnosisTests {
  /// A rule that finds a fault in each step above the threshold.
  private static let rule = Rule(
    "late", .statistics, summary: { "late" }, thresholds: [Rule.Threshold("step", 2, source: "")],
    judge: { Late(limit: $0["step"]) })

  private struct Late: LossJudge {
    let limit: Double

    func findings(at loss: LossFacts, of run: RunFacts) -> [Finding] {
      guard Double(loss.step) > limit else { return [] }
      return [
        Finding(
          rule: "late", severity: .note, what: "late", cause: "", remedy: [],
          position: .start(of: loss.step))
      ]
    }
  }

  private static func loss(_ step: Int) -> Fact { .losses([LossFacts(step: step, loss: 1)]) }

  @Test func aFindingIsToldOnce() {
    var diagnosis = Diagnosis([DiagnosisTests.rule])
    #expect(diagnosis.take(DiagnosisTests.loss(2)).isEmpty)
    #expect(diagnosis.take(DiagnosisTests.loss(3)).map(\.rule) == ["late"])
    #expect(diagnosis.take(DiagnosisTests.loss(4)).isEmpty)
    #expect(diagnosis.findings.map(\.position.step) == [3])
  }

  @Test func inANewFutureItIsFoundAgain() {
    var diagnosis = Diagnosis([DiagnosisTests.rule])
    _ = diagnosis.take(DiagnosisTests.loss(3))
    diagnosis.forget(from: .start(of: 3))
    #expect(diagnosis.findings.isEmpty)
    #expect(diagnosis.take(DiagnosisTests.loss(5)).count == 1)
  }

  @Test func theUserMutesRulesAndSetsThresholds() {
    var muted = Diagnosis([DiagnosisTests.rule], settings: .init(muted: ["late"]))
    #expect(muted.take(DiagnosisTests.loss(9)).isEmpty)
    var set = Diagnosis([DiagnosisTests.rule], settings: .init(thresholds: ["late.step": 8]))
    #expect(set.take(DiagnosisTests.loss(8)).isEmpty)
    #expect(set.take(DiagnosisTests.loss(9)).count == 1)
  }

  @Test func rulesHaveNamesOfTheirOwn() {
    #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
    #expect(Rule.all.allSatisfy { $0.name.allSatisfy { $0.isLowercase || $0 == "-" } })
  }
}
