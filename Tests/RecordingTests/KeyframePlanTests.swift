import Recording
import Testing

/// Keyframes are as dense as their cost and the budget allow, and evenly spread.
struct KeyframePlanTests {
  /// The steps at which keyframes are taken in a run whose steps take so many seconds each.
  private func taken(_ plan: inout KeyframePlan, _ count: Int, duration: Double, cost: Double, capacity: Int)
    -> [Int]
  {
    (1...count).filter { step in
      guard plan.wants(at: step, seconds: Double(step) * duration) else { return false }
      plan.wrote(cost: cost, capacity: capacity)
      return true
    }
  }

  @Test func theFirstStepHasAKeyframeAndTheNextWaitsUntilItsCostIsKnown() {
    var plan = KeyframePlan(timeShare: 0.1)
    let before = [plan.wants(at: 7, seconds: 0), plan.wants(at: 8, seconds: 100)]
    plan.wrote(cost: 0.01, capacity: 10)
    let after = [plan.wants(at: 9, seconds: 0.099), plan.wants(at: 10, seconds: 0.11)]
    #expect(before == [true, false] && after == [false, true])
  }

  @Test func keyframesTakeNoMoreThanTheirShareOfTheTime() {
    var plan = KeyframePlan(timeShare: 0.02)
    let steps = taken(&plan, 10_000, duration: 0.001, cost: 0.002, capacity: 100_000)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $1 - $0 >= 100 && $1 - $0 <= 101 })
  }

  @Test func keyframesAreNoCloserThanTheTrainingThreadCanAfford() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedSteps = 1_000
    let steps = (1...1_000).filter { step in
      guard plan.wants(at: step, seconds: Double(step) * 0.001, minimumInterval: 0.05) else { return false }
      plan.wrote(cost: 0.001, capacity: 100_000)
      return true
    }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $1 - $0 >= 50 && $1 - $0 <= 51 })
  }

  @Test func aRunOfKnownLengthIsCoveredEvenlyFromTheStart() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedSteps = 4_500
    let steps = taken(&plan, 4_500, duration: 0.001, cost: 0.040, capacity: 100)
    #expect(Set(zip(steps, steps.dropFirst()).map { $1 - $0 }) == [50])
    #expect(steps.count == 90)
  }

  @Test func aLongRunBeginsDenseAndDoublesToItsEvenEnd() {
    var plan = KeyframePlan(timeShare: 1)
    plan.expectedSteps = 90_000
    var series = EvenSeries()
    var greatest = 0
    for step in 1...90_000 where plan.wants(at: step, seconds: Double(step) * 0.001) {
      plan.wrote(cost: 0.01, capacity: 100)
      series.insert(EvenSeries.Entry(step: step, size: 1))
      if series.entries.count > 100, let given = series.evict() { plan.thinned(gap: given.gap) }
      let gaps = zip(series.entries, series.entries.dropFirst()).map { $1.step - $0.step }
      greatest = max(greatest, (gaps.max() ?? 0) * 100 / max(2_000, step))
    }
    // At no time is a gap more than twice that of evenly spread keyframes, but for what is rounded.
    #expect(greatest <= 2)
    #expect(series.entries.count >= 85)
  }

  @Test func anotherFutureHasKeyframesAgain() {
    var plan = KeyframePlan(timeShare: 1)
    _ = taken(&plan, 1_000, duration: 0.001, cost: 0.001, capacity: 1_000_000)
    plan.forked(after: 10)
    let wanted = plan.wants(at: 12, seconds: 2)
    #expect(wanted)
  }
}

/// What is given up of a series leaves the rest evenly spread.
struct EvenSeriesTests {
  @Test func theOneWhoseNeighboursAreNearestGoes() {
    var series = EvenSeries()
    for step in [1, 11, 21, 26, 41] { series.insert(EvenSeries.Entry(step: step, size: 10)) }
    let given = series.evict()
    #expect(given?.entry.step == 21 && given?.gap == 15)
    #expect(series.entries.map(\.step) == [1, 11, 26, 41] && series.byteCount == 40)
  }

  @Test func theNewestStaysToTheLast() {
    var series = EvenSeries()
    for step in [5, 6, 9] { series.insert(EvenSeries.Entry(step: step, size: 1)) }
    var left: [[Int]] = []
    while series.evict() != nil { left.append(series.entries.map(\.step)) }
    #expect(left == [[5, 9], [9]])
  }

  @Test func anEntryTakesThePlaceOfOneAtItsStep() {
    var series = EvenSeries()
    for size in [10, 20] { series.insert(EvenSeries.Entry(step: 3, size: size)) }
    #expect(series.byteCount == 20 && series.entries.count == 1)
    series.remove(after: 2)
    #expect(series.byteCount == 0 && series.entries.isEmpty)
  }
}
