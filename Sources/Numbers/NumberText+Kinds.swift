/// What each kind of number looks like, on every screen and in every text for people: the same digits and the same
/// minus sign everywhere. Files and JSON take ``plainText(_:)`` instead.
extension NumberText {
  /// A loss, in four significant digits: `0.1235`, `1.234e−5`.
  package static func loss(_ value: Double) -> String { significant(value, digits: 4) }

  /// A value, a gradient or another measure, in three significant digits: `0.0312`, `−1.20e−5`.
  package static func measure(_ value: Double) -> String { significant(value, digits: 3) }

  /// A magnitude where columns are few, in two significant digits: `0.031`, `12`, `1.2e−5`.
  package static func brief(_ value: Double) -> String { significant(value, digits: 2) }

  /// A number in a formula that can be checked by hand, in up to four significant digits: `0.01634`, `3`.
  package static func term(_ value: Double) -> String { trimmed(significant(value, digits: 4)) }

  /// A setting or a limit that someone chose, in up to six significant digits: `0.1`, `1e−5`, `1.81899e−13`.
  package static func setting(_ value: Double) -> String { trimmed(significant(value, digits: 6)) }

  /// Every digit of one cell: the shortest that give the number back, `0.1`, `−1.2345679e−5`.
  package static func exact(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    guard value.isFinite, value != 0 else { return significant(Double(value)) }
    let parts = value.description.replacing("-", with: "−").split(separator: "e")
    let exponent = parts.dropFirst().first.map { part in
      // Swift writes `e−05` and `e+20`.
      let digits = part.drop { !("1"..."9").contains($0) }
      return (part.hasPrefix("−") ? "e−" : "e") + digits
    }
    return trimmed(String(parts[0])) + (exponent ?? "")
  }

  /// One cell, in as many digits as single precision has; beyond its range in those of double precision.
  package static func cell(_ value: Double) -> String {
    let single = Float(value)
    return single.isFinite && (single != 0 || value == 0) ? exact(single) : exact(value)
  }

  /// A share in percent, never rounded to none or to all of them: `98.6 %`, `<0.1 %`, `100 %`.
  package static func percent(_ share: Double) -> String {
    if share == 0 || share == 1 { return share == 0 ? "0 %" : "100 %" }
    if share > 0, share < 0.0005 { return "<0.1 %" }
    if share < 1, share >= 0.9995 { return ">99.9 %" }
    return fixed(share * 100, decimals: 1) + " %"
  }

  /// A share in whole percent in three columns, never rounded to none or to all of them: `98%`, ` 5%`, `<1%`, `>99`.
  package static func briefPercent(_ share: Double) -> String {
    if share >= 0.995 { return ">99" }
    if share > 0, share < 0.005 { return "<1%" }
    let text = fixed(share * 100, decimals: 0) + "%"
    return text.count < 3 ? " " + text : text
  }

  /// A share from 0 to 1, as exact as ``percent(_:)``: `0.986`.
  package static func share(_ share: Double) -> String { fixed(share, decimals: 3) }

  /// A time, without its unit: `12.34`.
  package static func seconds(_ value: Double) -> String { fixed(value, decimals: 2) }

  /// A number of bytes in the unit that suits it: `812 B`, `3.1 MB`.
  package static func bytes(_ count: Int) -> String {
    var (value, unit) = (Double(count), 0)
    let units = ["B", "kB", "MB", "GB", "TB"]
    while value >= 999.5, unit < units.count - 1 {
      value /= 1_000
      unit += 1
    }
    return "\(fixed(value, decimals: unit > 0 && value < 99.95 ? 1 : 0)) \(units[unit])"
  }

  /// The text in a field of that many columns, so that what follows keeps its place while the number changes.
  package static func field(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// The widest ``loss(_:)`` from 1e−9 on, `1.234e−5`.
  package static let lossWidth = 8

  /// The widest ``measure(_:)`` from ±1e−9 on, `−1.23e−5`.
  package static let measureWidth = 8

  /// The widest ``brief(_:)`` that is not negative, `1.2e−12`.
  package static let briefWidth = 7

  /// The usual width of ``percent(_:)``, `98.6 %`.
  package static let percentWidth = 6
}

extension NumberText {
  /// Minutes and seconds since a start, `2:07`, from an hour on `1:02:07`.
  package static func clock(_ seconds: Double) -> String {
    let total = Int(max(0, min(seconds.isFinite ? seconds : 0, 1e9)))
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (hours, minutes, rest) = (total / 3_600, total / 60 % 60, total % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
