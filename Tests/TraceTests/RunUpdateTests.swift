import Testing
import Trace

struct RunUpdateTests {
  private func result(_ epoch: Int) -> EpochResult {
    EpochResult(
      epoch: epoch, iteration: epoch * 24, loss: 1, validationLoss: nil, trainAccuracy: 0.5,
      validationAccuracy: nil, seconds: 1)
  }

  private func description(_ data: String) -> RunDescription {
    RunDescription(
      data: data, network: "2→1", optimizer: "SGD", batchSize: 1, seed: 0, epochs: 20, iterationsPerEpoch: 24)
  }

  private func moment(_ iteration: Int) -> Moment {
    Moment(position: Position(iteration: iteration, phase: .batch, node: 0))
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
    for iteration in 1...3 {
      var later = RunUpdate()
      later.losses = [.init(iteration: iteration, loss: Float(iteration))]
      later.epochs = [result(iteration)]
      later.warnings = ["\(iteration)"]
      update.append(later)
    }
    #expect(update.losses.map(\.iteration) == [1, 2, 3])
    #expect(update.epochs.map(\.epoch) == [1, 2, 3])
    #expect(update.warnings == ["1", "2", "3"])
  }

  @Test func aRunHasItsEpochsTimesTheirIterations() {
    #expect(description("digits").iterationCount == 480)
  }

  @Test func whatWaitsForAScreenStaysBoundedAndTheNewestIsAmongIt() {
    var waiting = RunUpdate()
    for start in stride(from: 1, to: 200_001, by: 1_000) {
      var update = RunUpdate()
      update.losses = (start..<start + 1_000).map { .init(iteration: $0, loss: Float($0)) }
      update.epochs = (start..<start + 1_000).map { epoch in
        EpochResult(
          epoch: epoch, iteration: epoch, loss: 1, validationLoss: nil, trainAccuracy: 1,
          validationAccuracy: nil, seconds: 1)
      }
      waiting.append(update)
    }
    #expect(waiting.losses.count <= RunUpdate.mostLosses)
    #expect(waiting.losses.last?.iteration == 200_000)
    #expect(zip(waiting.losses, waiting.losses.dropFirst()).allSatisfy { $0.iteration < $1.iteration })
    // A mean of a rising loss is below its newest iteration, and above the point before.
    #expect(zip(waiting.losses, waiting.losses.dropFirst()).allSatisfy { Float($0.iteration) < $1.loss })
    #expect(waiting.epochs.count <= RunUpdate.mostEpochs)
    #expect(waiting.epochs.last?.epoch == 200_000)
  }

  @Test func aLossThatIsNotFiniteMakesItsNeighboursSoToo() {
    var losses: [RunUpdate.LossPoint] = []
    for iteration in 1...RunUpdate.mostLosses + 1 {
      losses.add(.init(iteration: iteration, loss: iteration == 7 ? .nan : 1))
    }
    #expect(losses.count { $0.loss.isNaN } == 1)
    #expect(losses.first { $0.loss.isNaN }?.iteration == 8)
  }
}
