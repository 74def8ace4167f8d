/// The answers of a terminal to questions, as bytes.
enum TerminalReply {
  /// How many bytes at the beginning are an answer: the answer for a colour, or for the kind of terminal, and
  /// `whileAsked` that for the place of the cursor, which looks like a key with Shift or Control; 0 for none.
  static func length(_ bytes: ArraySlice<UInt8>, whileAsked: Bool) -> Int {
    let rest = bytes.dropFirst()
    switch rest.first {
    case UInt8(ascii: "]"):
      // Escape and a bracket may be typed; a number follows only in an answer.
      guard let digit = rest.dropFirst().first, (0x30...0x39).contains(digit) else { return 0 }
      return end(ofCommand: rest).map { $0 - bytes.startIndex } ?? 0
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

  /// Whether a command of the operating system, without its escape, has not ended.
  static func isIncompleteCommand(_ sequence: ArraySlice<UInt8>, whileAsked: Bool) -> Bool {
    guard let digit = sequence.dropFirst().first else { return whileAsked }
    return (0x30...0x39).contains(digit) && end(ofCommand: sequence) == nil
  }

  /// Whether an answer may have begun: no key sends an escape, a bracket and a question mark, nor a number behind an
  /// escape and a closing bracket.
  static func begins(_ bytes: [UInt8], whileAsked: Bool) -> Bool {
    guard bytes.count > 2 else { return bytes.count == 2 && whileAsked }
    return bytes[1] == UInt8(ascii: "]") && (0x30...0x39).contains(bytes[2])
      || bytes[1] == UInt8(ascii: "[") && (bytes[2] == UInt8(ascii: "?") || whileAsked)
  }

  /// The place after a bell, or after an escape and a backslash.
  private static func end(ofCommand bytes: ArraySlice<UInt8>) -> Int? {
    for place in bytes.indices {
      if bytes[place] == 0x07 { return place + 1 }
      if bytes[place] == 0x1b { return place + 1 < bytes.endIndex ? place + 2 : nil }
    }
    return nil
  }
}
