import Autograd
import NN
import Testing
import Trace
import Training

/// A value that backward needs is changed in place after it was used.
struct ChangeInPlace {
  @Sendable private static func make() throws -> Experiment {
    let (fc1, fc2) = (try linear([[0.5, 0.25]], bias: [0]), try linear([[2]], bias: [0]))
    let model = Network([("fc1", fc1), ("fc2", fc2)]) { x in
      let hidden = try fc1(x).sigmoid()
      let output = try fc2(hidden)
      try noGrad { try hidden.fill(0) }
      return output
    }
    return Experiment(
      name: "rows", model: model, loss: MSELoss(), optimizer: SGD(model.namedParameters(), learningRate: 0.1),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  // RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation
  @Test func theRunStandsBeforeTheNodeOfBackwardThatNeedsIt() throws {
    let run = try FaultyRun(Self.make)
    let moment = try run.after(.run)
    #expect(
      try run.sentence().hasPrefix(
        "FaultyRunTests/ChangeInPlace.swift:13: linear saved [2, 1] and [1, 1] and [1] for backward, but a value was "
          + "changed in place since."))
    #expect(moment.position == Position(step: 1, phase: .backward, node: 0))
    #expect(moment.current == moment.graph.node(named: "mse_loss")?.id)
    #expect(try moment.node("fc2.linear").state.progress == .failed)
    // What it was given is there: the gradient from the loss, and the value that was changed.
    #expect(try run.looking(at: "fc2.linear", .gradient).focus?.values.contains { $0 != 0 } == true)
    #expect(try run.looking(at: "fc1.sigmoid", .value).focus?.values == [0, 0])
    #expect(try run.after(.previousPhase).position.phase == .loss)
  }
}
