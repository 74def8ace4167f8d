/// Why a recording cannot be written or read. What the user reads is in `description`.
package enum RecordingError: Error, Equatable, Sendable {
  /// There is a file already, and it may not be overwritten.
  case exists(path: String)
  /// Another process writes this file.
  case busy(path: String, process: Int?)
  /// The file cannot be created or written.
  case cannotWrite(path: String, reason: String)
  /// The file was removed or replaced while it was being written.
  case removed(path: String)
  /// Another program shortened the file or wrote over it while it was being written.
  case changed(path: String)
  /// The model's state is larger than the budget.
  case noRoom(path: String, keyframeBytes: Int, budget: Int)
  /// The system cannot open or read the file.
  case cannotRead(path: String, reason: String)
  /// The file is something else.
  case notARecording(path: String, got: String)
  /// Nothing was recorded into it: its run has not begun, or was killed before it began.
  case empty(path: String)
  /// A later version of the program wrote it.
  case laterVersion(path: String, version: Int, needs: String)
  /// Nothing of a run can be found in it.
  case beyondRepair(path: String, got: String)
  /// It can be read, but what it has besides rows could act on what is written into it.
  case unsafeToWrite(path: String, got: String)
  /// Something in it is not what it should be.
  case damaged(RecordingDefect)

  /// Whether trying again later is of no use.
  var isFinal: Bool {
    switch self {
    case .removed, .changed, .damaged, .notARecording, .laterVersion, .beyondRepair, .unsafeToWrite: true
    case .exists, .busy, .cannotWrite, .noRoom, .cannotRead, .empty: false
    }
  }
}

/// What is wrong in a recording, and where.
package struct RecordingDefect: Equatable, Sendable {
  /// The file's path.
  package var path: String
  /// The place in the file: `keyframe 120, parameter fc1.weight`.
  package var place: String
  /// What should be there.
  package var expected: String
  /// What is there.
  package var got: String

  /// A defect.
  package init(path: String, place: String, expected: String, got: String) {
    self.path = path
    self.place = place
    self.expected = expected
    self.got = got
  }
}
