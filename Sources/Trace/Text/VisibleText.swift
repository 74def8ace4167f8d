extension String {
  /// The text with its control characters spelt out, `\u{1b}` or `\n`, so that text from a file cannot control the
  /// terminal.
  package var withVisibleControls: String {
    guard unicodeScalars.contains(where: \.commandsTerminals) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.commandsTerminals {
        text += scalar.spelling
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// JSON whose characters that command terminals are numbers, `\u007f`: the same JSON, which controls no terminal.
  ///
  /// Between the strings of JSON there are no such characters but line breaks, which stay.
  package var withControlsAsJSON: String {
    guard unicodeScalars.contains(where: { $0.commandsTerminals && $0 != "\n" }) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard scalar.commandsTerminals, scalar != "\n" else {
        text.unicodeScalars.append(scalar)
        return
      }
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// The lines of the text, each with its control characters spelt out.
  package var withVisibleControlsInLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).withVisibleControls }
      .joined(separator: "\n")
  }
}

extension Unicode.Scalar {
  /// Whether a terminal does something at it instead of showing it, or shows what follows in another order.
  fileprivate var commandsTerminals: Bool {
    switch value {
    case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C: true
    default: properties.generalCategory == .control
    }
  }

  /// How it is written where it is not to be one.
  fileprivate var spelling: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16))}"
    }
  }
}
