/// How many bytes one question to a file may bring up: a damaged tree can lead to the same pages for ever.
final class ReadAllowance {
  private var left: Int

  /// An allowance of this many bytes.
  init(bytes: Int) { left = bytes }

  /// Takes some of it; false where it is used up.
  func draw(_ count: Int) -> Bool {
    left -= count
    return left >= 0
  }
}
