import Autograd
import Datasets
import NN
import Numbers
import Testing
import Trace
import Training

/// The way of one cell that is NaN, infinite or 0.
struct CellCauseTests {
  // MARK: Hand-made NaN

  @Test func theLogarithmOfANegativeNumberIsNamedWithItsCell() throws {
    let probe = RunProbe(headed { try $0.log() })
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "cross_entropy")))
    let cause = try cause(probe, "cross_entropy", .value, 0)
    #expect(cause.defect == .nan)
    #expect(cause.path.map(\.node) == ["cross_entropy", "fc2.log"])
    #expect(cause.path[0].index == [] && cause.path[0].text == "= NaN")
    let index = try #require(cause.path[1].index)
    let number = try number(probe, "fc2.linear", .value, index)
    #expect(number < 0)
    let cell = "[\(index[0]),\(index[1])]"
    #expect(
      cause.conclusion
        == "fc2.log\(cell) is the first cell that is NaN: log of a negative number is NaN; fc2.linear\(cell) is \(NumberText.cell(Double(number)))"
    )
  }

  @Test func aDivisionByZeroIsNamedWithBothItsCells() throws {
    let probe = RunProbe(headed { try $0.div($0.mul(0)) })
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "div")))
    let cell = try place(probe, "fc2.linear", .value) { $0 > 0 }
    let index = [cell / 10, cell % 10]
    let number = try number(probe, "fc2.linear", .value, index)
    let cause = try cause(probe, "div", .value, cell)
    #expect(cause.defect == .infinite)
    #expect(cause.path.map(\.index) == [index])
    let name = "[\(index[0]),\(index[1])]"
    #expect(
      cause.conclusion
        == "div\(name) is the first cell that is infinite: the divisor is 0, or too small for the quotient; fc2.linear\(name) is \(number), "
        + "mul\(name) is 0")
  }

  @Test func aWeightSetByHandIsFoundThroughRowsAndColumns() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for (cell, value) in [([3, 20], Double.infinity), ([4, 5], -Double.infinity)] {
      let change = Change.cell(parameter: "fc1.weight", index: cell, value: value)
      _ = try #require(probe.stop(after: .change(change, future: .dropped)))
    }
    _ = try #require(probe.stop(after: .runTo(node: "fc1.linear")))
    let cause = try cause(probe, "fc1.linear", .value, 5 + 4)
    #expect(cause.path.map(\.node) == ["fc1.linear", "fc1.weight"])
    #expect(cause.path.map(\.index) == [[1, 4], [4, 5]])
    #expect(cause.path[1].text == "= −inf")
    #expect(
      cause.conclusion == "fc1.weight[4,5] was set by hand to a value that is not finite, in step 1")
  }

  @Test func anOperatorOfTheUsersOwnIsPassedByWholeTensors() throws {
    let probe = RunProbe(
      headed { try apply(Halving(), to: [$0.log()], at: SourceLocation(file: #fileID, line: #line)) })
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "cross_entropy")))
    let cause = try cause(probe, "cross_entropy", .value, 0)
    #expect(cause.path.map(\.node) == ["cross_entropy", "fc2.halving", "fc2.log"])
    #expect(cause.path.map { $0.index != nil } == [true, true, false])
    #expect(
      cause.path[1].text
        == "= NaN; which cells halving reads is not known, so whole tensors are followed from here")
    #expect(cause.conclusion.contains("log of a negative number is NaN; fc2.linear["))
  }

  // MARK: A real one

  /// A learning rate at which the weights overflow after some steps.
  @Sendable private static func exploding() throws -> Experiment {
    var generator = Generator(seed: 7, purpose: .initialization)
    let model = MultilayerPerceptron(sizes: [64, 64, 64, 64, 10], generator: &generator)
    let data = try Subset(ImageDataset.digitsTrain(), indices: Array(0..<96))
    return Experiment(
      name: "digits", model: model, loss: CrossEntropyLoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 50, momentum: 0.9),
      trainData: try DataLoader(data, batchSize: 32, shuffle: true, seed: 7), epochs: 10, seed: 7)
  }

  @Test func everyCellOnTheWayIsAsItIsSaidToBe() throws {
    let probe = RunProbe(isPaused: false, Self.exploding)
    _ = try #require(probe.moment { $0.status == .finished })
    let cell = try place(probe, "fc4.weight", .value) { !$0.isFinite }
    let cause = try cause(probe, "fc4.weight", .value, cell)
    #expect(cause.path.count > 2)
    #expect(cause.path.allSatisfy { $0.index != nil && $0.text.hasPrefix("= ") })
    let places = cause.path.map(\.position)
    #expect(places == places.sorted(by: >))
    #expect((places.last?.step ?? .max) < (places.first?.step ?? 0))
    for step in cause.path {
      let moment = try #require(probe.stop(after: .seek(step.position)))
      #expect(moment.position == step.position)
      let number = try number(probe, step.node, step.view, try #require(step.index))
      #expect(step.text == (number.isNaN ? "= NaN" : "= \(number)") && !number.isFinite, "\(step)")
    }
    // A step before its beginning no weight is broken.
    let start = try #require(places.last?.step)
    let before = try #require(probe.stop(after: .seek(step: start)))
    #expect(before.parameters.allSatisfy { $0.weightNorm.isFinite })
    #expect(probe.seen.warnings.isEmpty)
  }

  // MARK: Zero

  @Test func aClosedReLUSaysWhatItWasGiven() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "fc1.relu")))
    let cell = try place(probe, "fc1.relu", .value) { $0 == 0 }
    let cause = try cause(probe, "fc1.relu", .value, cell)
    let number = try number(probe, "fc1.linear", .value, [cell / 5, cell % 5])
    #expect(cause.defect == .zero && cause.path.count == 1)
    #expect(
      cause.conclusion.hasSuffix(
        "relu is 0 where its input is not above 0; fc1.linear[\(cell / 5),\(cell % 5)] is \(NumberText.cell(Double(number)))"
      ))
  }

  @Test func aGradientThatIsZeroLeadsToTheReLUThatIsShut() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "fc1.bias")))
    let cell = try place(probe, "fc1.linear", .gradient) { $0 == 0 }
    let cause = try cause(probe, "fc1.linear", .gradient, cell)
    #expect(cause.path.map(\.node) == ["fc1.linear"])
    #expect(
      cause.conclusion.hasPrefix(
        "it starts in the backward pass of fc1.relu: relu passes gradient only where its input is above 0; "
          + "fc1.linear[\(cell / 5),\(cell % 5)] is −"))
  }

  @Test func aWeightThatGetsNoGradientLeadsToThePixelThatIsAlwaysBlack() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "fc1.bias")))
    let update = try cause(probe, "fc1.weight", .update, 64)
    #expect(update.path.map(\.node) == ["fc1.weight", "fc1.weight", "x"])
    #expect(update.path.map(\.view) == [.update, .gradient, .value])
    #expect(update.path.map(\.index) == [[1, 0], [1, 0], [0, 0]])
    #expect(update.conclusion == "it is in the data: x[0,0] is 0")
  }

  @Test func aFactorThatIsZeroIsFollowed() throws {
    let probe = RunProbe(headed { try $0.mul($0.mul(0)) })
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .runTo(node: "mul_2")))
    let cause = try cause(probe, "mul_2", .value, 3)
    #expect(cause.path.map(\.node) == ["mul_2", "mul", "constant"])
    #expect(cause.path.map(\.index) == [[0, 3], [0, 3], []])
  }

  @Test func aWeightSetToZeroByHandIsFoundStepsLater() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextStep))
    let change = Change.cell(parameter: "fc1.weight", index: [2, 0], value: 0)
    _ = try #require(probe.stop(after: .change(change, future: .dropped)))
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextStep)) }
    let cause = try cause(probe, "fc1.weight", .value, 128)
    #expect(cause.path.map(\.index) == [[2, 0]])
    #expect(cause.conclusion == "fc1.weight[2,0] was set by hand to 0, in step 2")
  }

  // MARK: Helpers

  /// The small network with something after its last layer.
  private func headed(
    _ head: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> @Sendable () throws -> Experiment {
    {
      var experiment = try smallExperiment()
      let model = Headed(experiment.model, head)
      experiment.model = model
      experiment.optimizer = SGD(model.namedParameters(), learningRate: 0.1)
      return experiment
    }
  }

  private func cause(_ probe: RunProbe, _ node: String, _ view: TensorView, _ cell: Int) throws -> Cause {
    probe.runner.send(.findCause(node: node, view: view, cell: cell))
    var found: Cause?
    _ = probe.moment { update in
      found = update.cause ?? found
      return update.cause != nil || !update.warnings.isEmpty
    }
    return try #require(found, "\(probe.seen.warnings)")
  }

  private func values(_ probe: RunProbe, _ node: String, _ view: TensorView) throws -> TensorSnapshot {
    probe.runner.send(.focus(Focus(node: node, view: view)))
    return try #require(
      probe.moment { $0.moment?.focus?.node == node && $0.moment?.focus?.view == view }?.focus)
  }

  private func place(
    _ probe: RunProbe, _ node: String, _ view: TensorView, _ holds: (Float) -> Bool
  ) throws -> Int { try #require(try values(probe, node, view).values.firstIndex(where: holds)) }

  private func number(_ probe: RunProbe, _ node: String, _ view: TensorView, _ index: [Int]) throws -> Float {
    let tensor = try values(probe, node, view)
    return tensor.values[zip(index, tensor.shape).reduce(0) { $0 * $1.1 + $1.0 }]
  }
}

/// A network with something after it.
private final class Headed: Module {
  private let inner: any Module
  private let head: (Tensor) throws -> Tensor

  init(_ inner: any Module, _ head: @escaping (Tensor) throws -> Tensor) {
    self.inner = inner
    self.head = head
  }

  var children: [Child] { inner.children }
  var description: String { "Headed" }
  func forward(_ input: Tensor) throws -> Tensor { try head(inner(input)) }
}

/// An operator that a user made.
private struct Halving: Operator {
  let info = OperatorInfo("halving")
  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    try Tensor(inputs[0].array(Float.self).map { $0 / 2 }, shape: inputs[0].shape)
  }
  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [upstream] }
}
