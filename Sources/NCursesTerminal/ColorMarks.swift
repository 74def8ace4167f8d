import SystemCalls

/// Colours in what ncurses writes.
///
/// ncurses interprets the description of a sequence anew for each change of colour, and those of true colours are long: with
/// heat maps on a large screen, this was more than half of the cost of a frame. So ncurses writes a short mark with the
/// number of the pair of colours, and the terminal is sent their sequence in its place.
package struct ColorMarks {
  /// The colours of a pair: −1 is the terminal's default, 0 to 15 are its own, others are red, green and blue.
  package typealias Pair = (foreground: Int32, background: Int32)

  /// What the terminal's description says of a pair of colours, behind an escape character.
  static let description = "[38;9;%p1%dm"

  private static let start = [UInt8]("\u{1b}[38;9;".utf8)
  private static let end = UInt8(ascii: "m")

  private var result: [UInt8] = []
  /// The colours that the terminal writes with; nil where that is not known.
  private var shown: Pair?

  /// The bytes with the sequence of its colours in place of each mark.
  package static func replaced(in bytes: [UInt8], colors: (Int32) -> Pair) -> [UInt8] {
    var marks = ColorMarks()
    marks.result.reserveCapacity(bytes.count * 2)
    bytes.withUnsafeBufferPointer { marks.replace(in: $0, colors) }
    return marks.result
  }

  private mutating func replace(in bytes: UnsafeBufferPointer<UInt8>, _ colors: (Int32) -> Pair) {
    var rest = bytes[...]
    while let escape = ColorMarks.escape(in: rest) {
      result.append(contentsOf: rest[..<escape])
      rest = rest[escape...]
      if rest.starts(with: ColorMarks.start), let end = rest.firstIndex(of: ColorMarks.end) {
        let digits = rest[(escape + ColorMarks.start.count)..<end]
        change(to: colors(digits.reduce(0) { $0 &* 10 &+ Int32($1) &- 48 }))
        rest = rest[(end + 1)...]
      } else {
        let end = rest.dropFirst(2).firstIndex { (0x40...0x7e).contains($0) }
        if let end, rest[end] == ColorMarks.end { shown = nil }
        result.append(rest.removeFirst())
      }
    }
    result.append(contentsOf: rest)
  }

  private static func escape(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let start = bytes.base.baseAddress, !bytes.isEmpty,
      let found = memchr(start + bytes.startIndex, 0x1b, bytes.count)
    else { return nil }
    return found - UnsafeMutableRawPointer(mutating: start)
  }

  /// Appends the sequence for what differs from the colours before.
  private mutating func change(to pair: Pair) {
    let changesForeground = shown?.foreground != pair.foreground
    let changesBackground = shown?.background != pair.background
    shown = pair
    guard changesForeground || changesBackground else { return }
    result.append(0x1b)
    result.append(UInt8(ascii: "["))
    if changesForeground { append(pair.foreground, base: 30) }
    if changesForeground, changesBackground { result.append(UInt8(ascii: ";")) }
    if changesBackground { append(pair.background, base: 40) }
    result.append(ColorMarks.end)
  }

  /// Appends the parameters of a colour; those of foregrounds begin at 30, those of backgrounds at 40.
  private mutating func append(_ color: Int32, base: Int32) {
    switch color {
    case ..<0: append(base + 9)
    case 0..<8: append(base + color)
    case 8..<16: append(base + 52 + color)
    default:
      append(base + 8)
      for part in [2, color >> 16 & 255, color >> 8 & 255, color & 255] {
        result.append(UInt8(ascii: ";"))
        append(part)
      }
    }
  }

  /// Appends a number below 1000 in decimal digits.
  private mutating func append(_ number: Int32) {
    if number >= 100 { result.append(UInt8(48 + number / 100)) }
    if number >= 10 { result.append(UInt8(48 + number / 10 % 10)) }
    result.append(UInt8(48 + number % 10))
  }
}
