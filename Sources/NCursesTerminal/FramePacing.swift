/// When a terminal is ready for another frame.
///
/// A terminal that is reached over a network takes frames faster than it shows them: what is on its way to it may be
/// seconds old. So it is asked a question behind each frame, and gets the next ones only after its answer.
package struct FramePacing {
  /// Whether the terminal is asked behind each frame.
  package let asks: Bool
  /// How long the last frame took to be shown, beyond the way there and back.
  package private(set) var frameTime = Duration.zero
  /// When the frames were sent that have not been answered.
  private var sent: [ContinuousClock.Instant] = []
  /// The least time that an answer took: the way there and back.
  private var least: Duration?

  /// A terminal that has shown nothing yet.
  package init(asks: Bool) { self.asks = asks }

  /// An answer that takes longer than this is not waited for.
  private static let patience = Duration.seconds(2)
  /// A frame that takes longer than this fills the line.
  private static let slow = Duration.milliseconds(40)
  /// The most frames on their way where the line is not full.
  private static let most = 3

  /// Whether the terminal is to get another frame now.
  package func isOpen(at now: ContinuousClock.Instant) -> Bool {
    guard asks, let deadline, now < deadline else { return true }
    return sent.count < (frameTime > Self.slow ? 1 : Self.most)
  }

  /// Whether the terminal has a question to answer.
  package var isAsking: Bool { asks && !sent.isEmpty }

  /// When the terminal gets another frame even without an answer; nil where it owes none.
  package var deadline: ContinuousClock.Instant? { sent.first.map { $0 + Self.patience } }

  /// A frame has been sent.
  package mutating func send(at now: ContinuousClock.Instant) {
    sent.removeAll { $0 + Self.patience <= now }
    sent.append(now)
  }

  /// The terminal has taken all of the last frame.
  package mutating func taken(at now: ContinuousClock.Instant) {
    guard !asks, let begun = sent.last else { return }
    frameTime = now - begun
    sent = []
  }

  /// The terminal has answered the oldest question.
  package mutating func answer(at now: ContinuousClock.Instant) {
    guard asks, !sent.isEmpty else { return }
    let time = now - sent.removeFirst()
    let least = min(time, least ?? time)
    self.least = least
    frameTime = time - least
  }
}
