import Autograd
import NN
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
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextPhase)) }
    let batch = try #require(probe.stop(after: .nextPhase)?.batch)
    #expect(batch.correctCount == batch.samples.count { $0.label == $0.prediction })
    #expect(batch.samples.allSatisfy { ($0.probability ?? 0) >= 0.1 })
  }

  @Test func aLinearNodeSendsGradientToItsInputAndItsParameters() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<4 { _ = try #require(probe.stop(after: .nextPhase)) }
    let moment = try #require(probe.stop(after: .nextNode))
    let explanation = try #require(moment.explanation)
    #expect(explanation.numpy.last == "dA1 = dZ2 @ W2.T")
    #expect(explanation.notes == ["W2 is fc2.weight.T", "(1/m) is already in dZ2"])
    #expect(explanation.contributions.map(\.target) == ["fc1.relu", "fc2.weight", "fc2.bias"])
    #expect(explanation.contributions.map(\.shape) == [[8, 5], [10, 5], [10]])
    let norms = Dictionary(uniqueKeysWithValues: moment.parameters.map { ($0.name, $0.gradientNorm) })
    #expect(explanation.contributions[1].norm == norms["fc2.weight"])
    #expect(explanation.contributions[2].norm == norms["fc2.bias"])
  }

  @Test func aParameterIsExplainedByWhatItWasSent() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 0..<5 { _ = try #require(probe.stop(after: .nextPhase)) }
    let explanation = try #require(probe.stop(after: .nextNode)?.explanation)
    #expect(explanation.numpy == ["v = momentum * v + db1", "b1 -= lr * v"])
    #expect(explanation.notes.isEmpty && explanation.accumulation.isEmpty)
    #expect(explanation.contributions.map(\.source) == ["fc1.linear"])
    #expect(explanation.contributions.map(\.count) == [1])
  }

  @Test func layersAreCountedAndNamedAsTheModelNamesThem() throws {
    let probe = RunProbe {
      var generator = Generator(seed: 7, purpose: .initialization)
      let model = Sequential([
        "hidden": Linear(64, 5, bias: false, generator: &generator), "relu": ReLU(),
        "output": Linear(5, 10, generator: &generator),
      ])
      var experiment = try smallExperiment()
      (experiment.model, experiment.optimizer) = (model, Adam(model.namedParameters()))
      return experiment
    }
    _ = try #require(probe.stop())
    func explanation(_ node: String) throws -> Explanation {
      try #require(probe.stop(after: .runTo(node: node))?.explanation)
    }
    let hidden = try explanation("hidden.linear")
    #expect(hidden.numpy == ["Z1 = X @ W1"] && hidden.pytorch == "x = self.hidden(x)")
    #expect(try explanation("relu.relu").numpy == ["A1 = np.maximum(0, Z1)"])
    let output = try explanation("output.linear")
    #expect(output.numpy == ["Z2 = A1 @ W2 + b2"] && output.pytorch == "x = self.output(x)")
    #expect(output.notes == ["W2 is output.weight.T"])
    _ = try #require(probe.stop(after: .nextPhase))
    _ = try #require(probe.stop(after: .nextPhase))
    #expect(try explanation("output.linear").numpy.last == "dA1 = dZ2 @ W2.T")
    #expect(
      try explanation("output.bias").numpy == [
        "m = beta1 * m + (1 - beta1) * db2", "v = beta2 * v + (1 - beta2) * db2**2",
        "b2 -= lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)",
      ])
  }

  @Test func theFactorOfALossOfClassesIsThatOfItsReduction() throws {
    func explanation(_ loss: @escaping @Sendable () -> CrossEntropyLoss) throws -> Explanation {
      let probe = RunProbe {
        var experiment = try smallExperiment()
        experiment.loss = loss()
        return experiment
      }
      _ = try #require(probe.stop())
      for _ in 0..<3 { _ = try #require(probe.stop(after: .nextPhase)) }
      #expect(probe.seen.moment?.explanation?.classFactor == nil)
      return try #require(probe.stop(after: .nextPhase)?.explanation)
    }
    let mean = try explanation { CrossEntropyLoss() }
    #expect(mean.classFactor == 0.125 && mean.notes == ["what it passes on is dZ2 × (1/m)"])
    let sum = try explanation { CrossEntropyLoss(reduction: .sum) }
    #expect(sum.classFactor == 1 && sum.notes.isEmpty)
    let smooth = try explanation { CrossEntropyLoss(labelSmoothing: 0.1) }
    #expect(smooth.classFactor == nil && smooth.notes.last == "here with label smoothing 0.1")
  }
}
