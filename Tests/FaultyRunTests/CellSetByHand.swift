import Autograd
import NN
import Testing
import Trace
import Training

/// A weight that is set by hand after its update: the optimizer did not do that.
struct CellSetByHand {
  private static let experiment: @Sendable () throws -> Experiment = {
    let layer = try linear([[1, -0.5]])
    return Experiment(
      name: "rows", model: Network([("fc", layer)]) { try layer($0) }, loss: MSELoss(),
      optimizer: SGD(layer.namedParameters(), learningRate: 0.125),
      trainData: try rows([[1, 2], [3, -1]], targets: [1, -1]), epochs: 5, seed: 0)
  }

  @Test func theLastUpdateIsTheOptimizersAlone() throws {
    let run = try FaultyRun(Self.experiment)
    try run.go(to: .update, of: 2)
    let before = try run.looking(at: "fc.weight", .update)
    let ratio = before.parameters[0].updateNorm
    for value in [100.0, 7] {
      try run.after(.change(.cell(parameter: "fc.weight", index: [0, 0], value: value), future: .dropped))
    }
    #expect(try run.looking(at: "fc.weight", .value).focus?.values.first == 7)
    let after = try run.looking(at: "fc.weight", .update)
    #expect(after.focus?.values == before.focus?.values)
    #expect(after.parameters[0].updateNorm == ratio)
    // The past shows the same, computed again.
    try run.go(to: .update, of: 4)
    try run.after(.seek(Position(step: 2, phase: .update, node: 0)))
    #expect(try run.looking(at: "fc.weight", .value).focus?.values.first == 7)
    #expect(try run.looking(at: "fc.weight", .update).focus?.values == before.focus?.values)
  }
}
