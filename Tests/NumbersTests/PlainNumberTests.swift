import Numbers
import Testing

struct PlainNumberTests {
  @Test func aNumberReadsTheShortestDigitsAndNaNHasNoSign() {
    #expect(plainText(Float(0.1)) == "0.1")
    #expect(plainText(-Double.infinity) == "-inf")
    #expect(plainText(-Float.nan) == "nan")
  }
}
