/// ASCII fallbacks for the characters that the panes write.
package enum Transliteration {
  /// One ASCII character for `scalar`; `?` where there is no fallback.
  package static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if let known = fallbacks[scalar] { return known }
    switch scalar.value {
    case 0x2500...0x257f: return boxLikeness(scalar)
    case 0x2580...0x259f: return "#"
    case 0x2801...0x28ff: return "*"
    case 0x2800: return " "
    default: return decomposedLetter(scalar) ?? "?"
    }
  }

  private static func boxLikeness(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "─", "━", "┄", "┅", "┈", "┉", "╌", "╍", "╴", "╶", "╸", "╺", "╼", "╾": "-"
    case "═": "="
    case "│", "┃", "┆", "┇", "┊", "┋", "╎", "╏", "║", "╵", "╷", "╹", "╻", "╽", "╿": "|"
    case "╱": "/"
    case "╲": "\\"
    case "╳": "X"
    default: "+"
    }
  }

  /// The letter under an accent.
  private static func decomposedLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard let name = scalar.properties.name, let with = name.firstRange(of: " WITH ") else { return nil }
    let base = name[..<with.lowerBound]
    guard base.hasPrefix("LATIN "), let letter = base.unicodeScalars.last else { return nil }
    return base.contains("SMALL") ? letter.properties.lowercaseMapping.unicodeScalars.first : letter
  }

  private static let fallbacks: [Unicode.Scalar: Unicode.Scalar] = [
    "−": "-", "÷": "/", "–": "-", "—": "-", "×": "x", "·": ".", "…": "~", "→": ">", "←": "<", "↑": "^",
    "↓": "v",
    "▁": ".", "▂": ".", "▃": ":", "▄": ":", "▅": "|", "▆": "|",
    "▶": ">", "▮": "=", "►": ">", "▸": ">", "◀": "<", "◂": "<", "▲": "^", "▴": "^", "▼": "v", "▾": "v",
    "●": "*", "○": "o", "◉": "@", "◆": "*", "◇": "o", "◌": "o", "■": "#", "□": "o", "▪": "#", "•": "*",
    "⚠": "!", "✓": "v", "✔": "v", "✗": "!", "✘": "x", "✕": "x", "∞": "8", "‖": "|", "∇": "V", "σ": "s",
    "μ": "u",
    "µ": "u", "Δ": "D", "∂": "d", "Σ": "S", "α": "a", "β": "b", "γ": "g", "ε": "e", "η": "n", "θ": "0",
    "λ": "l", "π": "p", "φ": "f", "ω": "w", "≈": "~", "≤": "<", "≥": ">", "≠": "!", "±": "+", "√": "V",
    "∑": "S", "∏": "P", "∈": "e", "⊙": "*", "∘": "o", "⋅": ".", "ᵀ": "T", "⁻": "-", "°": "o", "′": "'",
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9",
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "«": "<", "»": ">", "↩": "<", "⏎": "<", "⇥": ">",
    "\u{a0}": " ", "\u{2009}": " ", "\u{202f}": " ", "≡": "=", "⋯": ".", "⋮": ":", "⏸": "=", "⏵": ">",
    "⏹": "#", "⏺": "*", "ß": "s", "ø": "o", "Ø": "O", "æ": "a", "œ": "o", "ł": "l",
  ]
}

extension StringProtocol {
  /// Where `part` first occurs.
  fileprivate func firstRange(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) {
        return start..<index(start, offsetBy: part.count)
      }
      formIndex(after: &start)
    }
    return nil
  }
}
