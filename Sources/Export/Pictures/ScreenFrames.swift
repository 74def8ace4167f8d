import TerminalUI

/// The screens of an animation and when each of them begins.
struct ScreenFrames {
  /// A screen.
  struct Frame {
    var screen: Buffer
    /// **Units**: seconds since the first screen.
    var seconds: Double
  }

  /// The most screens; of more, every second one is left out.
  private static let limit = 600
  /// **Units**: seconds that the last screen stays.
  private static let lastSeconds = 2.0

  /// The screens in order, no two in a row equal.
  private(set) var frames: [Frame] = []
  /// **Units**: seconds from the first screen to the end.
  private(set) var length = lastSeconds

  /// No screens.
  init() {}

  /// Adds a screen; one that equals the last takes no space.
  mutating func add(_ screen: Buffer, at seconds: Double) {
    guard seconds.isFinite, seconds >= frames.last?.seconds ?? 0 else { return }
    length = seconds + ScreenFrames.lastSeconds
    guard frames.last?.screen.cells != screen.cells else { return }
    if frames.count == ScreenFrames.limit { thin() }
    frames.append(Frame(screen: screen, seconds: seconds))
  }

  /// Leaves out every second screen, but not the first and the last.
  mutating func thin() {
    guard frames.count > 2 else { return }
    frames = frames.indices.filter { $0.isMultiple(of: 2) || $0 == frames.count - 1 }.map { frames[$0] }
  }

  /// Makes the animation take a number of seconds.
  mutating func stretch(to seconds: Double) {
    guard let last = frames.last?.seconds, last > 0, seconds > 0 else { return }
    for place in frames.indices { frames[place].seconds *= seconds / last }
    length = seconds + ScreenFrames.lastSeconds
  }

  /// The text of an animation made by `encode`, of as many screens as fit into a number of bytes.
  func encoded(within bytes: Int, _ encode: (ScreenFrames) -> String) -> String {
    var frames = self
    while true {
      let text = encode(frames)
      if text.utf8.count <= bytes || frames.frames.count <= ScreenFrames.fewest { return text }
      frames.thin()
    }
  }

  /// An animation of fewer screens is none.
  private static let fewest = 8
}
