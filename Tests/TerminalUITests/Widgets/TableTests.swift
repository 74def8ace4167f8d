import TerminalUI
import Testing

struct TableTests {
  private func table(selected: Int? = nil, first: Int = 0) -> Table {
    Table(
      columns: [.init("name", .fill(1)), .init("shape", .fixed(7)), .init("norm", .fixed(5), .right)],
      rows: (1...5).map { ["fc\($0).weight", "[64×10]", TextLine("0.\($0)")] }, selectedRow: selected,
      firstRow: first)
  }

  @Test func columnsAreAlignedUnderTheirHeaders() {
    #expect(
      lines(table(), 26, 6) == [
        "name         shape    norm",
        "fc1.weight   [64×10]   0.1",
        "fc2.weight   [64×10]   0.2",
        "fc3.weight   [64×10]   0.3",
        "fc4.weight   [64×10]   0.4",
        "fc5.weight   [64×10]   0.5",
      ])
  }

  @Test func theChosenRowIsKeptInViewAndAScrollBarShowsWhere() {
    #expect(
      lines(table(selected: 4), 26, 3) == [
        "name        shape    norm",
        "fc4.weight  [64×10]   0.4│",
        "fc5.weight  [64×10]   0.5┃",
      ])
    #expect(table(selected: 0, first: 3).visibleRows(height: 3) == 0..<2)
    #expect(table(first: 99).visibleRows(height: 3) == 3..<5)
  }

  @Test func theChosenRowIsLitAcrossTheTable() {
    let buffer = screen(table(selected: 1), 26, 6, .full)
    #expect((0..<26).allSatisfy { buffer[$0, 2].style.background == Accents.selection })
    #expect((0..<26).allSatisfy { buffer[$0, 1].style.background == .default })
  }

  @Test func cellsTooWideAreCut() {
    let table = Table(
      columns: [.init("", .fixed(4)), .init("", .fixed(3))], rows: [["abcdef", "xyz"], ["a"]])
    #expect(lines(table, 8, 2) == ["abc… xyz", "a"])
  }

  @Test func aTableWithoutRowsHasItsHeader() {
    #expect(lines(Table(columns: [.init("name", .fill(1))], rows: []), 8, 2) == ["name", ""])
    #expect(lines(Table(columns: [], rows: [[]]), 8, 1) == [""])
  }

  @Test func aTableStaysInItsArea() { #expect(staysInside(table(selected: 3))) }
}
