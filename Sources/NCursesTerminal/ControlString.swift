/// A control string, as a terminal sends it in answer: an escape, a byte that says which kind, text, and a terminator.
///
/// **Source**: ECMA-48, 5.6 and 8.3, for APC, DCS, OSC, PM and SOS, and for ST that ends them; xterm's control sequences
/// for the bell in its place.
enum ControlString {
  /// What bytes are that begin with an escape.
  enum Reading: Equatable {
    /// Keys, or another sequence.
    case none
    /// A string of so many bytes.
    case whole(Int)
    /// A string that another sequence or CAN cancels after so many bytes.
    case cancelled(Int)
    /// A string has begun and not ended, as far as can be told.
    case open
  }

  private static let bell: UInt8 = 0x07
  private static let cancel: UInt8 = 0x18
  private static let substitute: UInt8 = 0x1a
  private static let escape: UInt8 = 0x1b

  /// What bytes are that begin with an escape.
  static func reading(_ bytes: ArraySlice<UInt8>) -> Reading {
    let text = bytes.dropFirst(2)
    guard bytes.count >= 2, isOpener(bytes[bytes.startIndex + 1]) else { return .none }
    guard let first = text.first else { return .open }
    // Escape and a bracket may be typed; a number follows only in an answer.
    if bytes[bytes.startIndex + 1] == UInt8(ascii: "]"), !(0x30...0x39).contains(first) { return .none }
    switch end(in: text) {
    case .whole(let count): return .whole(count + 2)
    case .cancelled(let count): return isCertain(bytes) ? .cancelled(count + 2) : .none
    case let other: return other
    }
  }

  /// Where the text of a string ends; ``Reading/open`` where it goes on.
  static func end(in text: ArraySlice<UInt8>) -> Reading {
    for place in text.indices {
      let count = place - text.startIndex
      switch text[place] {
      case bell: return .whole(count + 1)
      case cancel, substitute: return .cancelled(count + 1)
      case escape:
        guard place + 1 < text.endIndex else { return .open }
        return text[place + 1] == UInt8(ascii: "\\") ? .whole(count + 2) : .cancelled(count)
      default: continue
      }
    }
    return .open
  }

  /// Whether bytes that begin with an escape are not keys although their end has not come: what follows Escape and a
  /// capital letter may be typed, but what follows in a terminal's answers is not.
  static func isCertain(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    let head = Array(bytes.prefix(3))
    guard head.count == 3 else { return false }
    switch head[1] {
    case UInt8(ascii: "]"): return (0x30...0x39).contains(head[2])
    case UInt8(ascii: "P"): return (0x20...0x3f).contains(head[2])
    case UInt8(ascii: "_"): return head[2] == UInt8(ascii: "G")
    default: return false
    }
  }

  /// Whether a byte behind an escape begins a string: OSC, DCS, APC, PM or SOS.
  private static func isOpener(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X")]
      .contains(byte)
  }
}
