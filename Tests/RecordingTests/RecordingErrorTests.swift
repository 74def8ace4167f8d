import Recording
import Testing

/// What a user reads when a recording cannot be written or read.
struct RecordingErrorTests {
  @Test func everyMessageSaysWhatIsWrongAndWhatToDo() {
    let messages: KeyValuePairs<RecordingError, String> = [
      .exists(path: "a.tapedeck"):
        "a.tapedeck already exists. Choose another name, or use --force to overwrite it.",
      .busy(path: "a.tapedeck", process: 12):
        "a.tapedeck is being written by another run (process 12). Wait until it ends, or choose another name.",
      .busy(path: "a.tapedeck", process: nil):
        "a.tapedeck is being written by another run. Wait until it ends, or choose another name.",
      .cannotWrite(path: "a.tapedeck", reason: "the disk is full"):
        "Cannot write a.tapedeck: the disk is full. Check that the folder exists, has room, and that you may "
        + "write there.",
      .removed(path: "a.tapedeck"):
        "a.tapedeck was removed or replaced while it was being recorded, so nothing more is recorded. "
        + "Begin another recording to continue.",
      .changed(path: "a.tapedeck"):
        "a.tapedeck was shortened or overwritten by another program while it was being recorded, so nothing more is "
        + "recorded. Begin another recording to continue.",
      .noRoom(path: "a.tapedeck", keyframeBytes: 50 << 20, budget: 64 << 20):
        "a.tapedeck keeps numbers but no state of the model: one takes 50.0 MB, and two must fit the budget of "
        + "64.0 MB. Record with a larger --record-budget.",
      .cannotRead(path: "a.tapedeck", reason: "No such file or directory"):
        "Cannot read a.tapedeck: No such file or directory. Check that the path is right and that you may read it.",
      .notARecording(path: "a.tapedeck", got: "an empty file"):
        "a.tapedeck is not a recording: expected a SQLite database that tapedeck wrote, got an empty file. "
        + "Name a file made with --record.",
      .empty(path: "a.tapedeck"):
        "a.tapedeck has nothing in it yet: its run has not begun, or was stopped before it did. Wait for its first "
        + "step, or record it again with --force.",
      .laterVersion(path: "a.tapedeck", version: 2, needs: "0.3.0"):
        "a.tapedeck was recorded by a later version: it has format 2, and this program reads up to 1. "
        + "Use tapedeck 0.3.0 or later.",
      .beyondRepair(path: "a.tapedeck", got: "a database without one"):
        "Nothing in a.tapedeck can be saved: expected rows of a recorded run, got a database without one. "
        + "Name a file that tapedeck recorded, or go back to a copy of it.",
      .damaged(
        RecordingDefect(path: "a.tapedeck", place: "keyframe 3", expected: "4 arrays", got: "3")):
        "a.tapedeck is damaged at keyframe 3: expected 4 arrays, got 3. See what is whole with 'tapedeck info', "
        + "and save it with 'tapedeck repair'.",
    ]
    for (error, message) in messages { #expect(error.description == message) }
  }
}
