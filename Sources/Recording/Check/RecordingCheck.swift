import Localization
import Trace

/// What is in a recording, and what is wrong with it.
package struct RecordingCheck: Sendable, Equatable {
  /// What one table takes.
  package struct Part: Sendable, Equatable {
    /// The table's name.
    package var name: String
    /// How many rows it has.
    package var rows: Int
    /// **Units**: bytes of the rows' contents, packed as they are in the file.
    package var byteCount: Int
  }

  /// **Units**: bytes. The file with its log.
  package var byteCount = 0
  /// The version of the format.
  package var format = 0
  /// The first version of the program that reads it.
  package var requires: String?
  /// Whether the run came to its end.
  package var isFinished = false
  /// Whether a process is writing the file now.
  package var isBeingWritten = false
  /// What a repair could not save, as it noted that itself; nil for a file that was never repaired.
  package var repaired: String?
  /// The steps from the first to the last that anything is known of; nil where there are none.
  package var steps: ClosedRange<Int>?
  /// How many steps have a row of their own.
  package var rows = 0
  /// How many of the rows have gradient norms.
  package var normRows = 0
  /// Steps of which nothing is known.
  package var gaps: [ClosedRange<Int>] = []
  /// The steps with a whole keyframe.
  package var keyframes: [Int] = []
  /// How many hashes there are.
  package var hashes = 0
  /// How many graphs there are.
  package var graphs = 0
  /// How many results of epochs there are.
  package var epochs = 0
  /// How many events there are of each kind.
  package var events: [RunEvent.Kind: Int] = [:]
  /// How many thumbnails there are.
  package var thumbnails = 0
  /// How many steps have thumbnails.
  package var thumbnailSteps = 0
  /// The steps that were recorded whole.
  package var wholeSteps: [Int] = []
  /// How many tensors these have.
  package var wholeTensors = 0
  /// How many of their tensors were left out.
  package var wholeTensorsLeftOut = 0
  /// What each table takes.
  package var parts: [Part] = []
  /// What is wrong, a sentence each.
  package var problems: [String] = []

  /// A check of nothing.
  init() {}

  /// Whether nothing is wrong.
  package var isSound: Bool { problems.isEmpty }

  /// The usual number of steps from one keyframe to the next; nil below two of them.
  package var keyframeSpacing: Int? {
    let gaps = zip(keyframes, keyframes.dropFirst()).map { $1 - $0 }.sorted()
    return gaps.isEmpty ? nil : gaps[gaps.count / 2]
  }
}

/// One thing that is wrong in a recording.
struct FoundDefect: Sendable, Equatable {
  /// Which rows have to go for the rest to be sound.
  enum Rows: Sendable, Equatable {
    /// None would help.
    case none
    /// A row by its number in a table.
    case row(table: String, Int64)
    /// A keyframe with all its arrays.
    case keyframe(step: Int64)
    /// A step that was recorded whole, with its tensors.
    case wholeStep(Int64)
    /// The batch of a keyframe that is whole without it.
    case batch(step: Int64)
  }

  var rows: Rows
  var place: String
  var expected: String
  var got: String

  /// The defect as a sentence.
  var sentence: String {
    localized("\(place.prefix(1).uppercased() + place.dropFirst()): expected \(expected), got \(got).")
  }
}
