import Testing
import Trace

struct LossCurveTests {
  private func curve(capacity: Int, _ values: [Double]) -> LossCurve {
    var curve = LossCurve(capacity: capacity)
    for (index, value) in values.enumerated() { curve.append(iteration: index + 1, value: value) }
    return curve
  }

  /// A curve's points as text, `2: 7.0`.
  private func text(_ curve: LossCurve) -> [String] { curve.points.map { "\($0.iteration): \($0.value)" } }

  @Test func aCurveThatIsNotFullHasAPointForEveryIteration() {
    let curve = curve(capacity: 8, [3, 2, 1])
    #expect(text(curve) == ["1: 3.0", "2: 2.0", "3: 1.0"])
    #expect(curve.iterationsPerPoint == 1)
  }

  @Test func aFullCurveJoinsNeighboursIntoTheirMean() {
    let curve = curve(capacity: 4, [8, 6, 4, 2])
    #expect(text(curve) == ["2: 7.0", "4: 3.0"])
    #expect(curve.iterationsPerPoint == 2)
  }

  @Test func afterJoiningAPointComesWhenItsIterationsAreComplete() {
    var curve = curve(capacity: 4, [8, 6, 4, 2, 1])
    #expect(curve.points.count == 2)
    curve.append(iteration: 6, value: 3)
    #expect(text(curve).last == "6: 2.0")
  }

  @Test(arguments: [2, 4, 8, 64])
  func theCurveStaysWithinItsCapacityAndEndsNearTheLastIteration(capacity: Int) {
    let count = 10_000
    let curve = curve(capacity: capacity, (1...count).map(Double.init))
    #expect((1...capacity).contains(curve.points.count))
    #expect(count - (curve.points.last?.iteration ?? 0) < curve.iterationsPerPoint)
    #expect(curve.points.map(\.iteration) == curve.points.map(\.iteration).sorted())
  }

  @Test func everyPointIsTheMeanOfItsOwnIterations() {
    let curve = curve(capacity: 16, (1...1_000).map(Double.init))
    let width = curve.iterationsPerPoint
    for (index, point) in curve.points.enumerated() {
      #expect(point.iteration == (index + 1) * width)
      #expect(point.value == Double(index * width) + Double(width + 1) / 2)
    }
  }

  @Test func oneValueThatIsNotFiniteMakesItsPointNaNAndNoOther() {
    for bad in [Double.nan, .infinity, -.infinity] {
      let curve = curve(capacity: 4, [8, bad, 4, 2])
      #expect(curve.points.map(\.value.isNaN) == [true, false])
      #expect(curve.points.last?.value == 3)
    }
  }

  @Test func aCutReturnsWhatLiesBeyond() {
    var whole = curve(capacity: 100, [1, 2, 3, 4])
    #expect(whole.cut(after: 2).map(\.iteration) == [3, 4])
    #expect(text(whole) == ["1: 1.0", "2: 2.0"])
    whole.append(iteration: 3, value: 9)
    #expect(text(whole) == ["1: 1.0", "2: 2.0", "3: 9.0"])
    #expect(whole.cut(after: 3).isEmpty)
    #expect(whole.cut(after: 0).count == 3 && whole.points.isEmpty)
  }

  @Test func aCutForgetsWhatWaitedForItsPointToBeFull() {
    var joined = curve(capacity: 4, [1, 1, 1, 1, 5])
    #expect(joined.cut(after: 4).isEmpty)
    joined.append(iteration: 5, value: 7)
    joined.append(iteration: 6, value: 7)
    #expect(joined.points.last?.value == 7)
  }

  @Test func anIterationAppendedAgainReplacesTheOlder() {
    var again = curve(capacity: 100, [1, 2])
    again.append(iteration: 2, value: 5)
    again.append(iteration: 1, value: 9)
    #expect(text(again) == ["1: 1.0", "2: 5.0"])
  }
}
