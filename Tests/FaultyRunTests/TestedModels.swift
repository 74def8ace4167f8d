import Autograd
import NN
import Testing
import Trace
import Training

/// Networks with a mistake in them, and what a test of the model says of each.
struct TestedModels {
  private static let features: [[Float]] = [[1, 2], [3, -1], [0, 1], [2, 2]]

  private static func experiment(
    targets: [Float] = [1, -1, 0.5, 2], features: [[Float]] = features,
    _ operation: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> @Sendable () throws -> Experiment {
    {
      let (first, last) = (
        try linear([[0.5, -0.25], [0.75, 1], [-0.5, 0.5], [0.3, 0.2]], bias: [0.1, 0.2, 0.3, 0.1]),
        try linear([[1, -0.5, 0.25, 0.5]])
      )
      let model = Network([("fc1", first), ("fc2", last)]) { try last(operation(first($0).tanh())) }
      return Experiment(
        name: "rows", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try rows(features, targets: targets), epochs: 5, seed: 0)
    }
  }

  private func overfit(
    steps: Int = 200, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> OverfitTest {
    let run = try FaultyRun(make)
    try run.after(.test(.overfit(steps: steps)))
    guard case .overfit(let test)? = run.news.modelTestResult else {
      throw Missing(warnings: run.news.warnings)
    }
    return test
  }

  private func check(_ make: @escaping @Sendable () throws -> Experiment) throws -> GraphGradientCheck {
    let run = try FaultyRun(make)
    try run.after(.test(.gradients))
    guard case .gradients(let check)? = run.news.modelTestResult else {
      throw Missing(warnings: run.news.warnings)
    }
    return check
  }

  private struct Missing: Error { let warnings: [String] }

  @Test func aSoundNetworkLearnsItsBatch() throws {
    let test = try overfit(steps: 1_000, Self.experiment { $0 })
    #expect([.learns, .learnsOtherwise].contains(test.verdict))
  }

  @Test func aNetworkWhoseOutputIsTimesZeroCannotLearn() throws {
    let test = try overfit(Self.experiment { try $0.mul(0) })
    #expect(test.verdict == .fails && test.attempts.count == 3)
    // A loss that does not move at all ends an attempt early.
    #expect(test.attempts.allSatisfy { $0.steps < 50 })
    #expect(
      test.conclusion.hasSuffix(
        " So the fault is in the model, the loss or the labels, not in the amount of data."))
  }

  @Test func aNetworkThatIsCutOffFromItsInputsCannotLearn() throws {
    // The mean over the features leaves one number for all rows.
    let test = try overfit(steps: 1_000, Self.experiment { try $0.mul(0).add(1) })
    #expect(test.verdict == .fails)
  }

  @Test func labelsThatContradictEachOtherCannotBeLearned() throws {
    let make = Self.experiment(
      targets: [1, -1, 1, -1], features: [[1, 2], [1, 2], [0, 1], [0, 1]]
    ) { $0 }
    #expect(try overfit(steps: 1_000, make).verdict == .fails)
  }

  @Test func aLossThatIsNotFiniteSaysSo() throws {
    let make = Self.experiment { try $0.mul(Double.nan) }
    let run = try FaultyRun(make)
    try run.after(.test(.overfit(steps: 20)))
    #expect(
      run.news.warnings == [
        "The loss of this batch is NaN before the first step: the key w at its node finds where that began."
      ])
  }

  @Test func anOperatorWithAWrongDerivativeIsAtTheTop() throws {
    let check = try check(Self.experiment { try apply(Thirding(slope: 0.5), to: [$0], at: here) })
    let worst = try #require(check.rows.first)
    #expect(worst.node == "fc1.thirding" || worst.node.hasPrefix("fc1."))
    let wrong = check.rows(.differs)
    #expect(wrong.compactMap(\.input) == ["fc1.tanh"])
    #expect(wrong.contains { $0.node == "fc1.weight" })
    #expect(check.rows(.agrees).contains { $0.node == "fc2.weight" })
    #expect(check.conclusion.hasPrefix("The backward of fc1.thirding is wrong: for fc1.tanh["))
  }

  @Test func theSameWithTheRightOneAgreesEverywhere() throws {
    let check = try check(Self.experiment { try apply(Thirding(slope: 1.0 / 3), to: [$0], at: here) })
    #expect(check.rows(.differs).isEmpty && check.rows(.isNotFinite).isEmpty)
    #expect(check.conclusion.hasPrefix("All derivatives agree with finite differences, "))
  }

  @Test func aKinkIsNoWrongDerivative() throws {
    // Some rows are exactly 0 before relu, where its derivative is 0 on one side and 1 on the other.
    let check = try check(
      Self.experiment(features: [[0, 0], [0, 0], [1, 1], [0, 0]]) { try $0.sub($0.detach()).relu() })
    #expect(check.rows(.differs).isEmpty)
  }

  @Test func aConversionIsNotTakenForAWrongDerivative() throws {
    let check = try check(
      Self.experiment { try $0.to(.float64).mul(Tensor([2.0, 3, 1, 1])).to(.float32) })
    #expect(check.rows(.differs).isEmpty)
  }
}

private let here = SourceLocation(file: "FaultyRunTests/TestedModels.swift", line: 7)

/// y = x ÷ 3 with a derivative that may be another.
private struct Thirding: Operator {
  static let thirding = OperatorInfo("thirding")
  let slope: Double
  var info: OperatorInfo { Thirding.thirding }
  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor { try inputs[0].mul(1.0 / 3) }
  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [try upstream.mul(slope)]
  }
}
