/// Tells what is pasted from what is typed in the bytes that a terminal sends.
///
/// A sequence or a character of which only the beginning has come is kept until the rest comes.
package struct InputSplitter {
  /// A part of the input.
  package enum Part: Hashable, Sendable {
    /// What keys and the mouse send.
    case keys([UInt8])
    /// A text that was pasted.
    case paste(String)
    /// An answer of the terminal to a question.
    case reply([UInt8])
  }

  /// **Units**: bytes. Text pasted beyond this is dropped: it can only go into one line.
  package static let longestPaste = 1 << 16

  private static let escape: UInt8 = 0x1b
  private static let pasteBegins = Array("\u{1b}[200~".utf8)
  private static let pasteEnds = Array("\u{1b}[201~".utf8)
  /// No sequence is longer.
  private static let longestSequence = 32

  /// The text of a paste that has not ended; nil outside of one.
  private var pasted: [UInt8]?
  /// Whether the terminal has thrown away a part of that paste, and perhaps its end.
  private var isCut = false
  private var kept: [UInt8] = []
  /// Whether the terminal was asked and has not answered the last question: until then, what looks like an answer is
  /// not a key.
  package var awaitsReplies = false

  /// A splitter at the beginning of the input.
  package init() {}

  /// How long to wait for the rest of what has only begun; nil where nothing has.
  package var patience: Duration? {
    if pasted != nil { return isCut ? .milliseconds(100) : .seconds(2) }
    if isReplyKept { return .milliseconds(500) }
    return kept.isEmpty ? nil : .milliseconds(25)
  }

  /// What those bytes complete.
  package mutating func parts(_ bytes: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var rest = (kept + bytes)[...]
    kept = []
    while !rest.isEmpty {
      if let part = pasted == nil ? takeKeys(&rest) : takePaste(&rest) { parts += replies(in: part) }
    }
    return parts
  }

  /// The part, with the terminal's answers taken out of its keys.
  private mutating func replies(in part: Part) -> [Part] {
    guard case .keys(let bytes) = part, bytes.contains(Self.escape) else { return [part] }
    var parts: [Part] = []
    var keys: [UInt8] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: Self.escape) {
      keys += rest[..<start]
      rest = rest[start...]
      let count = TerminalReply.length(rest, whileAsked: awaitsReplies)
      guard count > 0 else {
        keys.append(Self.escape)
        rest = rest.dropFirst()
        continue
      }
      if !keys.isEmpty { parts.append(.keys(keys)) }
      keys = []
      parts.append(.reply(Array(rest.prefix(count))))
      if TerminalReply.isLast(rest.prefix(count)) { awaitsReplies = false }
      rest = rest.dropFirst(count)
    }
    keys += rest
    return parts + (keys.isEmpty ? [] : [.keys(keys)])
  }

  /// What has begun, taken as it is, because nothing more has come.
  package mutating func rest() -> Part? {
    defer { kept = [] }
    // The first half of an answer is not keys.
    if pasted == nil { return kept.isEmpty || isReplyKept ? nil : .keys(kept) }
    add(kept[...])
    return endPaste()
  }

  /// Whether what has begun is an answer of the terminal.
  private var isReplyKept: Bool { TerminalReply.begins(kept, whileAsked: awaitsReplies) }

  /// To be called when the terminal has thrown away what was not read yet, as it does on Control-C.
  package mutating func cut() {
    kept = []
    isCut = pasted != nil
  }

  private mutating func takeKeys(_ rest: inout ArraySlice<UInt8>) -> Part? {
    let keys: ArraySlice<UInt8>
    if let start = Self.index(of: Self.pasteBegins, in: rest) {
      keys = rest[..<start]
      rest = rest[(start + Self.pasteBegins.count)...]
      pasted = []
    } else {
      let end = startOfIncomplete(rest)
      keys = rest[..<end]
      kept = Array(rest[end...])
      rest = []
    }
    return keys.isEmpty ? nil : .keys(Array(keys))
  }

  private mutating func takePaste(_ rest: inout ArraySlice<UInt8>) -> Part? {
    if let end = Self.index(of: Self.pasteEnds, in: rest) {
      add(rest[..<end])
      rest = rest[(end + Self.pasteEnds.count)...]
      return endPaste()
    }
    // The sequence that ends it may have come in part.
    let count =
      (1..<Self.pasteEnds.count).last { rest.suffix($0).elementsEqual(Self.pasteEnds.prefix($0)) } ?? 0
    add(rest.dropLast(count))
    kept = Array(rest.suffix(count))
    rest = []
    return nil
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) {
    let room = Self.longestPaste - (pasted?.count ?? 0)
    pasted?.append(contentsOf: bytes.prefix(room))
  }

  private mutating func endPaste() -> Part? {
    defer { (pasted, isCut) = (nil, false) }
    guard let pasted, !isCut else { return nil }
    return .paste(String(decoding: pasted.map { $0 == 0x0d ? 0x0a : $0 }, as: UTF8.self))
  }

  private static func index(of sequence: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    while let start = rest.firstIndex(of: escape) {
      if bytes[start...].starts(with: sequence) { return start }
      rest = bytes[(start + 1)...]
    }
    return nil
  }

  /// Where a sequence or a character begins that the end of the bytes cuts off; their end where none does.
  private func startOfIncomplete(_ bytes: ArraySlice<UInt8>) -> Int {
    let last = bytes.suffix(Self.longestSequence)
    if let start = last.lastIndex(of: Self.escape), isIncomplete(sequence: bytes[(start + 1)...]) {
      // The escape may be the first half of another sequence's end.
      let command = bytes.suffix(2 * Self.longestSequence)[..<start].lastIndex(of: Self.escape)
      guard let command, isIncomplete(sequence: bytes[(command + 1)..<start]) else { return start }
      return command
    }
    let lead = bytes.suffix(4).lastIndex { $0 & 0xc0 != 0x80 }
    guard let lead, bytes.endIndex - lead < Self.count(lead: bytes[lead]) else { return bytes.endIndex }
    return lead
  }

  /// Whether more belongs to the sequence, whose escape has been left out.
  private func isIncomplete(sequence: ArraySlice<UInt8>) -> Bool {
    switch sequence.first {
    case nil: return true
    case UInt8(ascii: "O"): return sequence.count == 1
    // A command of the operating system ends with a bell or with an escape and a backslash.
    case UInt8(ascii: "]"): return TerminalReply.isIncompleteCommand(sequence, whileAsked: awaitsReplies)
    case UInt8(ascii: "["):
      let rest = sequence.dropFirst()
      // The mouse of old terminals: three bytes follow.
      if rest.first == UInt8(ascii: "M") { return rest.count < 4 }
      return !rest.contains { (0x40...0x7e).contains($0) }
    default: return false
    }
  }

  /// How many bytes a character has in UTF-8 that begins so.
  private static func count(lead: UInt8) -> Int {
    switch lead {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: 1
    }
  }
}
