/// How much one question to a file may bring up: a damaged tree can lead to the same pages for ever, and a few bytes can
/// unpack to more than the memory holds.
final class ReadAllowance {
  /// How much memory each byte of JSON takes while it is decoded, against a byte of an array.
  static let weightOfJSON = 6

  private var left: Int
  private let roomOfItem: Int
  private var work: Int
  /// **Units**: bytes that the item which is read may still unpack to.
  private(set) var room: Int
  /// **Units**: bytes that all items have unpacked to.
  private(set) var unpacked = 0

  /// An allowance.
  ///
  /// - Parameters:
  ///   - bytes: what may come from the file.
  ///   - room: what one item, a row or a keyframe, may unpack to.
  ///   - work: what all items together may unpack to.
  init(bytes: Int, room: Int, work: Int) {
    left = bytes
    (self.room, roomOfItem, self.work) = (room, room, work)
  }

  /// Takes bytes of the file; false where they are used up.
  func draw(_ count: Int) -> Bool {
    left -= count
    return left >= 0
  }

  /// Takes room for what is unpacked; false where there is too little, so that nothing may be allocated.
  func unpack(_ count: Int) -> Bool {
    guard count <= min(room, work) else { return false }
    room -= count
    work -= count
    unpacked += count
    return true
  }

  /// The next row or keyframe is read, and the one before it is no longer held.
  func beginItem() { room = roomOfItem }
}
