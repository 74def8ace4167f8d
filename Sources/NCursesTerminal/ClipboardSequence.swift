/// What is sent to the terminal so that a text gets into its clipboard: OSC 52, wrapped for what is between.
package struct ClipboardSequence {
  private enum Way {
    case direct, tmux, screen
  }

  private let way: Way

  /// The sequences for a terminal with an environment, whose `TMUX`, `STY` and `TERM` are read.
  package init(environment: [String: String]) {
    let isScreen = environment["STY"] != nil || environment["TERM"]?.hasPrefix("screen") == true
    way = environment["TMUX"] != nil ? .tmux : isScreen ? .screen : .direct
  }

  /// **Units**: bytes. GNU screen takes no longer string at one go.
  private static let longestPart = 512

  /// The sequence that copies a text.
  package func copying(_ text: String) -> String {
    let sequence = "\u{1b}]52;c;\(Self.base64(Array(text.utf8)))\u{07}"
    switch way {
    case .direct: return sequence
    case .tmux:
      // tmux takes the first itself where `set-clipboard` is on, and hands on the second where `allow-passthrough` is.
      return sequence + "\u{1b}Ptmux;\u{1b}\(sequence)\u{1b}\\"
    case .screen:
      let characters = Array(sequence.unicodeScalars)
      let parts = stride(from: 0, to: characters.count, by: Self.longestPart).map { start in
        var part = String.UnicodeScalarView()
        part.append(contentsOf: characters[start..<min(start + Self.longestPart, characters.count)])
        return String(part)
      }
      return parts.map { "\u{1b}P\($0)\u{1b}\\" }.joined()
    }
  }

  /// Bytes in base 64, as RFC 4648 has it.
  package static func base64(_ bytes: [UInt8]) -> String {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let word = part.enumerated().reduce(UInt32(0)) {
        $0 | UInt32($1.element) << (16 - 8 * UInt32($1.offset))
      }
      for place in 0..<4 {
        text.append(
          place <= part.count ? signs[Int(word >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
