import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// The arithmetic of cells in the moments of a run, against the cells themselves.
struct CellWorkReadingTests {
  /// Networks of random sizes, activations and losses.
  private static func experiment(_ seed: UInt64) throws -> Experiment {
    var generator = Generator(seed: seed)
    let hidden = (0..<1 + generator.below(2)).map { _ in 2 + generator.below(6) }
    let activation = Activation.allCases[generator.below(Activation.allCases.count)]
    let model = MultilayerPerceptron(
      sizes: [2] + hidden + [3], activation: activation, generator: &generator)
    let data = try ToySet.spiral.points(count: 24, classCount: 3, seed: seed)
    return Experiment(
      name: "random", model: model,
      loss: LossKind.allCases[generator.below(LossKind.allCases.count)].make(),
      optimizer: SGD(model.namedParameters(), learningRate: 0.1, momentum: 0.9),
      trainData: try DataLoader(data, batchSize: 6, shuffle: true, seed: seed), validationData: nil,
      epochs: 1, seed: seed)
  }

  @Test func twoThousandRandomCellsAreWorkedOut() throws {
    var count = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = Generator(seed: 100 + seed)
      for (view, phase) in [(TensorView.value, Phase.loss), (.gradient, .backward)] {
        let whole = try moment(seed, Inspection.Target(step: 2, phase: phase))
        for node in whole.graph.nodes
        where node.kind == .operation || view == .gradient && node.kind == .parameter {
          for _ in 0..<8 {
            let cell = node.shape.map { generator.below($0) }
            let found = try moment(
              seed,
              Inspection.Target(
                step: 2, phase: phase, node: node.name, view: view, cell: cell, allTerms: true))
            // Backward starts with a gradient of 1, which nothing passed on.
            guard let work = found.explanation?.work else {
              #expect(node.phase == .loss && view == .gradient, "\(node.name) \(view)")
              continue
            }
            #expect(work.agrees, "\(node.name)\(cell): \(work.computed), not \(work.result)")
            let place = zip(cell, node.shape).reduce(0) { $0 * $1.1 + $1.0 }
            #expect(found.cell == place)
            #expect(found.focus.map { Double($0.values[place]) == work.result } ?? false)
            count += 1
          }
        }
      }
    }
    #expect(count >= 2_000)
  }

  @Test func aThreadLeadsFromASumBackToTheWeightsOfItsUnitAndToTheirUpdate() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    _ = try #require(probe.stop(after: .nextNode))
    _ = try #require(probe.stop(after: .nextNode))
    // Z1[3,2]: the gradient of fc1.weight that is shown later is one of unit 2.
    let thread = [FollowedCell(node: "fc1.linear", cell: 3 * 5 + 2)]
    probe.runner.send(.focus(Focus(followed: thread)))
    let forward = try #require(probe.moment { $0.moment?.followed == thread })
    #expect(forward.cell == 17 && forward.focus?.node == "fc1.linear")
    #expect(forward.explanation?.work?.lines.last?.name == "Z1[3,2]")
    let relu = try #require(probe.stop(after: .nextNode))
    #expect(relu.focus?.node == "fc1.relu" && relu.cell == 17)
    let second = try #require(probe.stop(after: .nextNode))
    #expect(second.focus?.node == "fc2.linear" && (second.cell ?? 0) / 10 == 3)
    for _ in 0..<2 { _ = try #require(probe.stop(after: .nextPhase)) }
    let update = try #require(probe.stop(after: .nextPhase))
    #expect(update.focus?.node == "fc1.weight" && (update.cell ?? 0) / 64 == 2)
  }

  @Test func theTensorsOfASumAreTheGuidesWithTheRowAndTheColumnThatMeetInTheCell() throws {
    let target = Inspection.Target(
      step: 2, phase: .forward, node: "fc1.linear", view: .value, cell: [3, 1], allTerms: true)
    let work = try #require(try moment(3, target).explanation?.work)
    let x = try #require(work.matrices.first)
    let w = try #require(work.matrices.last)
    #expect(work.matrices.map(\.name) == ["X", "W1"])
    #expect((x.litRows, x.litColumns) == (3..<4, 0..<2) && x.rows == 6)
    #expect((w.litRows, w.litColumns) == (0..<2, 1..<2) && w.rows == 2 && w.isTransposed)
    // The row times the column, and the bias, is the cell.
    let bias = try #require(work.terms.first { $0.operands.first?.node == "fc1.bias" }).value
    let sum = (0..<2).reduce(bias) { $0 + Double(x.values[3 * 2 + $1] * w.values[$1 * w.columns + 1]) }
    #expect(abs(sum - work.result) < 1e-5)
    // A cell of the tensor is found in the matrix whose rows and columns are exchanged.
    for term in work.terms {
      for operand in term.operands where operand.node == "fc1.weight" {
        let place = w.place(of: operand.cell)
        #expect(place.column == 1 && w.litRows.contains(place.row))
      }
    }
  }

  @Test func cellsThatAreNoBlockAreNotLit() {
    func matrix(_ cells: [Int]) -> CellWork.OperandMatrix? {
      CellWork.OperandMatrix(
        node: "x", view: .value, name: "x", isTransposed: false, columns: 3,
        values: Array(repeating: 0, count: 6),
        cells: cells)
    }
    #expect(matrix([0, 2]) == nil && matrix([]) == nil && matrix([6]) == nil)
    #expect(matrix([4, 1])?.litRows == 0..<2 && matrix([4, 1])?.litColumns == 1..<2)
  }

  @Test func theNetworkIsSeenBeforeItsFirstForwardHasRun() throws {
    let probe = RunProbe(smallExperiment)
    let before = try #require(
      probe.moment { $0.graph?.nodes.contains { $0.name == "cross_entropy" } ?? false })
    #expect(before.position == .start && before.states.dropFirst().allSatisfy { $0.progress == .waiting })
    #expect(before.phaseNodeCount == 1)
    // Looking ahead changes nothing: the run goes as one that never paused there.
    let paused = try #require(probe.stop(after: .goTo(Position(step: 3, phase: .update, node: 3))))
    let free = RunProbe(isPaused: false, smallExperiment)
    #expect(free.told { $0.losses.count >= 3 })
    #expect(probe.told { $0.losses.count >= 2 })
    #expect(probe.seen.losses.prefix(2).map(\.loss) == free.seen.losses.prefix(2).map(\.loss))
    #expect(paused.loss.map { Double($0) } == free.seen.losses.dropFirst(2).first.map { Double($0.loss) })
  }

  @Test func atRestTheCellOfTheLargestGradientIsShown() throws {
    let found = try moment(
      3, Inspection.Target(step: 2, phase: .backward, node: "fc1.weight", view: .gradient))
    let values = try #require(found.focus?.values)
    #expect(found.cell == values.indices.max { abs(values[$0]) < abs(values[$1]) })
  }

  @Test func zeroGradShowsTheGradientsBeforeAndAfter() throws {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    let first = try #require(probe.stop(after: .nextNode))
    #expect(first.position == Position(step: 1, phase: .zeroGrad, node: 0))
    #expect(first.explanation?.zeroGrad == ["There are no gradients yet: this is the first step."])
    let end = try #require(probe.stop(after: .goTo(Position(step: 1, phase: .update, node: 0))))
    let old = try #require(end.parameters.first { $0.name == "fc1.weight" }?.gradientNorm)
    let zeroed = try #require(probe.stop(after: .goTo(Position(step: 2, phase: .zeroGrad, node: 0))))
    #expect(zeroed.focus?.view == .gradient && abs((zeroed.focus?.statistics.norm ?? 0) - old) < 1e-5 * old)
    #expect(zeroed.explanation?.pytorch == "optimizer.zero_grad()")
    #expect(zeroed.explanation?.zeroGrad.first?.hasSuffix("after 0") == true)
    #expect(zeroed.parameters.allSatisfy { $0.gradientNorm == nil })
    // The same in the past, where the step is computed again.
    _ = try #require(probe.stop(after: .nextStep))
    let again = try #require(probe.stop(after: .seek(zeroed.position)))
    #expect(again.explanation?.zeroGrad == zeroed.explanation?.zeroGrad)
  }

  private func moment(_ seed: UInt64, _ target: Inspection.Target) throws -> Moment {
    try Inspection(CellWorkReadingTests.experiment(seed)).moment(target)
  }
}
