import PyTorch
import Testing
import Trace

/// A moment at which a rank is paused, with a breakpoint where one was hit.
private func paused(step: Int = 1, hit: Bool = false) -> RunUpdate {
  var update = RunUpdate()
  update.status = .paused
  update.moment = Moment(
    position: .start(of: step), current: nil, graph: ComputationGraph(), states: [], parameters: [], loss: 1)
  if hit { update.moment?.hit = BreakpointHit(breakpoint: 1, text: "nan", measured: nil) }
  return update
}

private func running() -> RunUpdate {
  var update = RunUpdate()
  update.status = .running
  update.losses = [RunUpdate.LossPoint(step: 1, loss: 2)]
  return update
}

private func row(_ step: Int, loss: Float = 1, hash: UInt64, norms: [Float] = []) -> ScalarsMessage.Row {
  ScalarsMessage.Row(step: step, loss: loss, hash: hash, gradientNorms: norms)
}

extension [RankBoard.Effect] {
  fileprivate var posted: RunUpdate {
    reduce(into: RunUpdate()) { if case .post(let update) = $1 { $0.append(update) } }
  }

  fileprivate var others: [RankBoard.Effect] { filter { if case .post = $0 { false } else { true } } }
}

struct RankBoardTests {
  private static func runningBoard() -> RankBoard {
    var board = RankBoard([0, 1, 2], isPaused: false)
    for rank in 0..<3 { _ = board.take(running(), from: rank) }
    return board
  }

  @Test func aPauseHoldsAllAfterTheSameStepAndAStepLetsTheOthersFollow() {
    var board = Self.runningBoard()
    #expect(board.take(.pause).others == [.holdAll])
    for rank in 0..<3 { #expect(board.take(paused(step: 4), from: rank).others.isEmpty) }
    // The others are told to run before the one that leads: only the page holds them.
    #expect(
      board.take(.nextNode).others
        == [.lead(0), .send(.run, to: 1), .send(.run, to: 2), .send(.nextNode, to: 0)])
    #expect(
      board.take(.nextNode).others == [.send(.run, to: 1), .send(.run, to: 2), .send(.nextNode, to: 0)])
    #expect(board.take(.run).others == [.open, .send(.run, to: 1), .send(.run, to: 2), .send(.run, to: 0)])
  }

  @Test func aRunThatIsBeingPreparedPausesBeforeItsFirstStep() {
    var board = RankBoard([0, 1], isPaused: false)
    #expect(board.take(.pause).others == [.lead(0), .send(.pause, to: 1), .send(.pause, to: 0)])
  }

  @Test func aBreakpointOfAnotherRankHoldsAllAndIsShown() {
    var board = Self.runningBoard()
    let effects = board.take(paused(step: 3, hit: true), from: 2)
    #expect(effects.others == [.lead(2)])
    #expect(effects.posted.moment?.position == .start(of: 3))
    #expect(effects.posted.ranks?.shown == 2)
    #expect(effects.posted.losses.map(\.loss) == [2])
    // A second one stays where it is while nobody moves.
    #expect(board.take(paused(step: 3, hit: true), from: 0).others.isEmpty)
    #expect(
      board.take(.nextNode).others == [.send(.run, to: 0), .send(.run, to: 1), .send(.nextNode, to: 2)])
    _ = board.take(running(), from: 2)
    // The one that leads may wait for it in a collective.
    #expect(board.take(paused(step: 3, hit: true), from: 0).others == [.send(.run, to: 0)])
  }

  @Test func anotherRankIsShownWhereItIs() {
    var board = Self.runningBoard()
    _ = board.take(.pause)
    for rank in 0..<3 { _ = board.take(paused(step: 4), from: rank) }
    _ = board.take(.focus(Focus(node: "fc.weight")))
    _ = board.take(.nextNode)
    _ = board.take(paused(step: 5), from: 0)
    let effects = board.take(.rank(1))
    #expect(effects.posted.moment?.position == .start(of: 4))
    #expect(effects.posted.status == .paused)
    #expect(effects.others == [.lead(1), .send(.focus(Focus(node: "fc.weight")), to: 1)])
    #expect(board.take(.rank(7)).isEmpty)
  }

  @Test func aRankThatWaitsInACollectiveIsLetGoToItsNextNode() {
    var board = RankBoard([0, 1], isPaused: true)
    _ = board.take(paused(), from: 0)
    _ = board.take(running(), from: 1)
    #expect(
      board.take(.rank(1)).others
        == [.lead(1), .send(.pause, to: 1), .send(.pause, to: 1), .letThroughSoon(1)])
    #expect(board.letThrough(1) == [.send(.run, to: 0)])
    // One that has stopped meanwhile needs nobody.
    _ = board.take(paused(), from: 1)
    #expect(board.letThrough(1).isEmpty)
  }

  @Test func aRankThatHasGoneOnBeforeItLeadsStops() {
    var board = RankBoard([0, 1], isPaused: true)
    for rank in 0..<2 { _ = board.take(paused(), from: rank) }
    _ = board.take(.nextNode)
    #expect(board.take(.rank(1)).others == [.lead(1)])
    // It has followed the other to where that is, which is known only now.
    #expect(
      board.take(running(), from: 1).others
        == [.send(.pause, to: 1), .send(.pause, to: 1), .letThroughSoon(1)])
    _ = board.take(paused(), from: 1)
    _ = board.take(.nextNode)
    #expect(board.take(running(), from: 1).others.isEmpty)
  }

  @Test func aRankThatDiedIsTheCauseOfTheErrorsOfOthers() {
    var board = Self.runningBoard()
    var update = RunUpdate()
    update.status = .halted("RuntimeError: Connection reset by peer")
    _ = board.take(update, from: 0)
    _ = board.died(1)
    update.status = .halted("The script has ended with exit code 7.")
    let posted = board.take(update, from: 1).posted
    #expect(posted.status == .halted("rank 1: The script has ended with exit code 7."))
  }

  @Test func whatOtherRanksSayIsNamed() {
    var board = Self.runningBoard()
    var update = RunUpdate()
    update.output = [OutputLine(.output, step: 1, "hello")]
    update.warnings = ["careful"]
    update.losses = [RunUpdate.LossPoint(step: 2, loss: 3)]
    let posted = board.take(update, from: 1).posted
    #expect(posted.output.map(\.text) == ["[1] hello"])
    #expect(posted.output.map(\.rank) == [1])
    #expect(posted.warnings == ["rank 1: careful"])
    #expect(posted.losses.isEmpty)
  }

  @Test func theErrorOfARankIsShown() {
    var board = Self.runningBoard()
    var update = RunUpdate()
    update.status = .halted("ValueError: no (train.py:3)")
    let posted = board.take(update, from: 1).posted
    #expect(posted.status == .halted("rank 1: ValueError: no (train.py:3)"))
    #expect(posted.ranks?.shown == 1)
    // What ends because of it is not.
    update.status = .halted("The script has ended with exit code 143.")
    #expect(board.take(update, from: 0).posted.status == nil)
  }

  @Test func parametersThatDifferAreSaidAtOnceWithTheFirstThatDoes() {
    var board = Self.runningBoard()
    for rank in 0..<3 { _ = board.take(.steps([row(1, hash: 5)]), from: rank) }
    _ = board.take(.steps([row(2, hash: 6), row(3, hash: 7)]), from: 0)
    _ = board.take(.steps([row(2, hash: 9), row(3, hash: 8)]), from: 1)
    let effects = board.take(.steps([row(2, hash: 6)]), from: 2)
    #expect(effects.posted.warnings == ["The parameters of the ranks differ after step 2."])
    #expect(effects.posted.events.map(\.position.step) == [2])
    #expect(effects.others == (0..<3).map { .ask(hashesOfStep: 2, of: $0) })
    for rank in 0..<2 {
      let answer = RankNews.hashes(step: 2, [1, rank, 3], names: ["a", "b", "c"])
      #expect(board.take(answer, from: rank).posted.warnings.isEmpty)
    }
    let last = board.take(.hashes(step: 2, [1, 0, 3], names: ["a", "b", "c"]), from: 2).posted
    #expect(last.warnings == ["The first parameter that differs after step 2 is b."])
    #expect(last.ranks?.difference == RankTable.Difference(step: 2, parameter: "b"))
    // It is said once, until they are the same again.
    #expect(board.take(.steps([row(3, hash: 7)]), from: 2).posted.warnings.isEmpty)
    for rank in 0..<2 { _ = board.take(.steps([row(4, hash: 1)]), from: rank) }
    let same = board.take(.steps([row(4, hash: 1)]), from: 2).posted
    #expect(same.events.map(\.text) == ["The parameters of the ranks are the same again after step 4."])
    #expect(same.ranks?.difference == nil)
  }

  @Test func theTableHasTheLastStepThatAllHaveEnded() throws {
    var board = Self.runningBoard()
    _ = board.take(.steps([row(1, loss: 3, hash: 5, norms: [3, 4]), row(2, hash: 6)]), from: 0)
    _ = board.take(.steps([row(1, loss: 4, hash: 5, norms: [.nan, 1])]), from: 1)
    let table = try #require(
      board.take(.steps([row(1, loss: .nan, hash: 5, norms: [2, 0])]), from: 2).posted.ranks)
    #expect(table.rows.map(\.step) == [1, 1, 1])
    #expect(table.rows.map(\.loss) == [3, 4, nil])
    #expect(table.rows.map(\.gradientNorm) == [5, 1, 2])
    #expect(table.rows.map(\.hash) == [5, 5, 5])
  }

  @Test func aRecordingHasAFileForEachRank() {
    var board = Self.runningBoard()
    #expect(
      board.take(.record(path: "a/run.tapedeck")).others == [
        .send(.record(path: "a/run.tapedeck"), to: 0), .send(.record(path: "a/run.rank1.tapedeck"), to: 1),
        .send(.record(path: "a/run.rank2.tapedeck"), to: 2),
      ])
    let rank = RunDescription.Rank(1, of: 3)
    #expect(
      RankFiles.all("a/run.rank1.tapedeck", of: rank)
        == ["a/run.tapedeck", "a/run.rank1.tapedeck", "a/run.rank2.tapedeck"])
  }
}
