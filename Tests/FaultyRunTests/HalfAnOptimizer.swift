import Autograd
import NN
import Testing
import Trace
import Training

/// The optimizer has only the parameters of the head, though the model lists those of the body too.
struct HalfAnOptimizer {
  @Sendable private static func make() throws -> Experiment {
    let (body, head) = (try linear([[0.5, 0.25], [1, 0]]), try linear([[1, -1]]))
    let model = Network([("body", body), ("head", head)]) { try head(body($0)) }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(), optimizer: Adam(head.namedParameters(), learningRate: 0.1),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  @Test func theGradientsPaneSaysWhatIsNotTrained() throws {
    let run = try FaultyRun(Self.make)
    let moment = try run.go(to: .update, of: 2)
    #expect(moment.parameters.map(\.obstacle) == ["not in Adam", nil])
    #expect(moment.phaseNodeCount == 1)
    #expect(run.screen().contains { $0.contains("body.weight") && $0.contains("not in Adam") })
    // Whoever trains only a part means it, so there is no warning.
    #expect(run.news.warnings.isEmpty)
  }
}
