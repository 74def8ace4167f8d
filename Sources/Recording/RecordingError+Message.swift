import Localization

extension RecordingError: CustomStringConvertible {
  /// What happened, where, what was expected, what was found, and what to do.
  package var description: String {
    switch self {
    case .exists(let path):
      localized("\(path) already exists. Choose another name, or use --force to overwrite it.")
    case .busy(let path, let process):
      process.map {
        localized(
          "\(path) is being written by another run (process \($0)). Wait until it ends, or choose another name."
        )
      } ?? localized("\(path) is being written by another run. Wait until it ends, or choose another name.")
    case .cannotWrite(let path, let reason):
      localized(
        "Cannot write \(path): \(reason). Check that the folder exists, has room, and that you may write there."
      )
    case .removed(let path):
      localized(
        """
        \(path) was removed or replaced while it was being recorded, so nothing more is recorded. Begin another \
        recording to continue.
        """)
    case .changed(let path):
      localized(
        """
        \(path) was shortened or overwritten by another program while it was being recorded, so nothing more is recorded. \
        Begin another recording to continue.
        """)
    case .noRoom(let path, let keyframeBytes, let budget):
      localized(
        """
        \(path) keeps numbers but no state of the model: one takes \(megabytes(keyframeBytes)), and two must fit \
        the budget of \(megabytes(budget)). Record with a larger --record-budget.
        """)
    case .cannotRead(let path, let reason):
      localized("Cannot read \(path): \(reason). Check that the path is right and that you may read it.")
    case .notARecording(let path, let got):
      localized(
        """
        \(path) is not a recording: expected a SQLite database that tapedeck wrote, got \(got). Name a file made \
        with --record.
        """)
    case .empty(let path):
      localized(
        """
        \(path) has nothing in it yet: its run has not begun, or was stopped before it did. Wait for its first \
        step, or record it again with --force.
        """)
    case .laterVersion(let path, let version, let needs):
      localized(
        """
        \(path) was recorded by a later version: it has format \(version), and this program reads up to \
        \(RecordingFormat.version). Use tapedeck \(needs) or later.
        """)
    case .beyondRepair(let path, let got):
      localized(
        """
        Nothing in \(path) can be saved: expected rows of a recorded run, got \(got). Name a file that tapedeck \
        recorded, or go back to a copy of it.
        """)
    case .unsafeToWrite(let path, let got):
      localized(
        """
        \(path) can be read, but not resumed: it has \(got), which could act on the rows that are written. \
        'tapedeck repair' writes a copy that can be resumed.
        """)
    case .damaged(let defect):
      localized("\(defect). See what is whole with 'tapedeck info', and save it with 'tapedeck repair'.")
    }
  }
}

extension RecordingDefect: CustomStringConvertible {
  /// The defect as a clause without a full stop.
  package var description: String {
    localized("\(path) is damaged at \(place): expected \(expected), got \(got)")
  }
}

private func megabytes(_ bytes: Int) -> String {
  if bytes < 1 << 20 { return "\((bytes + 1_023) / 1_024) kB" }
  let tenths = Int((Double(bytes) / 1_048_576 * 10).rounded())
  return "\(tenths / 10).\(tenths % 10) MB"
}
