/// True colours in what ncurses writes.
///
/// ncurses interprets the description of a colour's sequence anew for each change, and that of a true colour is long: with
/// heat maps on a large screen, this was more than half of the cost of a frame. So ncurses writes a short mark with the
/// number of the colour, and the terminal is sent the sequence in its place.
package enum ColorMarks {
  /// What the terminal's description says of a foreground, behind an escape character.
  static let foreground = "[38;9;%p1%dm"
  /// What the terminal's description says of a background, behind an escape character.
  static let background = "[48;9;%p1%dm"

  private static let escape = UInt8(ascii: "\u{1b}")
  private static let end = UInt8(ascii: "m")
  private static let separator = UInt8(ascii: ";")

  /// The bytes with the sequence of each colour in place of its mark: marks that follow each other become one sequence.
  package static func replaced(in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 3 / 2)
    var place = 0
    // Where the sequence of a colour ended last.
    var lastEnd = -1
    while place < bytes.count {
      guard bytes[place] == escape, let mark = mark(bytes, at: place) else {
        result.append(bytes[place])
        place += 1
        continue
      }
      if place == lastEnd {
        result[result.count - 1] = separator
      } else {
        result += [escape, UInt8(ascii: "[")]
      }
      append(mark.number, isBackground: mark.isBackground, to: &result)
      result.append(end)
      place = mark.end
      lastEnd = place
    }
    return result
  }

  /// The mark at an escape character; nil where another sequence begins.
  private static func mark(_ bytes: [UInt8], at start: Int) -> (number: Int, isBackground: Bool, end: Int)? {
    guard start + 7 < bytes.count, bytes[start + 1] == UInt8(ascii: "["),
      bytes[start + 3] == UInt8(ascii: "8"),
      bytes[start + 4] == separator, bytes[start + 5] == UInt8(ascii: "9"), bytes[start + 6] == separator,
      bytes[start + 2] == UInt8(ascii: "3") || bytes[start + 2] == UInt8(ascii: "4")
    else { return nil }
    var number = 0
    var place = start + 7
    while place < bytes.count, bytes[place] != end {
      number = number &* 10 &+ Int(bytes[place]) &- 48
      place += 1
    }
    return (number, bytes[start + 2] == UInt8(ascii: "4"), place + 1)
  }

  /// Appends the parameters of a colour: 0 to 15 are the terminal's own, the others are red, green and blue.
  private static func append(_ number: Int, isBackground: Bool, to bytes: inout [UInt8]) {
    guard number >= 16 else {
      append(number + (number < 8 ? 30 : 82) + (isBackground ? 10 : 0), to: &bytes)
      return
    }
    append(isBackground ? 48 : 38, to: &bytes)
    for part in [2, number >> 16 & 255, number >> 8 & 255, number & 255] {
      bytes.append(separator)
      append(part, to: &bytes)
    }
  }

  /// Appends a number below 1000 in decimal digits.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    if number >= 100 { bytes.append(UInt8(48 + number / 100)) }
    if number >= 10 { bytes.append(UInt8(48 + number / 10 % 10)) }
    bytes.append(UInt8(48 + number % 10))
  }
}
