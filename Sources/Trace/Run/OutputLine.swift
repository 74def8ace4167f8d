/// A line that a script of another program has written.
package struct OutputLine: Sendable, Equatable, Codable {
  /// Where it was written.
  package enum Stream: String, Sendable, Equatable, Codable {
    /// Standard output.
    case output
    /// Standard error.
    case error
  }

  /// Where it was written.
  package var stream: Stream
  /// The step in which it was written; 0 before the first.
  package var step: Int
  /// **Units**: seconds from the script's start to when it was written; nil where that is not known.
  package var seconds: Double?
  /// The text without control characters.
  package var text: String
  /// Whether it takes the place of the last line of its stream: of a line that was not complete, as of a progress bar.
  package var replacesLast: Bool
  /// Which of several processes wrote it; nil where there is one.
  package var rank: Int?

  /// A line.
  package init(
    _ stream: Stream, step: Int, seconds: Double? = nil, _ text: String, replacesLast: Bool = false
  ) {
    self.stream = stream
    self.step = step
    self.seconds = seconds
    self.text = text
    self.replacesLast = replacesLast
  }
}

extension RunUpdate {
  /// The most lines of output that wait for a screen that does not take them.
  package static let mostOutput = 10_000
}

extension [OutputLine] {
  /// Adds a line, or puts it in the place of the one that it replaces.
  package mutating func add(_ line: OutputLine) {
    if line.replacesLast,
      let place = lastIndex(where: { $0.stream == line.stream && $0.rank == line.rank })
    {
      // What replaced an older line still does.
      let replaced = self[place].replacesLast
      self[place] = line
      self[place].replacesLast = replaced
    } else {
      append(line)
    }
  }
}
