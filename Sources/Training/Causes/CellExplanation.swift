import Autograd
import Localization
import Numbers
import Trace

/// Why an operation computes NaN, infinity or 0 from cells that are not, in words.
struct CellExplanation {
  private let values: OperandValues
  private let info: OperatorInfo
  private let defect: Cause.Defect
  private let output: Tensor?
  private let name: (CellPlace) -> String

  /// An explanation by the operands of one cell, which `name` names; `output` is the operation's result, for its backward.
  init(
    _ values: OperandValues, _ info: OperatorInfo, defect: Cause.Defect, output: Tensor? = nil,
    name: @escaping (CellPlace) -> String
  ) {
    self.values = values
    self.info = info
    self.defect = defect
    self.output = output
    self.name = name
  }

  private var terms: [CellTerm] { values.operands.terms }

  /// Why the operation's result has the defect.
  var forward: String { explanation(info.reasons.reason(for: defect)) }

  /// Why the operation's backward passes on a gradient with the defect.
  var backward: String {
    guard terms.contains(where: { term in term.places.contains { $0.source == .upstream } }) else {
      return localized("no cell of \(info.name)'s output is computed from this one")
    }
    guard defect == .zero else { return explanation(slope) }
    guard let blocked = info.reasons.blocked else { return explanation(flatness) }
    let read = terms.flatMap(\.places).first { $0.source != .upstream }
    return blocked + (read.map { "; \(description(of: $0))" } ?? "")
  }

  /// Why a derivative makes NaN or infinity of a finite gradient: it is infinite, or else what it is.
  private var slope: String? {
    let incoming = terms.flatMap(\.places).first { $0.source == .upstream }
    if let steep = info.reasons.steep, let incoming, output?.number(at: incoming.cell) == 0 {
      return defect == .nan && values.number(incoming) == 0
        ? localized("\(steep), and 0 times infinity is NaN") : steep
    }
    return flatness
  }

  /// Which derivative gives the defect; nil where the operator does not say it.
  private var flatness: String? {
    info.derivative.map { localized("the derivative of \(info.name), \($0), gives \(defect.word)") }
  }

  private func explanation(_ reason: String?) -> String {
    if values.operands.kind == .products { return products }
    guard terms.count <= 3 else {
      let what = reason ?? localized("\(info.name) gives \(defect.word)")
      return largestTerm.map {
        localized(
          "\(what); the largest of \(terms.count) operands is \(name($0.first)) = \(NumberText.cell(values.number($0.first)))"
        )
      } ?? what
    }
    let cells = terms.flatMap(\.places).map(description).joined(separator: ", ")
    return reason.map { "\($0); \(cells)" } ?? localized("\(info.name) gives \(defect.word) here: \(cells)")
  }

  private var products: String {
    guard let largest = largestTerm else { return localized("\(info.name) of no cells is 0") }
    let factors = largest.places.map(name).joined(separator: " × ")
    let numbers = largest.places.map { NumberText.cell(values.number($0)) }.joined(separator: " × ")
    guard terms.count > 1 else {
      return defect == .zero
        ? localized("\(factors) = \(numbers) is too small for the element type")
        : localized("\(factors) = \(numbers) is too large for the element type")
    }
    let largestOne = localized("the largest is \(factors) = \(numbers)")
    return switch (defect == .zero, terms.allSatisfy { $0.second == nil }) {
    case (true, true): localized("the \(terms.count) numbers cancel out; \(largestOne)")
    case (true, false): localized("the \(terms.count) products cancel out; \(largestOne)")
    case (false, true):
      localized("the sum of \(terms.count) numbers is too large for the element type; \(largestOne)")
    case (false, false):
      localized("the sum of \(terms.count) products is too large for the element type; \(largestOne)")
    }
  }

  private var largestTerm: CellTerm? {
    func size(_ term: CellTerm) -> Double { term.places.reduce(1) { $0 * abs(values.number($1)) } }
    return terms.max { size($0) < size($1) }
  }

  private func description(of place: CellPlace) -> String {
    localized("\(name(place)) is \(NumberText.cell(values.number(place)))")
  }
}
