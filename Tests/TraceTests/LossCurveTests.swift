import Testing
import Trace

struct LossCurveTests {
  private func curve(capacity: Int, _ values: [Double]) -> LossCurve {
    var curve = LossCurve(capacity: capacity)
    for (index, value) in values.enumerated() { curve.append(step: index + 1, value: value) }
    return curve
  }

  /// A curve's points as text, `2: 7.0`.
  private func text(_ curve: LossCurve) -> [String] { curve.points.map { "\($0.step): \($0.value)" } }

  @Test func aCurveThatIsNotFullHasAPointForEveryStep() {
    let curve = curve(capacity: 8, [3, 2, 1])
    #expect(text(curve) == ["1: 3.0", "2: 2.0", "3: 1.0"])
    #expect(curve.stepsPerPoint == 1)
  }

  @Test func aFullCurveJoinsNeighboursIntoTheirMean() {
    let curve = curve(capacity: 4, [8, 6, 4, 2])
    #expect(text(curve) == ["2: 7.0", "4: 3.0"])
    #expect(curve.stepsPerPoint == 2)
  }

  @Test func afterJoiningAPointComesWhenItsStepsAreComplete() {
    var curve = curve(capacity: 4, [8, 6, 4, 2, 1])
    #expect(curve.points.count == 2)
    curve.append(step: 6, value: 3)
    #expect(text(curve).last == "6: 2.0")
  }

  @Test(arguments: [2, 4, 8, 64])
  func theCurveStaysWithinItsCapacityAndEndsNearTheLastStep(capacity: Int) {
    let count = 10_000
    let curve = curve(capacity: capacity, (1...count).map(Double.init))
    #expect((1...capacity).contains(curve.points.count))
    #expect(count - (curve.points.last?.step ?? 0) < curve.stepsPerPoint)
    #expect(curve.points.map(\.step) == curve.points.map(\.step).sorted())
  }

  @Test func everyPointIsTheMeanOfItsOwnSteps() {
    let curve = curve(capacity: 16, (1...1_000).map(Double.init))
    let width = curve.stepsPerPoint
    for (index, point) in curve.points.enumerated() {
      #expect(point.step == (index + 1) * width)
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
    #expect(whole.cut(after: 2).map(\.step) == [3, 4])
    #expect(text(whole) == ["1: 1.0", "2: 2.0"])
    whole.append(step: 3, value: 9)
    #expect(text(whole) == ["1: 1.0", "2: 2.0", "3: 9.0"])
    #expect(whole.cut(after: 3).isEmpty)
    #expect(whole.cut(after: 0).count == 3 && whole.points.isEmpty)
  }

  @Test func aCutForgetsWhatWaitedForItsPointToBeFull() {
    var joined = curve(capacity: 4, [1, 1, 1, 1, 5])
    #expect(joined.cut(after: 4).isEmpty)
    joined.append(step: 5, value: 7)
    joined.append(step: 6, value: 7)
    #expect(joined.points.last?.value == 7)
  }

  @Test func aStepAppendedAgainReplacesTheOlder() {
    var again = curve(capacity: 100, [1, 2])
    again.append(step: 2, value: 5)
    again.append(step: 1, value: 9)
    #expect(text(again) == ["1: 1.0", "2: 5.0"])
  }
}
