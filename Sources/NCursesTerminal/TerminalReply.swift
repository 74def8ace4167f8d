/// The answers of a terminal to questions, as bytes.
enum TerminalReply {
  /// How many bytes at the beginning are an answer for the kind of terminal, and `whileAsked` for the place of the
  /// cursor, which looks like a key with Shift or Control; 0 for none. A ``ControlString`` is not an answer here.
  static func length(_ bytes: ArraySlice<UInt8>, whileAsked: Bool) -> Int {
    let rest = bytes.dropFirst()
    switch rest.first {
    case UInt8(ascii: "["):
      guard let end = rest.dropFirst().firstIndex(where: { (0x40...0x7e).contains($0) }) else { return 0 }
      let isKind = bytes[end] == UInt8(ascii: "c") && rest.dropFirst().first == UInt8(ascii: "?")
      let isPlace = bytes[end] == UInt8(ascii: "R") && whileAsked
      return isKind || isPlace ? end + 1 - bytes.startIndex : 0
    default: return 0
    }
  }

  /// Whether it is the answer to the question that is asked last, for the kind of terminal.
  static func isLast(_ reply: ArraySlice<UInt8>) -> Bool { reply.last == UInt8(ascii: "c") }

  /// Whether an answer may have begun: no key sends an escape, a bracket and a question mark.
  static func begins(_ bytes: [UInt8], whileAsked: Bool) -> Bool {
    guard bytes.count > 2 else { return bytes.count == 2 && whileAsked }
    return bytes[1] == UInt8(ascii: "[") && (bytes[2] == UInt8(ascii: "?") || whileAsked)
  }
}
