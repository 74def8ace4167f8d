import Localization
import Numbers
import Trace

/// The arithmetic of a cell in words or as JSON.
struct CellWorkText {
  private let work: CellWork

  /// A text of it.
  init(_ work: CellWork) { self.work = work }

  /// A line for each equation; then, where `all`, one for each term.
  func lines(all: Bool) -> [String] {
    var lines = work.lines.enumerated().map { place, line in
      let isLast = place == work.lines.count - 1
      let value = isLast ? NumberText.cell(line.value) : NumberText.term(line.value)
      let numbers = line.numbers == value ? "" : " = \(line.numbers)"
      return "\(line.name) = \(line.symbols)\(numbers) = \(value)"
    }
    if !work.agrees {
      lines.append(localized("In double precision the arithmetic gives \(NumberText.cell(work.computed))."))
    }
    guard all, work.termCount > 0 else { return lines }
    lines.append(
      work.terms.count < work.termCount
        ? localized("the \(work.terms.count) largest of \(work.termCount) terms:")
        : localized("\(work.termCount) terms:"))
    return lines
      + work.terms.map { term in
        let row = term.row.map { localized("  row \($0)") } ?? ""
        return "  \(term.symbols) = \(term.numbers) = \(NumberText.term(term.value))\(row)"
      }
  }

  /// The equations and terms with their numbers.
  func json() -> JSON {
    JSON([
      "lines": work.lines.map { line in
        JSON(["name": line.name, "symbols": line.symbols, "numbers": line.numbers, "value": line.value])
      },
      "result": work.result, "computed": work.computed, "termCount": work.termCount,
      "terms": work.terms.map { term in
        JSON([
          "symbols": term.symbols, "numbers": term.numbers, "value": term.value, "row": term.row,
          "operands": term.operands.map { operand in
            JSON(["node": operand.node, "view": operand.view.rawValue, "cell": operand.cell])
          },
        ])
      },
    ])
  }
}
