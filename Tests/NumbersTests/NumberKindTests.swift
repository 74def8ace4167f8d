import Numbers
import Testing

/// Each kind of number has its digits, and all have one minus sign.
struct NumberKindTests {
  @Test(
    arguments: [
      (0.123_456, "0.1235"), (0.5, "0.5000"), (12.3456, "12.35"), (1.2e-5, "1.200e−5"), (0, "0"),
      (-0.25, "−0.2500"), (.nan, "NaN"),
    ] as [(Double, String)])
  func aLossHasFourDigits(_ value: Double, _ text: String) { #expect(NumberText.loss(value) == text) }

  @Test func aMeasureHasThreeDigitsAndABriefOneTwo() {
    #expect(NumberText.measure(-0.5) == "−0.500")
    #expect(NumberText.brief(0.03) == "0.030")
    #expect(NumberText.brief(1.25e-12) == "1.3e−12")
  }

  @Test func aTermHasNoZerosAtItsEnd() {
    #expect(NumberText.term(0.016_340_1) == "0.01634")
    #expect(NumberText.term(-3) == "−3")
    #expect(NumberText.term(-.infinity) == "−inf")
  }

  @Test func aSettingIsNeverALongFraction() {
    #expect(NumberText.setting(0.1) == "0.1")
    #expect(NumberText.setting(1e-5) == "1e−5")
    #expect(NumberText.setting(1.818_989_403_545_856_6e-13) == "1.81899e−13")
    #expect(NumberText.setting(0.1 * 3) == "0.3")
  }

  @Test func anExactNumberHasAllItsDigitsInTheSameForm() {
    #expect(NumberText.exact(Float(0.1)) == "0.1")
    #expect(NumberText.exact(Float(-1.234_567_9e-5)) == "−1.2345679e−5")
    #expect(NumberText.exact(1e20) == "1e20")
    #expect(NumberText.exact(-3.0) == "−3")
    #expect(NumberText.exact(-Double.infinity) == "−inf")
    #expect(NumberText.exact(Float.nan) == "NaN")
  }

  @Test func aCellHasTheDigitsOfSinglePrecisionWithinItsRange() {
    #expect(NumberText.cell(Double(Float(0.1))) == "0.1")
    #expect(NumberText.cell(1e39) == "1e39")
    #expect(NumberText.cell(1e-60) == "1e−60")
    #expect(NumberText.cell(.infinity) == "inf")
    #expect(NumberText.cell(-0.0) == "0")
  }

  @Test(arguments: [
    (0, "0 %"), (1, "100 %"), (0.5, "50.0 %"), (0.9999, ">99.9 %"), (0.0001, "<0.1 %"), (0.986, "98.6 %"),
  ])
  func aShareIsNeverRoundedToNoneOrAll(_ share: Double, _ text: String) {
    #expect(NumberText.percent(share) == text)
  }

  @Test(arguments: [
    (0, " 0%"), (1, ">99"), (0.5, "50%"), (0.995, ">99"), (0.9949, "99%"), (0.004, "<1%"), (0.005, " 1%"),
  ])
  func aShareInFewColumnsHasThreeAndIsNeverRoundedToNoneOrAll(_ share: Double, _ text: String) {
    #expect(NumberText.briefPercent(share) == text && text.count == 3)
  }

  @Test(arguments: [(812, "812 B"), (45_678, "45.7 kB"), (3_100_000, "3.1 MB"), (123_456_789, "123 MB")])
  func bytesHaveTheUnitThatSuitsThem(_ count: Int, _ text: String) {
    #expect(NumberText.bytes(count) == text)
  }

  @Test func aFieldKeepsItsWidth() {
    for value in [0.1234, 1.234, 0.001234, 1.2e-5, 123_456] {
      #expect(NumberText.field(NumberText.loss(value), NumberText.lossWidth).count == NumberText.lossWidth)
    }
  }
}
