import Testing
import Trace

struct RunUpdateTests {
  private func result(_ epoch: Int) -> EpochResult {
    EpochResult(
      epoch: epoch, step: epoch * 24, loss: 1, validationLoss: nil, trainAccuracy: 0.5,
      validationAccuracy: nil, seconds: 1)
  }

  private func description(_ data: String) -> RunDescription {
    RunDescription(
      data: data, network: "2→1", optimizer: "SGD", batchSize: 1, seed: 0, epochs: 20, stepsPerEpoch: 24)
  }

  private func moment(_ step: Int) -> Moment {
    Moment(position: Position(step: step, phase: .batch, node: 0))
  }

  @Test func aNewUpdateSaysNothing() {
    var update = RunUpdate()
    #expect(update.isEmpty)
    update.append(RunUpdate())
    #expect(update.isEmpty)
    update.status = .running
    #expect(!update.isEmpty)
  }

  @Test func theNewestStateWins() {
    var update = RunUpdate()
    update.status = .running
    update.description = description("old")
    update.moment = moment(1)
    var later = RunUpdate()
    later.status = .paused
    later.description = description("new")
    later.moment = moment(2)
    update.append(later)
    #expect(update == later)
  }

  @Test func whatALaterUpdateDoesNotSayStays() {
    var update = RunUpdate()
    update.status = .failed("why")
    update.description = description("digits")
    update.moment = moment(3)
    let before = update
    update.append(RunUpdate())
    #expect(update == before)
  }

  @Test func lossesEpochsAndWarningsAreAllKeptInTheirOrder() {
    var update = RunUpdate()
    for step in 1...3 {
      var later = RunUpdate()
      later.losses = [.init(step: step, loss: Float(step))]
      later.epochs = [result(step)]
      later.warnings = ["\(step)"]
      update.append(later)
    }
    #expect(update.losses.map(\.step) == [1, 2, 3])
    #expect(update.epochs.map(\.epoch) == [1, 2, 3])
    #expect(update.warnings == ["1", "2", "3"])
  }

  @Test func aRunHasItsEpochsTimesTheirSteps() {
    #expect(description("digits").stepCount == 480)
  }

  @Test func whatWaitsForAScreenStaysBoundedAndTheNewestIsAmongIt() {
    var waiting = RunUpdate()
    for start in stride(from: 1, to: 200_001, by: 1_000) {
      var update = RunUpdate()
      update.losses = (start..<start + 1_000).map { .init(step: $0, loss: Float($0)) }
      update.epochs = (start..<start + 1_000).map { epoch in
        EpochResult(
          epoch: epoch, step: epoch, loss: 1, validationLoss: nil, trainAccuracy: 1,
          validationAccuracy: nil, seconds: 1)
      }
      waiting.append(update)
    }
    #expect(waiting.losses.count <= RunUpdate.mostLosses)
    #expect(waiting.losses.last?.step == 200_000)
    #expect(zip(waiting.losses, waiting.losses.dropFirst()).allSatisfy { $0.step < $1.step })
    // A mean of a rising loss is below its newest step, and above the point before.
    #expect(zip(waiting.losses, waiting.losses.dropFirst()).allSatisfy { Float($0.step) < $1.loss })
    #expect(waiting.epochs.count <= RunUpdate.mostEpochs)
    #expect(waiting.epochs.last?.epoch == 200_000)
  }

  @Test func aLossThatIsNotFiniteMakesItsNeighboursSoToo() {
    var losses: [RunUpdate.LossPoint] = []
    for step in 1...RunUpdate.mostLosses + 1 {
      losses.add(.init(step: step, loss: step == 7 ? .nan : 1))
    }
    #expect(losses.count { $0.loss.isNaN } == 1)
    #expect(losses.first { $0.loss.isNaN }?.step == 8)
  }

  @Test func anEvaluationEndsWithWhatComesAfterIt() {
    var update = RunUpdate()
    update.evaluation = 0.5
    update.append(RunUpdate())
    #expect(update.evaluation == 0.5)
    var later = RunUpdate()
    later.status = .running
    update.append(later)
    #expect(update.evaluation == nil)
  }
}
