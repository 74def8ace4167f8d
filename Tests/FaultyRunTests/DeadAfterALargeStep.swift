import Autograd
import NN
import Testing
import Trace
import Training

/// One step that is too large shuts every unit of a layer for good.
struct DeadAfterALargeStep {
  @Test func theBreakpointStopsInTheFirstStepInWhichAllAreShut() throws {
    let run = try FaultyRun {
      let (a, b) = (
        try linear([[0.5, 0.25], [1, 0.5]], bias: [0, 0]), try linear([[1, 1]], bias: [0])
      )
      let model = Network([("a", a), ("b", b)]) { try b(a($0).relu()) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(), optimizer: SGD(model.namedParameters(), learningRate: 1),
        trainData: try rows([[1, 2], [3, 1]], targets: [-5, -6]), epochs: 60, seed: 0)
    }
    let stop = try run.run(to: "zeros(a.relu) >= 1")
    #expect(stop.position == Position(step: 2, phase: .forward, node: 1))
    #expect(stop.hit?.measured == "zeros(a.relu) is 1")
    #expect(
      try run.why("a.relu", .value).conclusion
        == "a.relu is the first tensor with zeros: relu is 0 where its input is not above 0; its inputs range from "
        + "−170 to −113.5; it has been so since step 2")
    #expect(
      try run.why("a.relu", .value, cell: 0).conclusion
        == "a.relu[0,0] is the first cell that is 0: relu is 0 where its input is not above 0; a.linear[0,0] is "
        + "−114.5; all of a.relu has been 0 since step 2")
  }
}
