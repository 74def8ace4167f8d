import Numbers

/// How the numbers of one tensor are written below each other: with the same digits after the point, in as many columns.
struct NumberField {
  private enum Form {
    /// That many digits after the point.
    case fixed(Int)
    /// A digit, the point, two digits, and the power of ten.
    case scientific
  }

  private let form: Form
  /// The columns of a number, with its sign.
  let width: Int
  private let hasSigns: Bool

  /// The field for finite numbers between two; `isWhole` where all are whole.
  init(low: Float, high: Float, isWhole: Bool) {
    let limit = Double(max(low.magnitude, high.magnitude))
    hasSigns = !(low >= 0)
    let sign = hasSigns ? 1 : 0
    guard limit.isFinite, limit == 0 || limit >= 1e-3, limit < 1e6 else {
      form = .scientific
      width = 8 + sign
      return
    }
    let digits = limit >= 1 ? Logarithm.decimalExponent(limit, roundedTo: 6) : 0
    let decimals =
      isWhole ? 0 : min(6, max(1, 3 - Logarithm.decimalExponent(limit == 0 ? 1 : limit, roundedTo: 4)))
    form = .fixed(decimals)
    width = max(sign + max(0, digits) + 1 + (decimals > 0 ? decimals + 1 : 0), isWhole ? 3 : 7)
  }

  /// The number, in its field.
  func text(_ value: Float) -> String {
    let text = plain(value)
    // A number with a power of ten has its point in the same column as the others if its text starts in that column.
    guard case .scientific = form, value.isFinite, value != 0 else {
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return NumberText.field((hasSigns && value > 0 ? " " : "") + text, width)
  }

  private func plain(_ value: Float) -> String {
    let number = Double(value)
    // An exact zero is seen to be one.
    if value == 0 { return "0" }
    switch form {
    case .scientific: return NumberText.scientific(number, digits: 3)
    case .fixed(let decimals):
      // What is so small that it would be written as 0 is written with its power of ten.
      let isLost = number.magnitude < 0.5 * Logarithm.power(of: 10, -decimals)
      return isLost
        ? NumberText.scientific(number, digits: 1) : NumberText.fixed(number, decimals: decimals)
    }
  }
}
