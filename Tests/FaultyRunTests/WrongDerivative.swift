import Autograd
import NN
import Testing
import Trace
import Training

/// An operator of the user's own whose backward is wrong, behind data that are 0 in the first column.
struct WrongDerivative {
  private static func experiment(
    _ operation: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> @Sendable () throws -> Experiment {
    {
      let (first, last) = (
        try linear([[0.5, -0.25, 1], [0.75, 1, -0.5]], bias: [0.1, 0.2]), try linear([[1, -0.5]])
      )
      let model = Network([("fc1", first), ("fc2", last)]) { try last(operation(first($0))) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.01),
        trainData: try rows([[0, 1, 2], [0, -1, 3]], targets: [1, -1]), epochs: 5, seed: 0)
    }
  }

  @Test func aWrongDerivativeIsNamed() throws {
    let run = try FaultyRun(Self.experiment { try apply(Halving(slope: 1), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    let check = try run.check("fc1.weight")
    #expect(check.judgement == .differs)
    // The chosen cell [0,0] belongs to the column of zeros, and is called neither right nor wrong.
    #expect(check.cells[0].index == [0, 0] && check.cells[0].judgement == .provesNothing)
    #expect(check.cells.count == 5 && check.cells.dropFirst().allSatisfy { $0.judgement == .differs })
    #expect(check.operators.map(\.node) == ["fc1.halving"])
    #expect(
      check.conclusion
        == "The backward of fc1.halving is wrong: for fc1.linear[0,1] it gives 1, and the finite "
        + "difference is 0.5.")
    #expect(run.news.events.last?.text == "fc1.weight: \(check.conclusion)")
  }

  @Test func aRightDerivativeAgreesWhereTheGradientIsLargest() throws {
    let run = try FaultyRun(Self.experiment { try apply(Halving(slope: 0.5), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    let check = try run.check("fc1.weight")
    #expect(check.judgement == .agrees)
    let gradients = check.cells.dropFirst().map(\.gradient.magnitude)
    #expect(gradients == gradients.sorted(by: >) && gradients.allSatisfy { $0 > 0 })
    #expect(
      check.conclusion
        == "They agree: a relative error of up to 0.001 is rounding. But fc1.weight[0,0] proves "
        + "nothing: it is 0 against 0. Checked alone, the backward of fc1.halving agrees too.")
  }

  @Test func anOperatorBehindTheParameterIsNotOnItsWay() throws {
    let run = try FaultyRun(Self.experiment { try apply(Halving(slope: 1), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    let check = try run.check("fc2.weight")
    #expect(check.judgement == .agrees && check.operators.isEmpty)
  }

  @Test func aBackwardThatGivesZeroIsFoundOutThoughAllCellsAreZero() throws {
    let run = try FaultyRun(Self.experiment { try apply(Halving(slope: 0), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    let check = try run.check("fc1.weight")
    #expect(check.judgement == .differs)
    #expect(check.conclusion.hasPrefix("The backward of fc1.halving is wrong: for fc1.linear["))
  }

  @Test func zeroAgainstZeroProvesNothing() throws {
    let run = try FaultyRun(Self.experiment { try $0.mul(0) })
    try run.go(to: .update, of: 1)
    let check = try run.check("fc1.weight")
    #expect(check.judgement == .provesNothing)
    #expect(
      check.conclusion
        == "0 against 0 proves nothing: fc1.weight gets no gradient in this step. Try another step.")
  }

  @Test func aBackwardThatPassesNothingOnIsSaid() throws {
    let run = try FaultyRun(Self.experiment { try apply(Halving(slope: nil), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    #expect(
      try run.refusal(of: .checkGradient(parameter: "fc1.weight", cell: 0))
        == "Backward has run and has sent no gradient to fc1.weight: forward did not use it, or an operator on "
        + "the way passes none on.")
  }

  @Test func anOperatorThatReturnsAnotherTypeGetsASentence() throws {
    let run = try FaultyRun(Self.experiment { try apply(SingleHalving(), to: [$0], at: here) })
    try run.go(to: .update, of: 1)
    #expect(
      try run.refusal(of: .checkGradient(parameter: "fc1.weight", cell: 0))
        == "fc1.halving returns float32 for inputs of float64 (FaultyRunTests/WrongDerivative.swift:7), so gradients through it "
        + "cannot be checked: the check runs in double precision, and an operator must return the type of its "
        + "inputs.")
    // It does not stand between this weight and the loss, but forward goes through it.
    #expect(
      try run.refusal(of: .checkGradient(parameter: "fc2.weight", cell: 0)).hasPrefix("fc1.halving returns"))
  }

  @Test func aConversionInTheNetworkIsNoObstacle() throws {
    let run = try FaultyRun(Self.experiment { try $0.to(.float64).mul(Tensor([2.0, 3])).to(.float32) })
    try run.go(to: .update, of: 1)
    #expect(try run.check("fc1.weight").judgement == .agrees)
  }
}

private let here = SourceLocation(file: "FaultyRunTests/WrongDerivative.swift", line: 7)

/// y = x ÷ 2 with a derivative that may be another; nil passes no gradient on.
private struct Halving: Operator {
  static let halving = OperatorInfo("halving")
  let slope: Double?
  var info: OperatorInfo { Halving.halving }
  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { try inputs[0].mul(0.5) }
  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [try slope.map { try upstream.mul($0) }]
  }
}

/// The same in float32 whatever it is given.
private struct SingleHalving: Operator {
  var info: OperatorInfo { Halving.halving }
  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try Tensor(inputs[0].array(Float.self).map { $0 / 2 }, shape: inputs[0].shape)
  }
  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [try upstream.mul(0.5)]
  }
}
