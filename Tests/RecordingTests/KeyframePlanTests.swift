import Recording
import Testing

/// Keyframes are as dense as their cost and the budget allow, and evenly spread.
struct KeyframePlanTests {
  /// The iterations at which keyframes are taken in a run whose iterations take so many seconds each.
  private func taken(_ plan: inout KeyframePlan, _ count: Int, step: Double, cost: Double, capacity: Int)
    -> [Int]
  {
    (1...count).filter { iteration in
      guard plan.wants(at: iteration, seconds: Double(iteration) * step) else { return false }
      plan.wrote(cost: cost, capacity: capacity)
      return true
    }
  }

  @Test func theFirstIterationHasAKeyframeAndTheNextWaitsUntilItsCostIsKnown() {
    var plan = KeyframePlan(timeShare: 0.1)
    let before = [plan.wants(at: 7, seconds: 0), plan.wants(at: 8, seconds: 100)]
    plan.wrote(cost: 0.01, capacity: 10)
    let after = [plan.wants(at: 9, seconds: 0.099), plan.wants(at: 10, seconds: 0.11)]
    #expect(before == [true, false] && after == [false, true])
  }

  @Test func keyframesTakeNoMoreThanTheirShareOfTheTime() {
    var plan = KeyframePlan(timeShare: 0.02)
    let iterations = taken(&plan, 10_000, step: 0.001, cost: 0.002, capacity: 100_000)
    #expect(zip(iterations, iterations.dropFirst()).allSatisfy { $1 - $0 >= 100 && $1 - $0 <= 101 })
  }

  @Test func keyframesAreNoCloserThanTheTrainingThreadCanAfford() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedIterations = 1_000
    let iterations = (1...1_000).filter { iteration in
      guard plan.wants(at: iteration, seconds: Double(iteration) * 0.001, apart: 0.05) else { return false }
      plan.wrote(cost: 0.001, capacity: 100_000)
      return true
    }
    #expect(zip(iterations, iterations.dropFirst()).allSatisfy { $1 - $0 >= 50 && $1 - $0 <= 51 })
  }

  @Test func aRunOfKnownLengthIsCoveredEvenlyFromTheStart() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedIterations = 4_500
    let iterations = taken(&plan, 4_500, step: 0.001, cost: 0.040, capacity: 100)
    #expect(Set(zip(iterations, iterations.dropFirst()).map { $1 - $0 }) == [50])
    #expect(iterations.count == 90)
  }

  @Test func aLongRunBeginsDenseAndDoublesToItsEvenEnd() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedIterations = 90_000
    var series = EvenSeries()
    var greatest = 0
    for iteration in 1...90_000 where plan.wants(at: iteration, seconds: Double(iteration) * 0.001) {
      plan.wrote(cost: 0.01, capacity: 100)
      series.insert(EvenSeries.Entry(iteration: iteration, size: 1))
      if series.entries.count > 100, let given = series.giveUp() { plan.thinned(gap: given.gap) }
      let gaps = zip(series.entries, series.entries.dropFirst()).map { $1.iteration - $0.iteration }
      greatest = max(greatest, (gaps.max() ?? 0) * 100 / max(2_000, iteration))
    }
    // At no time is a gap more than twice that of evenly spread keyframes, but for what is rounded.
    #expect(greatest <= 2)
    #expect(series.entries.count >= 85)
  }

  @Test func anotherFutureHasKeyframesAgain() {
    var plan = KeyframePlan(timeShare: 1)
    _ = taken(&plan, 1_000, step: 0.001, cost: 0.001, capacity: 1_000_000)
    plan.forked(after: 10)
    let wanted = plan.wants(at: 12, seconds: 2)
    #expect(wanted)
  }
}

/// What is given up of a series leaves the rest evenly spread.
struct EvenSeriesTests {
  @Test func theOneWhoseNeighboursAreNearestGoes() {
    var series = EvenSeries()
    for iteration in [1, 11, 21, 26, 41] { series.insert(EvenSeries.Entry(iteration: iteration, size: 10)) }
    let given = series.giveUp()
    #expect(given?.entry.iteration == 21 && given?.gap == 15)
    #expect(series.entries.map(\.iteration) == [1, 11, 26, 41] && series.byteCount == 40)
  }

  @Test func theNewestStaysToTheLast() {
    var series = EvenSeries()
    for iteration in [5, 6, 9] { series.insert(EvenSeries.Entry(iteration: iteration, size: 1)) }
    var left: [[Int]] = []
    while series.giveUp() != nil { left.append(series.entries.map(\.iteration)) }
    #expect(left == [[5, 9], [9]])
  }

  @Test func anEntryTakesThePlaceOfOneAtItsIteration() {
    var series = EvenSeries()
    for size in [10, 20] { series.insert(EvenSeries.Entry(iteration: 3, size: size)) }
    #expect(series.byteCount == 20 && series.entries.count == 1)
    series.remove(after: 2)
    #expect(series.byteCount == 0 && series.entries.isEmpty)
  }
}
