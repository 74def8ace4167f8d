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
  /// **Units**: bytes of a control string that are kept; what is longer is not an answer to a question of this program.
  private static let longestString = 1 << 12
  /// **Units**: bytes of a control string beyond which its end is not waited for.
  private static let longestSkip = 1 << 20

  /// The text of a paste that has not ended; nil outside of one.
  private var pasted: [UInt8]?
  /// Whether the terminal has thrown away a part of that paste, and perhaps its end.
  private var isCut = false
  private var kept: [UInt8] = []
  /// How many bytes of a long control string were left out; nil outside of one.
  private var skipped: Int?
  /// Whether the terminal was asked and has not answered the last question: until then, what looks like an answer is
  /// not a key.
  package var awaitsReplies = false

  /// A splitter at the beginning of the input.
  package init() {}

  /// How long to wait for the rest of what has only begun; nil where nothing has.
  package var patience: Duration? {
    if skipped != nil { return .milliseconds(500) }
    if pasted != nil { return isCut ? .milliseconds(100) : .seconds(2) }
    if isReplyKept { return .milliseconds(500) }
    if isInString { return .milliseconds(100) }
    return kept.isEmpty ? nil : .milliseconds(25)
  }

  /// Whether a control string has begun, whose end may never come.
  package var isInString: Bool {
    skipped != nil || kept.count > 2 && ControlString.reading(kept[...]) == .open
  }

  /// What those bytes complete.
  package mutating func parts(_ bytes: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var rest = (kept + bytes)[...]
    kept = []
    while !rest.isEmpty {
      if skipped != nil {
        skip(&rest)
      } else if pasted != nil {
        if let part = takePaste(&rest) { parts.append(part) }
      } else {
        takeKeys(&rest, into: &parts)
      }
    }
    return parts
  }

  /// What has begun, taken as it is, because nothing more has come.
  package mutating func rest() -> Part? {
    defer { (kept, skipped) = ([], nil) }
    guard skipped == nil else { return nil }
    // The first half of an answer is not keys.
    if pasted == nil { return kept.isEmpty || isReplyKept ? nil : .keys(kept) }
    add(kept[...])
    return endPaste()
  }

  /// Whether what has begun is an answer of the terminal.
  private var isReplyKept: Bool {
    ControlString.isCertain(kept) || TerminalReply.begins(kept, whileAsked: awaitsReplies)
  }

  /// To be called when the terminal has thrown away what was not read yet, as it does on Control-C.
  package mutating func cut() {
    (kept, skipped) = ([], nil)
    isCut = pasted != nil
  }

  /// Takes keys and answers up to a paste, or to what is not whole.
  private mutating func takeKeys(_ rest: inout ArraySlice<UInt8>, into parts: inout [Part]) {
    var keys = rest
    var place = rest.startIndex
    func end(at start: Int) {
      if keys.startIndex < start { parts.append(.keys(Array(keys[..<start]))) }
    }
    while let start = rest[place...].firstIndex(of: Self.escape) {
      let tail = rest[start...]
      if tail.starts(with: Self.pasteBegins) {
        end(at: start)
        rest = tail.dropFirst(Self.pasteBegins.count)
        pasted = []
        return
      }
      var count = TerminalReply.length(tail, whileAsked: awaitsReplies)
      var isWhole = true
      switch ControlString.reading(tail) {
      case .none: break
      case .whole(let length): count = length
      case .cancelled(let length): (count, isWhole) = (length, false)
      case .open:
        end(at: start)
        hold(tail)
        rest = []
        return
      }
      place = start + max(1, count)
      guard count > 0 else { continue }
      end(at: start)
      keys = rest[place...]
      guard isWhole else { continue }
      parts.append(.reply(Array(tail.prefix(count))))
      if TerminalReply.isLast(tail.prefix(count)) { awaitsReplies = false }
    }
    let whole = startOfIncomplete(keys)
    end(at: whole)
    kept = Array(keys[whole...])
    rest = []
  }

  /// Keeps a control string until the rest comes, or leaves out one that is long.
  private mutating func hold(_ string: ArraySlice<UInt8>) {
    guard string.count > Self.longestString else {
      kept = Array(string)
      return
    }
    skipped = string.count
    // The terminator may have come in part.
    if string.last == Self.escape { kept = [Self.escape] }
  }

  /// Leaves out the rest of a long control string, up to its end.
  private mutating func skip(_ rest: inout ArraySlice<UInt8>) {
    switch ControlString.end(in: rest) {
    case .whole(let count), .cancelled(let count):
      rest = rest.dropFirst(count)
      skipped = nil
    case .none, .open:
      let count = (skipped ?? 0) + rest.count
      skipped = count > Self.longestSkip ? nil : count
      if skipped != nil, rest.last == Self.escape { kept = [Self.escape] }
      rest = []
    }
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
      return start
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
