import Numbers
import Testing

struct NumberTextTests {
  @Test(
    arguments: [
      (0.03124, "0.0312"), (-0.0031, "−0.00310"), (1284, "1284"), (99.96, "100"), (999_999, "1.00e6"),
      (12_345, "12345"), (1.2e-5, "1.20e−5"), (-4.56e20, "−4.56e20"), (0, "0"), (-0.0, "0"), (.nan, "NaN"),
      (.infinity, "inf"), (-.infinity, "−inf"), (.leastNonzeroMagnitude, "4.94e−324"), (0.001, "0.00100"),
      (0.000_999_9, "0.00100"), (0.000_999, "9.99e−4"), (1.797e308, "1.80e308"),
    ] as [(Double, String)])
  func threeSignificantDigits(_ value: Double, _ text: String) {
    #expect(NumberText.significant(value) == text)
  }

  @Test(
    arguments: [
      (2.5, 0, "3"), (0.125, 2, "0.13"), (-0.004, 2, "0.00"), (94.12, 1, "94.1"), (1e20, 2, "1.00000e20"),
      (.nan, 2, "NaN"), (3, -4, "3"),
    ] as [(Double, Int, String)])
  func fixedDecimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    ("0.500", "0.5"), ("1.00e−5", "1e−5"), ("12", "12"), ("100", "100"), ("3.0", "3"), ("NaN", "NaN"),
    ("", ""),
  ]) func trimmingDropsZerosOfTheFraction(_ text: String, _ trimmed: String) {
    #expect(NumberText.trimmed(text) == trimmed)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1284, "1 284"), (-1_234_567, "−1 234 567"), (.min, "−9 223 372 036 854 775 808"),
  ])
  func wholeNumbersAreGrouped(_ value: Int, _ text: String) {
    #expect(NumberText.grouped(value) == text)
  }
}
