import Autograd
import NN
import Testing
import Trace
import Training

/// Two layers whose sizes do not fit, a loss that is not one number, and an error of the user's own.
struct WrongShape {
  @Sendable private static func make(
    _ second: [[Float]], _ loss: any Loss = MSELoss()
  ) throws -> Experiment {
    let (fc1, fc2) = (try linear([[0.5, 0.25], [1, 0]], bias: [0, 0]), try linear(second))
    let model = Network([("fc1", fc1), ("fc2", fc2)]) { try fc2(fc1($0)) }
    return Experiment(
      name: "rows", model: model, loss: loss, optimizer: SGD(model.namedParameters(), learningRate: 0.1),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  @Test func layersThatDoNotFit() throws {
    let run = try FaultyRun { try Self.make([[1, 2, 3]]) }
    let moment = try run.after(.run)
    #expect(
      try run.sentence()
        == "FaultyRunTests/WrongShape.swift:13: linear got [2, 2] and [1, 3]; it expects input [..., in] and weight "
        + "[out, in].")
    // In the first step there is no graph of an earlier one; the parameters of the node can be opened all the same.
    #expect(moment.position == Position(step: 1, phase: .forward, node: 0))
    #expect(try moment.inputs(of: "fc2.linear") == ["fc1.linear", "fc2.weight"])
    #expect(try moment.node("fc2.linear").state.progress == .failed)
    #expect(try run.looking(at: "fc2.weight").focus?.values == [1, 2, 3])
    #expect(try run.after(.previousNode).position.phase == .zeroGrad)
  }

  @Test func aLayerThatIsRunByForwardNamesTheLineOfTheCall() throws {
    let (layer, input) = (try linear([[1, 2, 3]]), try Tensor.zeros([2, 2]))
    let line = #line + 1
    let error = #expect(throws: (any Error).self) { try layer.forward(input) }
    #expect(
      error.map { "\($0)" }
        == "FaultyRunTests/WrongShape.swift:\(line): linear got [2, 2] and [1, 3]; it expects input [..., in] and "
        + "weight [out, in].")
  }

  @Test func aLossThatIsNotOneNumber() throws {
    let run = try FaultyRun { try Self.make([[1, 2]], MSELoss(reduction: .none)) }
    let moment = try run.after(.run)
    #expect(
      try run.sentence()
        == "FaultyRunTests/WrongShape.swift:14: backward() starts from a scalar, but this tensor has shape [2, 1]. "
        + "Reduce it with sum() or mean(), or pass a gradient of that shape.")
    #expect(moment.position.phase == .loss)
    #expect(try moment.node("mse_loss").state.progress == .forward)
  }

  private struct TooGreat: Error, CustomStringConvertible {
    var description: String { "The weight is above 10." }
  }

  @Test func anErrorOfTheUsersOwnAndAChangeThatAvoidsIt() throws {
    let run = try FaultyRun {
      let fc = try linear([[20, 1]])
      let model = Network([("fc", fc)]) { x in
        let output = try fc(x)
        if try fc.weight.max().item() > 10 { throw TooGreat() }
        return output
      }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.001),
        trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
    }
    let moment = try run.after(.run)
    #expect(try run.sentence() == "The weight is above 10.")
    #expect(moment.graph.node(named: "fc.linear") != nil)
    // A change before the node that failed begins the step again.
    let again = try run.after(
      .change(.cell(parameter: "fc.weight", index: [0, 0], value: 1), future: .dropped))
    #expect(again.position == .start)
    #expect(run.news.status == .paused)
    try run.after(.run)
    #expect(run.news.status == .finished)
    #expect(run.news.losses.map(\.step) == Array(1...5))
  }
}
