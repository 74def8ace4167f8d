import Testing
import Trace

struct ValueSketchTests {
  @Test func theFullestBinHasTheGreatestHeight() throws {
    let values: [Float] = [-4, -4, -4, -4, 0, 0, 4, .nan, .infinity]
    let sketch = try #require(ValueSketch(values.count) { values[$0] })
    #expect(sketch.low == -4 && sketch.high == 4)
    #expect(sketch.bins == SIMD8(255, 0, 0, 0, 127, 0, 0, 63))
  }

  @Test func equalValuesAreInOneBin() throws {
    let sketch = try #require(ValueSketch(5) { _ in 3 })
    #expect(sketch.low == 3 && sketch.high == 3)
    #expect(sketch.bins == SIMD8(255, 0, 0, 0, 0, 0, 0, 0))
  }

  @Test func whereNothingIsFiniteThereIsNoSketch() {
    #expect(ValueSketch(0) { _ in 0 } == nil)
    #expect(ValueSketch(2) { _ in .nan } == nil)
  }

  @Test func aRareBinIsNotEmpty() throws {
    let sketch = try #require(ValueSketch(4_000) { $0 == 7 ? 1 : 0 })
    #expect(sketch.bins[7] == 1)
  }

  @Test func ofManyValuesSomeAtEvenDistancesAreLookedAt() throws {
    var looked = 0
    // Every second column is 1: an even step would see one kind only.
    let sketch = try #require(
      ValueSketch(1 << 20) {
        looked += 1
        return Float($0 % 2)
      })
    #expect(looked < 10_000)
    #expect(sketch.low == 0 && sketch.high == 1)
  }

  @Test func theGreatestNumbersHaveASpread() throws {
    let values: [Float] = [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    let sketch = try #require(ValueSketch(2) { values[$0] })
    #expect(sketch.bins[0] == 255 && sketch.bins[7] == 255)
  }
}
