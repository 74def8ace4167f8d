import Autograd
import Trace

/// Why an operation makes NaN, infinity or zero of cells that are sound, in words.
struct CellWords {
  private let meeting: Meeting
  private let operation: String
  private let defect: Cause.Defect
  private let name: (CellPlace) -> String

  /// Words for the cells that meet in an operation; `name` names them.
  init(
    _ meeting: Meeting, operation: String, defect: Cause.Defect, name: @escaping (CellPlace) -> String
  ) {
    self.meeting = meeting
    self.operation = operation
    self.defect = defect
    self.name = name
  }

  /// An index as Swift and Python write it: `[3,4]`.
  static func index(_ index: [Int]) -> String { "[\(index.map(String.init).joined(separator: ","))]" }

  private var terms: [CellTerm] { meeting.cells.terms }

  /// Why an operation's value is so.
  var origin: String {
    guard let first = terms.first else { return "\(operation) of nothing" }
    switch (operation, defect) {
    case ("relu", .zero): return "relu is 0 where its input is not above 0, and \(told(first.first))"
    case ("dropout", .zero): return "dropout left it out; \(told(first.first))"
    case ("div", _) where defect != .zero && terms.count > 1 && meeting.number(terms[1].first) == 0:
      return "it divides by 0: \(told(first.first)), \(told(terms[1].first))"
    default: return general
    }
  }

  /// Why an operation's backward passes on what is so.
  var backward: String {
    let read = terms.flatMap(\.places).first { $0.source != .upstream }
    guard terms.contains(where: { term in term.places.contains { $0.source == .upstream } }) else {
      return "no cell of \(operation)'s output comes from this one"
    }
    switch (operation, defect) {
    case ("relu", .zero):
      return "relu passes gradient only where its input is above 0" + (read.map { ", and \(told($0))" } ?? "")
    case ("dropout", .zero): return "dropout left this cell out, so it passes no gradient"
    case ("max", .zero), ("min", .zero), ("amax", .zero), ("amin", .zero), ("maximum", .zero),
      ("minimum", .zero):
      return "\(operation) passes gradient only to the cell that it chose"
    default: return general
    }
  }

  private var general: String {
    switch meeting.cells.kind {
    case .products: return products
    case .function, .choice, .mixture:
      guard terms.count > 3 else {
        let cells = terms.flatMap(\.places).map(told)
        return "\(operation) makes \(defect.word) of sound numbers: \(cells.joined(separator: ", "))"
      }
      let largest = largestTerm.map { "; the largest magnitude is \(told($0.first))" } ?? ""
      return "\(operation) makes \(defect.word) of \(terms.count) sound numbers\(largest)"
    }
  }

  private var products: String {
    let isPlain = terms.allSatisfy { $0.second == nil }
    let count =
      terms.count == 1 ? "the one product" : "the \(terms.count) \(isPlain ? "numbers" : "products")"
    guard let largest = largestTerm else { return "\(operation) of nothing" }
    let example = "the largest is \(largest.places.map(name).joined(separator: " × "))"
    let number = largest.places.map { NumberWords.text(meeting.number($0)) }.joined(separator: " × ")
    guard defect == .zero else {
      return
        "\(count) in it \(terms.count == 1 ? "is" : "add up") beyond the greatest number, 3.4e+38; \(example) = \(number)"
    }
    if terms.count == 1 { return "\(count) in it is below the least number: \(number)" }
    return "\(count) in it cancel out; \(example) = \(number)"
  }

  private var largestTerm: CellTerm? {
    terms.max { size($0) < size($1) }
  }

  private func size(_ term: CellTerm) -> Double {
    term.places.reduce(1) { $0 * abs(meeting.number($1)) }
  }

  private func told(_ place: CellPlace) -> String {
    "\(name(place)) is \(NumberWords.text(meeting.number(place)))"
  }
}
