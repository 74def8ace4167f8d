import TerminalUI
import Testing

struct BarsTests {
  private let bars = Bars([
    .init("fc1.weight", 0.031, note: "Δ/w 1e−3"), .init("fc2.weight", 0.000_08, note: "vanishing"),
    .init("fc2.bias", 0), .init("fc3.bias", .nan), .init("fc4.bias", -.infinity),
  ])

  @Test func smallValuesAreReadBesideLargeOnes() {
    #expect(
      lines(bars, 50, 6) == [
        "fc1.weight ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆       0.031 Δ/w 1e−3",
        "fc2.weight ▆▆▆▆▆▆▆                8.0e−5 vanishing",
        "fc2.bias                            zero",
        "fc3.bias                             NaN",
        "fc4.bias                       −infinite",
        "           ╵1e−6      ╵0.001",
      ])
  }

  @Test func aNoteInPlaceOfABarHasTheRestOfTheRow() {
    let note = Bars([
      .init("fc1.weight", 0.031, note: "Δ/w 1e−3"),
      .init("old.0.weight", nil, note: "not in the optimizer"),
    ])
    #expect(lines(note, 40, 2)[1] == "old.0.weight not in the optimizer")
  }

  @Test func aLabelBeforeItsMarkKeepsAwayFromTheOneBefore() {
    let wide = Bars([.init("w", 0.5), .init("v", 0.05)])
    for width in 20...100 {
      let row = lines(wide, width, 4).last ?? ""
      for word in row.split(separator: " ") where word.hasSuffix("╵") {
        #expect(row.hasSuffix("  \(word)") || row.split(separator: " ").count == 1, "\(width): \(row)")
      }
    }
  }

  @Test func theLastBarIsWorthMoreThanTheAxis() {
    #expect(lines(bars, 50, 5).last?.hasPrefix("fc4.bias") == true)
  }

  @Test func notesAreLeftOutWhereTheBarsNeedTheRoom() {
    #expect(lines(bars, 30, 2).allSatisfy { !$0.contains("Δ") })
  }

  @Test func theChosenBarIsInViewAndLit() {
    var chosen = bars
    chosen.selected = 4
    let buffer = screen(chosen, 40, 2, .full)
    #expect(buffer.lines[1].hasPrefix("fc4.bias"))
    #expect(buffer[0, 1].style.background == Accents.selection)
  }

  @Test func withoutBarsItSaysSo() { #expect(lines(Bars([]), 12, 2) == ["no values", ""]) }

  @Test func onlyZerosHaveAnAxisNonetheless() {
    #expect(lines(Bars([.init("w", 0)]), 30, 3).first == "w                         zero")
  }

  @Test func barsStayInTheirArea() {
    #expect(staysInside(bars))
    #expect(
      staysInside(
        Bars([.init("x", .greatestFiniteMagnitude), .init("y", .leastNonzeroMagnitude)], selected: 1)))
  }
}
