import Trace

/// What is in a recording, and what is wrong with it.
public struct RecordingSurvey: Sendable, Equatable {
  /// What one table takes.
  public struct Part: Sendable, Equatable {
    public var name: String
    public var rows: Int
    /// **Units**: bytes of the rows' contents, packed as they stand in the file.
    public var byteCount: Int
  }

  /// **Units**: bytes. The file with its log.
  public var byteCount = 0
  /// The version of the format, and the first program that reads it.
  public var format = 0
  public var requires: String?
  /// Whether the run came to its end, and whether somebody writes the file now.
  public var isFinished = false
  public var isBeingWritten = false
  /// What a repair could not save, as it noted that itself; nil for a file that was never repaired.
  public var repaired: String?
  /// The iterations from the first to the last that anything is known of; nil where there are none.
  public var iterations: ClosedRange<Int>?
  /// How many iterations have a row of their own, and how many of these have gradient norms.
  public var rows = 0
  public var normRows = 0
  /// Iterations of which nothing is known.
  public var gaps: [ClosedRange<Int>] = []
  /// The iterations with a whole keyframe.
  public var keyframes: [Int] = []
  public var hashes = 0
  public var graphs = 0
  public var epochs = 0
  /// How many events there are of each kind.
  public var events: [RunEvent.Kind: Int] = [:]
  /// How many pictures there are, of how many iterations.
  public var thumbnails = 0
  public var thumbnailIterations = 0
  public var parts: [Part] = []
  /// What is wrong, a sentence each.
  public var problems: [String] = []

  /// A survey of nothing.
  init() {}

  /// Whether nothing is wrong.
  public var isSound: Bool { problems.isEmpty }

  /// The usual number of iterations from one keyframe to the next; nil below two of them.
  public var keyframeSpacing: Int? {
    let gaps = zip(keyframes, keyframes.dropFirst()).map { $1 - $0 }.sorted()
    return gaps.isEmpty ? nil : gaps[gaps.count / 2]
  }
}

/// One thing that is wrong in a recording.
struct Finding: Sendable, Equatable {
  /// Which rows have to go for the rest to be sound.
  enum Rows: Sendable, Equatable {
    /// None would help.
    case none
    /// A row by its number in a table.
    case row(table: String, Int64)
    /// A keyframe with all its arrays.
    case keyframe(iteration: Int64)
    /// The batch of a keyframe that is whole without it.
    case batch(iteration: Int64)
  }

  var rows: Rows
  var place: String
  var expected: String
  var got: String

  /// The finding as a sentence.
  var sentence: String {
    "\(place.prefix(1).uppercased() + place.dropFirst()): expected \(expected), got \(got)."
  }
}
