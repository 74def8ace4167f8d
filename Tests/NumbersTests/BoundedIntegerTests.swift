import Numbers
import Testing

struct BoundedIntegerTests {
  @Test func anyNumberIsAWholeOneInTheRange() {
    #expect(Int(bounded: 3.9, to: 0...10) == 3)
    #expect(Int(bounded: Float(7), to: 0...10) == 7)
    for high in [10.0, 1e300, .infinity] { #expect(Int(bounded: high, to: 0...10) == 10) }
    for low in [0.0, -0.0, -1e300, -.infinity, .nan] { #expect(Int(bounded: low, to: 0...10) == 0) }
    #expect(Int(bounded: 1e300, to: .min ... .max) == .max)
  }
}
