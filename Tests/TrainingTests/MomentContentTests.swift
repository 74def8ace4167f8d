import Testing
import Trace
import Training

struct MomentContentTests {
  @Test func theBatchHasPredictionsOnceTheLossIsComputed() throws {
    let probe = RunProbe(smallExperiment)
    let start = try #require(probe.stop()?.batch)
    #expect(start.count == 8)
    #expect(start.imageSize == BatchSnapshot.ImageSize(rows: 8, columns: 8))
    #expect(start.samples.allSatisfy { $0.prediction == nil && $0.values.count == 64 })
    #expect(start.correctCount == nil)
    _ = try #require(probe.stop(after: .nextPhase))
    let batch = try #require(probe.stop(after: .nextPhase)?.batch)
    #expect(batch.correctCount == batch.samples.count { $0.label == $0.prediction })
    #expect(batch.samples.allSatisfy { ($0.probability ?? 0) >= 0.1 })
  }

  @Test func aLinearNodeSendsGradientToItsInputAndItsParameters() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<3 { _ = try #require(probe.stop(after: .nextPhase)) }
    let moment = try #require(probe.stop(after: .nextNode))
    let explanation = try #require(moment.explanation)
    #expect(explanation.numpy.last == "dA1 = dZ2 @ W2.T")
    #expect(explanation.contributions.map(\.target) == ["fc1.relu", "fc2.weight", "fc2.bias"])
    #expect(explanation.contributions.map(\.shape) == [[8, 5], [10, 5], [10]])
    let norms = Dictionary(uniqueKeysWithValues: moment.parameters.map { ($0.name, $0.gradientNorm) })
    #expect(explanation.contributions[1].norm == norms["fc2.weight"])
    #expect(explanation.contributions[2].norm == norms["fc2.bias"])
  }

  @Test func aParameterIsExplainedByWhatItWasSent() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<4 { _ = try #require(probe.stop(after: .nextPhase)) }
    let explanation = try #require(probe.stop(after: .nextNode)?.explanation)
    #expect(explanation.numpy == ["v = momentum * v + db1", "b1 -= lr * v"])
    #expect(explanation.contributions.map(\.source) == ["fc1.linear"])
    #expect(explanation.contributions.map(\.count) == [1])
  }
}
