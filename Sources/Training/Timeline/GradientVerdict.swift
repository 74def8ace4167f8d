import Localization
import Numbers
import Trace

extension GradientCheck {
  /// Says what the check shows.
  mutating func conclude() {
    let wrong = operators.filter { $0.worst.judgement == .differs }
    guard wrong.isEmpty else {
      conclusion = wrong.map(GradientCheck.sentence).joined(separator: " ")
      return
    }
    conclusion = ([sentenceOfCells] + operators.map(GradientCheck.sentence)).joined(separator: " ")
  }

  private var sentenceOfCells: String {
    let count = self.cells.count
    func cells(_ judgement: GradientComparison.Judgement) -> [GradientComparison] {
      self.cells.filter { $0.judgement == judgement }
    }
    let (differing, empty) = (cells(.differs), cells(.provesNothing))
    if let first = cells(.isNotFinite).first {
      return localized(
        "\(name(first)) cannot be compared: its gradient, or the loss beside it, is not finite.")
    }
    if let first = differing.first {
      guard count > 1 else {
        return localized(
          """
          They differ: a relative error above 0.001 is more than rounding. The cause is a kink, such as that of relu \
          at 0, or a wrong derivative.
          """)
      }
      return localized(
        """
        \(differing.count) of \(count) cells differ, \(name(first)) among them: a relative error above 0.001 is more \
        than rounding. The cause is a kink, such as that of relu at 0, or a wrong derivative.
        """)
    }
    if empty.count == count {
      return self.cells.allSatisfy({ $0.gradient == 0 })
        ? localized(
          "0 against 0 proves nothing: \(parameter) gets no gradient in this step. Try another step.")
        : localized("This proves nothing: the gradients are as small as rounding errors.")
    }
    let agreement = localized("They agree: a relative error of up to 0.001 is rounding.")
    guard let first = empty.first else { return agreement }
    return first.gradient == 0
      ? localized("\(agreement) But \(name(first)) proves nothing: it is 0 against 0.")
      : localized("\(agreement) But \(name(first)) proves nothing: it is as small as rounding errors.")
  }

  /// What the check of one operator shows.
  static func sentence(_ check: OperatorCheck) -> String {
    let worst = check.worst
    return switch worst.judgement {
    case .agrees: localized("Checked alone, the backward of \(check.node) agrees too.")
    case .provesNothing:
      localized("Checked alone, the backward of \(check.node) is 0 against 0, which proves nothing.")
    case .isNotFinite:
      localized("Checked alone, the backward of \(check.node) gives numbers that are not finite.")
    case .differs:
      localized(
        """
        The backward of \(check.node) is wrong: for \(check.input)\(CellIndex.text(worst.index)) it gives \
        \(NumberText.cell(worst.gradient)), and the finite difference is \(NumberText.cell(worst.difference)).
        """)
    }
  }

  private func name(_ cell: GradientComparison) -> String {
    parameter + CellIndex.text(cell.index)
  }
}
