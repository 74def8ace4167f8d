import Foundation
import Trace

/// A value that can be written as JSON.
package protocol JSONValue {
  /// The value in JSON; nil where its key is left out.
  var json: JSON? { get }
  /// The JSON of a missing value; nil where its key is left out.
  static var missing: JSON? { get }
}

extension JSONValue {
  /// A key without a value is left out.
  package static var missing: JSON? { nil }
}

/// JSON written from ordinary Swift values: `JSON(["step": 3, "loss": loss]).text()`.
///
/// JSON has no NaN and no infinity: those are null, and so are missing numbers. Other missing values have no key.
package indirect enum JSON: JSONValue {
  /// A number, `true`, `false` or `null`, as it is written.
  case literal(String)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  /// No value.
  package static let null = JSON.literal("null")

  /// An object; the keys keep their order until ``text(sortsKeys:)`` sorts them.
  package init(_ members: KeyValuePairs<String, any JSONValue>) {
    self = .object(members.compactMap { key, value in value.json.map { (key, $0) } })
  }

  /// The value in JSON.
  package var json: JSON? { self }

  /// The text, on one line.
  package func text(sortsKeys: Bool = true) -> String {
    switch self {
    case .literal(let text): return text
    case .string(let text): return JSON.quoted(text).withControlsAsJSON
    case .array(let elements):
      return "[" + elements.map { $0.text(sortsKeys: sortsKeys) }.joined(separator: ",") + "]"
    case .object(let members):
      let ordered = sortsKeys ? members.sorted { $0.key < $1.key } : members
      let texts = ordered.map {
        "\(JSON.quoted($0.key).withControlsAsJSON):\($0.value.text(sortsKeys: sortsKeys))"
      }
      return "{" + texts.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension String: JSONValue {
  /// The value in JSON.
  package var json: JSON? { .string(self) }
}

extension Bool: JSONValue {
  /// The value in JSON.
  package var json: JSON? { .literal("\(self)") }
}

extension Int: JSONValue {
  /// The value in JSON; one that double precision does not keep is a string of its digits.
  package var json: JSON? { magnitude > 1 << 53 ? .string("\(self)") : .literal("\(self)") }
}

extension UInt64: JSONValue {
  /// The value in JSON; one that double precision does not keep is a string of its digits.
  package var json: JSON? { self > 1 << 53 ? .string("\(self)") : .literal("\(self)") }
}

extension Float: JSONValue {
  /// The shortest digits that give the Float back, so that 0.1 is not 0.10000000149.
  package var json: JSON? { Double("\(self)").json }
  /// A missing number is null.
  package static var missing: JSON? { .null }
}

extension Double: JSONValue {
  /// The value in JSON.
  package var json: JSON? {
    guard isFinite else { return .null }
    let text = "\(self)"
    return .literal(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
  /// A missing number is null.
  package static var missing: JSON? { .null }
}

extension Array: JSONValue where Element: JSONValue {
  /// The value in JSON.
  package var json: JSON? { .array(compactMap(\.json)) }
}

extension Optional: JSONValue where Wrapped: JSONValue {
  /// The value in JSON.
  package var json: JSON? { map(\.json) ?? Wrapped.missing }
}
