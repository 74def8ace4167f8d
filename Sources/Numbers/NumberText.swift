/// Numbers as the panes write them: `0.0312`, `−1.2e−5`, `1 284`, `NaN`, `inf`.
package enum NumberText {
  /// The number with that many significant digits, in scientific notation where it is below 0.001 or
  /// has more than six digits before the point.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    let digits = min(17, max(1, digits))
    guard value.isFinite, value != 0 else { return special(value) }
    let exponent = Logarithm.decimalExponent(value, roundedTo: digits)
    guard exponent >= -3, exponent < 6 else { return scientific(value, digits: digits) }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// The number with that many digits after the point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let decimals = min(17, max(0, decimals))
    let scale = Logarithm.power(of: 10, decimals)
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e15 else { return scientific(value, digits: 6) }
    let whole = Int(scaled)
    let sign = value < 0 && whole != 0 ? "−" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let divisor = Int(scale)
    let fraction = String(whole % divisor)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + String(whole / divisor) + "." + zeros + fraction
  }

  /// The number as `1.2e−5`, with that many significant digits.
  package static func scientific(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return special(value) }
    let digits = min(15, max(1, digits))
    let exponent = Logarithm.decimalExponent(value, roundedTo: digits)
    let mantissa = Logarithm.scaled(value, byPowerOfTen: -exponent)
    let power = exponent < 0 ? "−\(-exponent)" : "\(exponent)"
    return fixed(mantissa, decimals: digits - 1) + "e" + power
  }

  /// The text without zeros at the end of its fraction: `0.500` becomes `0.5`, `1.0e−5` becomes `1e−5`.
  package static func trimmed(_ text: String) -> String {
    let parts = text.split(separator: "e", maxSplits: 1)
    guard var number = parts.first, number.contains(".") else { return text }
    while number.last == "0" { number.removeLast() }
    if number.last == "." { number.removeLast() }
    return number + (parts.count > 1 ? "e" + parts[1] : "")
  }

  /// A whole number in groups of three digits: `12 345`.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let sign = value < 0 ? "−" : ""
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(" ") }
      text.append(digit)
    }
    return sign + text
  }

  private static func special(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−inf" : "inf" }
    return "0"
  }
}
