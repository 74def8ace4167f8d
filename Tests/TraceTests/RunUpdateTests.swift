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
}
