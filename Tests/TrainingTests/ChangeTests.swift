import Autograd
import NN
import Testing
import Trace
import Training

struct ChangeTests {
  private func probe(standingAt step: Int = 3) throws -> RunProbe {
    let probe = RunProbe(smallExperiment)
    _ = try #require(probe.stop())
    for _ in 1..<step { _ = try #require(probe.stop(after: .nextStep)) }
    return probe
  }

  private func weights(_ probe: RunProbe, _ name: String = "fc1.weight") throws -> [Float] {
    try #require(look(probe, name, .value).focus).values
  }

  private func look(_ probe: RunProbe, _ name: String, _ view: TensorView) throws -> Moment {
    probe.runner.send(.focus(Focus(node: name, view: view)))
    return try #require(probe.moment { $0.moment?.focus?.node == name && $0.moment?.focus?.view == view })
  }

  private func lr(_ value: Double, _ future: Future = .dropped) -> Command {
    .change(.hyperparameter(name: "lr", value: value), future: future)
  }

  @Test func aChangedLearningRateIsThatOfTheNextStepAndIsPublishedAsAnEvent() throws {
    let probe = try probe()
    let moment = try #require(probe.stop(after: lr(0)))
    #expect(moment.optimizer == "SGD lr 0 momentum 0.9")
    let event = try #require(probe.seen.events.last)
    #expect(event.kind == .change)
    #expect(event.text == "lr 0.1 → 0")
    #expect(event.position == moment.position)
    #expect(event.change == .hyperparameter(name: "lr", value: 0))
    let before = try weights(probe)
    _ = try #require(probe.stop(after: .nextStep))
    #expect(try weights(probe) == before)
  }

  @Test func aChangedCellIsRead() throws {
    let probe = try probe()
    let change = Change.cell(parameter: "fc1.weight", index: [3, 4], value: 0.25)
    _ = try #require(probe.stop(after: .change(change, future: .dropped)))
    let values = try weights(probe)
    #expect(values[3 * 64 + 4] == 0.25)
    #expect(probe.seen.events.last?.text.hasPrefix("fc1.weight[3, 4] ") == true)
  }

  @Test(arguments: [
    (
      Change.hyperparameter(name: "beta1", value: 0.1),
      "SGD has no setting beta1; it has lr, momentum, weight_decay."
    ),
    (
      Change.hyperparameter(name: "lr", value: -1),
      "SGD got lr -1.0; it expects a finite number of 0 or more."
    ),
    (
      Change.cell(parameter: "fc3.weight", index: [0], value: 0),
      "There is no parameter fc3.weight; the model has fc1.weight, fc1.bias, fc2.weight, fc2.bias."
    ),
    (
      Change.cell(parameter: "fc1.weight", index: [5, 0], value: 0),
      "fc1.weight has the shape [5, 64], so [5, 0] is not a cell of it: give 2 indices, each at least 0 and less than its dimension."
    ),
  ])
  func whatCannotBeChangedIsSaidAndChangesNothing(_ change: Change, _ sentence: String) throws {
    let probe = try probe()
    let before = try #require(probe.stop(after: .seekHead))
    let after = try #require(probe.stop(after: .change(change, future: .dropped)))
    #expect(probe.seen.warnings == [sentence])
    #expect(probe.seen.events.isEmpty)
    #expect(after == before)
  }

  @Test func goingBackAndForwardReproducesTheSameNumbersAcrossChanges() throws {
    let probe = try probe(standingAt: 2)
    for _ in 0..<3 { _ = try #require(probe.stop(after: .nextNode)) }
    _ = try #require(probe.stop(after: lr(0.05)))
    _ = try #require(probe.stop(after: .nextStep))
    let cell = Change.cell(parameter: "fc2.weight", index: [0, 0], value: 1)
    _ = try #require(probe.stop(after: .change(cell, future: .dropped)))
    _ = try #require(probe.stop(after: .change(.zeroGrad(false), future: .dropped)))
    _ = try #require(probe.stop(after: .nextStep))
    let head = try look(probe, "fc2.weight", .value)
    let early = try #require(probe.stop(after: .seek(step: 1)))
    #expect(early.optimizer == "SGD lr 0.1 momentum 0.9")
    let again = try #require(probe.stop(after: .seek(head.position)))
    #expect(again == head)
    #expect(head.optimizer == "SGD lr 0.05 momentum 0.9 zero_grad off")
    #expect(probe.seen.warnings.isEmpty)
  }

  @Test func aChangeInThePastBeginsAnotherFuture() throws {
    let probe = try probe(standingAt: 6)
    let losses = probe.seen.losses.map(\.step)
    #expect(losses == [1, 2, 3, 4, 5])
    let past = try #require(probe.stop(after: .seek(step: 3)))
    let forked = try #require(probe.stop(after: lr(0.5, .ghost)))
    #expect(past.isBehindHead)
    #expect(!forked.isBehindHead)
    #expect(forked.head == past.position)
    #expect(probe.seen.fork == RunUpdate.Fork(position: past.position, future: .ghost))
    #expect(probe.seen.losses.map(\.step) == [1, 2])
    _ = try #require(probe.stop(after: .nextStep))
    #expect(probe.seen.losses.map(\.step) == [1, 2, 3])
    #expect(probe.seen.warnings.isEmpty)
    #expect(try #require(probe.stop(after: .seek(step: 2))).isBehindHead)
  }

  @Test func anotherFutureAfterTheEndIsTrainedAndMeasuredAgain() throws {
    let probe = try probe()
    probe.runner.send(.run)
    _ = try #require(probe.moment { $0.status == .finished })
    #expect(probe.seen.epochs.map(\.epoch) == [1, 2])
    let old = try #require(probe.seen.epochs.last)
    _ = try #require(probe.stop(after: .seek(step: 4)))
    _ = try #require(probe.stop(after: lr(0)))
    #expect(probe.seen.epochs.map(\.epoch) == [1])
    probe.runner.send(.run)
    _ = try #require(probe.moment { $0.status == .finished })
    #expect(probe.seen.epochs.map(\.epoch) == [1, 2])
    #expect(probe.seen.losses.map(\.step) == [1, 2, 3, 4, 5, 6])
    let new = try #require(probe.seen.epochs.last)
    #expect(new.validationLoss != old.validationLoss)
  }

  @Test func withoutZeroGradEachStepAddsItsGradientToTheLast() throws {
    // With a learning rate of 0 nothing moves, so a gradient added to the last is the sum of the two.
    func gradients(zeroGrad: Bool) throws -> [[Float]] {
      let probe = try probe(standingAt: 2)
      _ = try #require(probe.stop(after: lr(0)))
      _ = try #require(probe.stop(after: .change(.zeroGrad(zeroGrad), future: .dropped)))
      var result: [[Float]] = []
      for _ in 2...3 {
        for _ in 0..<5 { _ = try #require(probe.stop(after: .nextPhase)) }
        result.append(try #require(look(probe, "fc2.bias", .gradient).focus).values)
        _ = try #require(probe.stop(after: .nextPhase))
      }
      _ = try #require(probe.stop(after: .seek(step: 3)))
      _ = try #require(probe.stop(after: .seekHead))
      #expect(probe.seen.warnings.isEmpty)
      return result
    }
    let (usual, added) = (try gradients(zeroGrad: true), try gradients(zeroGrad: false))
    #expect(usual[0] == added[0])
    for cell in 0..<10 { #expect(abs(added[1][cell] - usual[0][cell] - usual[1][cell]) < 1e-6) }
  }

  @Test func aGradientCheckAgreesWithBackwardAtEveryCellOfABias() throws {
    let probe = try probe()
    for _ in 0..<5 { _ = try #require(probe.stop(after: .nextPhase)) }
    for cell in 0..<10 {
      _ = try #require(probe.stop(after: .checkGradient(parameter: "fc2.bias", cell: cell)))
      let check = try #require(probe.seen.gradientCheck)
      #expect(check.cells.first?.index == [cell])
      #expect(check.cells.allSatisfy { $0.gradient != 0 && $0.relativeError < 1e-4 })
    }
    _ = try #require(probe.stop(after: .checkGradient(parameter: "fc1.weight", cell: 64 * 3 + 20)))
    let check = try #require(probe.seen.gradientCheck)
    #expect(check.cells.first?.index == [3, 20])
    #expect(check.judgement == .agrees && check.cells.count == 6)
    #expect(probe.seen.events.count == 11)
  }

  @Test func aGradientCheckAfterTheUpdateTakesTheWeightsOfForward() throws {
    let probe = try probe(standingAt: 3)
    for _ in 0..<6 { _ = try #require(probe.stop(after: .nextPhase)) }
    _ = try #require(probe.stop(after: .previousNode))
    _ = try #require(probe.stop(after: .checkGradient(parameter: "fc2.weight", cell: 7)))
    #expect(try #require(probe.seen.gradientCheck).judgement == .agrees)
  }

  @Test func aGradientCheckBeforeBackwardSaysWhatIsMissing() throws {
    let probe = try probe()
    _ = try #require(probe.stop(after: .checkGradient(parameter: "fc2.bias", cell: 0)))
    #expect(
      probe.seen.warnings == [
        "fc2.bias has no gradient at this moment: step forward until backward has reached it."
      ])
  }
}
