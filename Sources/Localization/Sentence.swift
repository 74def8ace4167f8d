/// A text in English with what stands in its places: the key of its translations.
///
/// The key of `"\(count) of \(all) nodes"` is `%1 of %2 nodes`.
package struct Sentence: ExpressibleByStringInterpolation, Sendable {
  /// One piece of it.
  fileprivate enum Part: Sendable {
    case literal(String)
    case argument(String)
  }

  /// The whole text where nothing stands in it: most do without an array.
  private let plain: String
  private let parts: [Part]

  package init(stringLiteral text: String) { (plain, parts) = (text, []) }

  /// The sentence itself: what stands in a literal.
  package init(_ sentence: Sentence) { self = sentence }

  package init(stringInterpolation pieces: StringInterpolation) { (plain, parts) = ("", pieces.parts) }

  /// The literals and arguments of an interpolated text.
  package struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ text: String) {
      if !text.isEmpty { parts.append(.literal(text)) }
    }

    /// Adds what stands in a place of the text.
    package mutating func appendInterpolation(_ value: some Any) { parts.append(.argument("\(value)")) }
  }

  /// The text in English.
  package var english: String {
    parts.reduce(into: plain) { text, part in
      switch part {
      case .literal(let piece), .argument(let piece): text += piece
      }
    }
  }

  /// The English text with `%1`, `%2` and so on in the places of its arguments.
  package var key: String {
    var count = 0
    return parts.reduce(into: plain) { text, part in
      switch part {
      case .literal(let piece): text += piece
      case .argument:
        count += 1
        text += "%\(count)"
      }
    }
  }

  /// What stands in its places, in order.
  package var arguments: [String] {
    parts.compactMap { part in
      if case .argument(let text) = part { text } else { nil }
    }
  }
}
