/// Tells what is pasted in a terminal that does not mark it from what is typed: nobody types so much at once.
///
/// As keys, a pasted text would be carried out letter by letter.
package struct UnmarkedPaste {
  /// **Units**: bytes that come at one go. A key that is held down for half a minute sends fewer.
  package static let leastLength = 1_024
  /// What comes within this time belongs to the text.
  private static let pause = Duration.milliseconds(50)
  private static let escape: UInt8 = 0x1b

  private var ends: ContinuousClock.Instant?
  private var length = 0

  /// Before anything was pasted.
  package init() {}

  /// The bytes as keys or as a text; nil for what is longer than a paste may be.
  package mutating func part(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> InputSplitter.Part? {
    let isGoingOn = ends.map { now < $0 } ?? false
    guard isGoingOn || bytes.count >= Self.leastLength, !bytes.contains(Self.escape) else {
      ends = nil
      return .keys(bytes)
    }
    length = isGoingOn ? length : 0
    ends = now + Self.pause
    let room = InputSplitter.longestPaste - length
    length += bytes.count
    guard room > 0 else { return nil }
    let text = bytes.prefix(room).map { $0 == 0x0d ? 0x0a : $0 }
    return .paste(String(decoding: text, as: UTF8.self))
  }
}
