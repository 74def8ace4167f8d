/// What the probe was asked and has not answered.
struct ProbeQuestions: Sendable {
  /// Whether the probe takes commands.
  var isConnected = false
  /// Whether a moment was asked for and has not come.
  var isMomentAsked = false
  /// The questions about something other than the shown moment.
  var asides: Set<Int> = []
  private(set) var lastID = 0

  /// The number of a new question.
  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }
}
