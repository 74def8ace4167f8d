/// What changes when a recording is written: where it is the same as before, there is nothing new to read.
package struct RecordingStamp: Sendable, Equatable {
  private let file: RecordingFile.Mark
  private let log: RecordingFile.Mark?
  /// Whether a process is writing the recording.
  package let isBeingWritten: Bool

  /// **Units**: bytes. The size of the file with its log.
  package var byteCount: Int { file.size + (log?.size ?? 0) }

  /// The stamp of a file as it is now; nil where there is none.
  package init?(path: String) {
    guard let file = RecordingFile(path: path).mark else { return nil }
    self.file = file
    log = RecordingFile(path: path + "-wal").mark
    isBeingWritten = WriterLock.isHeld(recording: path)
  }
}
