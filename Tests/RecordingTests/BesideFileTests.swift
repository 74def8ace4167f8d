import Glibc
import Recording
import Testing

/// What lies beside a recording under the names that SQLite uses is not waited for.
struct BesideFileTests {
  @Test(arguments: ["-wal", "-shm", "-journal"]) func aPipeBesideARecordingIsRefused(_ suffix: String) throws
  {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Sample.run(10))
    writer.finish()
    let pipe = folder.path() + suffix
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: RecordingError.cannotRead(path: pipe, reason: "it is not a regular file")) {
      _ = try RecordingReader(path: folder.path())
    }
  }
}
