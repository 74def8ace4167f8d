/// A value of the file.
package indirect enum TOMLLiteral: Sendable, Equatable {
  case string(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case list([TOMLLiteral])
  /// A table where a value was expected, or a date.
  case other(String)

  /// The value as TOML writes it.
  package var text: String {
    switch self {
    case .string(let text): TOMLLiteral.quoted(text)
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .flag(let isOn): isOn ? "true" : "false"
    case .list(let values): "[\(values.map(\.text).joined(separator: ", "))]"
    case .other(let text): text
    }
  }

  /// A text between quotes.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A key as TOML writes it: bare where that is allowed.
  package static func key(_ name: String) -> String {
    let isBare =
      !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
      }
    return isBare ? name : quoted(name)
  }
}
