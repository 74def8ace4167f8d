import Autograd
import NN
import Testing
import Trace
import Training

/// Logarithms, exponentials and quotients that a user has written out, at the numbers they cannot take.
struct LogarithmOfZero {
  private static func run(
    _ features: [[Float]], _ body: @escaping @Sendable (_ layer: Linear, _ x: Tensor) throws -> Tensor
  ) throws -> FaultyRun {
    try FaultyRun {
      let layer = try linear([[1, 0], [0, 1]])
      return Experiment(
        name: "rows", model: Network([("a", layer)]) { try body(layer, $0).sum(dim: 1, keepDim: true) },
        loss: MSELoss(), optimizer: SGD(layer.namedParameters(), learningRate: 0.1),
        trainData: try rows(features, targets: [1, -1]), epochs: 3, seed: 0)
    }
  }

  @Test func theLogarithmOfAShutUnitIsNamedFromForwardAndFromBackward() throws {
    let run = try Self.run([[1, 2], [3, 0]]) { layer, x in try layer(x).relu().log() }
    let reason = "a.log is the first tensor with infinite values: log of 0 is −inf; a.relu[1,1] is 0"
    #expect(try run.run(to: "nan or inf").position == Position(step: 1, phase: .forward, node: 2))
    #expect(try run.why("a.log", .value).conclusion == reason)
    #expect(try run.run(to: "nan").position == Position(step: 1, phase: .backward, node: 4))
    #expect(try run.why("a.linear", .gradient).conclusion == reason)
  }

  @Test func aProbabilityOfZeroInAnOwnCrossEntropyIsNamed() throws {
    let run = try Self.run([[1, 2], [300, 0]]) { layer, x in
      let p = try layer(x).softmax(dim: 1)
      return try p.mul(p.log())
    }
    #expect(try run.run(to: "nan").position == Position(step: 1, phase: .forward, node: 3))
    let cause = try run.why("mul", .value)
    #expect(cause.path.map(\.node) == ["mul", "a.log"])
    #expect(
      cause.conclusion
        == "a.log is the first tensor with infinite values: log of 0 is −inf; a.softmax[1,1] is 0")
  }

  @Test func anOwnSoftmaxOverflowsInItsExponential() throws {
    let run = try Self.run([[1, 2], [1000, 0]]) { layer, x in
      let e = try layer(x).exp()
      return try e.div(e.sum(dim: 1, keepDim: true))
    }
    #expect(try run.run(to: "nan").position == Position(step: 1, phase: .forward, node: 3))
    #expect(
      try run.why("div", .value).conclusion
        == "a.exp is the first tensor with infinite values: exp of the input is too large for the element type; "
        + "a.linear[1,0] is 1000")
  }

  @Test func aRowOfZerosThatIsDividedByItsLengthIsNamed() throws {
    let run = try Self.run([[1, 2], [0, 0]]) { layer, x in
      let h = try layer(x)
      return try h.div(h.mul(h).sum(dim: 1, keepDim: true).sqrt())
    }
    #expect(try run.run(to: "nan").hit?.measured == "2 of 4 values of the output are NaN")
    #expect(
      try run.why("div", .value).conclusion
        == "div is the first tensor with NaN: 0 divided by 0 is NaN; a.linear[1,0] is 0, sqrt[1,0] is 0")
    #expect(
      try run.why("div", .value, cell: 3).conclusion
        == "div[1,1] is the first cell that is NaN: 0 divided by 0 is NaN; a.linear[1,1] is 0, sqrt[1,0] is 0"
    )
  }

  @Test func aColumnThatIsTheSameInAllRowsHasNoDeviation() throws {
    let run = try Self.run([[1, 2], [3, 2]]) { layer, x in
      try layer(x.sub(x.mean(dim: 0)).div(x.std(dim: 0)))
    }
    #expect(try run.run(to: "nan").position == Position(step: 1, phase: .forward, node: 3))
    #expect(
      try run.why("div", .value).conclusion
        == "div is the first tensor with NaN: 0 divided by 0 is NaN; sub[0,1] is 0, std[1] is 0")
  }
}
