import TerminalUI
import Testing

struct ChartAxisTests {
  private func rows(_ values: [Double], _ places: Int = 12, log: Bool = false) -> ChartAxis {
    ChartAxis(showing: values, places: places, gaps: 2...6, isLogarithmic: log)
  }

  private func steps(_ values: [Double], _ places: Int = 60) -> ChartAxis {
    ChartAxis(showing: values, places: places, gaps: 5...30, isWhole: true)
  }

  private let ranges: [[Double]] = [
    [0, 1], [0.2, 2.4], [0.03, 0.031], [-1, 1], [-5, -4], [3, 3], [0, 0], [-2, -2], [1e-9, 3e-9],
    [1e12, 1.000_001e12], [-1e300, 1e300], [5e-324, 1e-320], [.nan, 1, .infinity], [1, 480], [17, 19],
  ]

  @Test func ticksAreAtEqualDistances() {
    for values in ranges {
      for places in [2, 3, 5, 6, 9, 17, 34] {
        for axis in [rows(values, places), steps(values, places)] {
          let gaps = Set(zip(axis.ticks, axis.ticks.dropFirst()).map { $1.place - $0.place })
          #expect(gaps.count <= 1, "\(values) on \(places): \(axis.ticks)")
        }
      }
    }
  }

  @Test func allValuesHaveAPlaceAndATickIsWhereItsValueIs() {
    for values in ranges {
      for places in [3, 5, 12, 40] {
        let axis = rows(values, places)
        for value in values where value.isFinite && value.magnitude < 1e299 {
          let place = axis.place(value) ?? .nan
          #expect(
            place >= -1e-6 && place <= Double(places) - 1 + 1e-6,
            "\(value) of \(values) is at \(place) of \(places)")
        }
        for tick in axis.ticks {
          #expect(((axis.place(tick.value) ?? .nan) - Double(tick.place)).magnitude < 1e-6)
        }
      }
    }
  }

  @Test func nothingIsBelowZeroWhereNoValueIs() {
    for values in [[0, 1], [0.001, 3], [0, 0], [2, 2]] {
      #expect(rows(values).ticks.first.map { $0.place == 0 && $0.value == 0 && $0.label == "0" } == true)
      #expect(rows(values).place(0) == 0)
    }
    #expect(rows([-1, 1]).ticks.contains { $0.value == 0 })
    #expect((rows([5, 6]).place(0) ?? 0) < 0)
  }

  @Test func stepsHaveWholeTicks() {
    for last in [1.0, 2, 3, 7, 24, 480, 12_345] {
      let axis = steps([1, last])
      #expect(axis.ticks.allSatisfy { $0.value == $0.value.rounded() && !$0.label.contains(".") }, "\(last)")
    }
    #expect(steps([1, 3]).ticks.map(\.label).prefix(3) == ["1", "2", "3"])
    #expect(steps([1, 100]).ticks.map(\.label).prefix(3) == ["0", "20", "40"])
  }

  @Test func largeAndSmallNumbersAreShortAndNoTwoLabelsAreTheSame() {
    #expect(rows([0, 50_000]).ticks.map(\.label) == ["0", "10k", "20k", "30k", "40k", "50k"])
    #expect(rows([0, 4e-5]).ticks.last?.label == "4e−5")
    for values in ranges {
      let labels = rows(values).ticks.map(\.label)
      #expect(Set(labels).count == labels.count, "\(labels)")
    }
  }

  @Test func aLogarithmicAxisHasOneTwoAndFiveTimesThePowersOfTen() {
    #expect(rows([1e-5, 10], log: true).ticks.map(\.label).contains("0.001"))
    let axis = rows([0.05, 3], log: true)
    #expect(axis.ticks.map(\.label) == ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    #expect(axis.place(0) == nil && axis.place(-1) == nil)
    // Where there is no room for those, powers of ten alone.
    #expect(rows([0.05, 30], log: true).ticks.map(\.label) == ["0.1", "1", "10", "100"])
  }

  @Test func aShortLogarithmicAxisIsLogarithmicToo() {
    let axis = rows([1, 4], log: true)
    #expect(axis.ticks.map(\.label) == ["1", "2", "3", "4"])
    // 2 is in the middle between 1 and 4.
    #expect(((axis.place(2) ?? 0) - 5.5).magnitude < 1e-9)
    let near = rows([0.3, 1.4], log: true)
    #expect(near.ticks.map(\.value) == [0.5, 1] && near.place(0.3).map { $0.magnitude < 1e-9 } == true)
    #expect(rows([17, 19], log: true).ticks.count >= 2)
    #expect(rows([3], log: true).place(3).map { $0 > 4 && $0 < 7 } == true)
  }

  @Test func aTickOfALogarithmicAxisIsInTheRowNearestToItsValue() {
    for values in ranges {
      for places in [2, 3, 5, 6, 9, 17, 34, 90] {
        let axis = rows(values, places, log: true)
        for tick in axis.ticks {
          #expect(((axis.place(tick.value) ?? .nan) - Double(tick.place)).magnitude <= 0.5 + 1e-6)
        }
        #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $0.place < $1.place })
        for value in values where value.isFinite && value > 0 {
          let place = axis.place(value) ?? .nan
          #expect(place >= -1e-6 && place <= Double(places) - 1 + 1e-6, "\(value) of \(values)")
        }
      }
    }
  }

  @Test func anAxisHasNoTickBeyondTheGreatestValueThatThereCanBe() {
    for low in [0.0, 20, 61, 88, 99] {
      for places in [4, 7, 11, 12, 13, 30] {
        let axis = ChartAxis(showing: [low, 100], places: places, gaps: 2...6, top: 100)
        #expect((axis.ticks.last?.value ?? 200) <= 100, "\(low) on \(places)")
        #expect((axis.place(low) ?? -1) >= -1e-6)
        #expect((axis.place(100) ?? 1e9) <= Double(places) - 1 + 1e-6)
      }
    }
  }

  @Test func theValueAtAPlaceIsThatOfTheTick() {
    let axis = steps([1, 480])
    for tick in axis.ticks { #expect(axis.value(tick.place) == tick.value) }
  }
}
