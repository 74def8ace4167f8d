import Foundation
import Glibc
import Recording
import Synchronization
import Testing
import Trace

/// What goes wrong with a file is said in a sentence; training never hears of it, and what was recorded stays.
struct WriterFailureTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func anExistingFileIsOnlyReplacedWhenThatIsSaid() throws {
    let folder = try ScratchFolder()
    let path = folder.path()
    try Data("mine".utf8).write(to: URL(filePath: path))
    #expect(throws: RecordingError.exists(path: path)) { _ = try quietWriter(path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    #expect(folder.names == ["run.tapedeck"])
    let writer = try quietWriter(path, existing: .replace)
    writer.record(Sample.run(5))
    writer.finish()
    #expect(try RecordingReader(path: path).lastStep == 5)
  }

  @Test func aLogThatAnotherFileLeftIsNotTakenForItsOwn() throws {
    let folder = try ScratchFolder()
    let path = folder.path()
    let old = try quietWriter(path)
    old.record(Sample.run(40))
    old.flush()
    try FileManager.default.copyItem(atPath: path + "-wal", toPath: folder.path("saved"))
    old.finish()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: folder.path("saved"), toPath: path + "-wal")
    // It may be all that is left of a run: it goes only where that is said.
    #expect(throws: RecordingError.exists(path: path + "-wal")) { _ = try quietWriter(path) }
    #expect(folder.names == ["run.tapedeck-wal"])
    let writer = try quietWriter(path, existing: .replace)
    writer.record(Sample.run(5))
    writer.finish()
    #expect(try RecordingReader(path: path).lastStep == 5)
    #expect(folder.names == ["run.tapedeck"])
  }

  @Test func aFileInThePlaceOfTheLockIsNotWrittenOver() throws {
    let folder = try ScratchFolder()
    try Data("my notes".utf8).write(to: URL(filePath: folder.path() + "-lock"))
    #expect(throws: RecordingError.exists(path: folder.path() + "-lock")) {
      _ = try quietWriter(folder.path())
    }
    #expect(try String(contentsOfFile: folder.path() + "-lock", encoding: .utf8) == "my notes")
  }

  @Test func aFileThatAnotherProgramShortensEndsTheRecording() throws {
    for isMore in [false, true] {
      let folder = try ScratchFolder()
      let writer = try quietWriter(folder.path())
      writer.record(Sample.run(40))
      writer.flush()
      #expect(writer.status.problem == nil && !writer.status.hasFailed)
      #expect(truncate(folder.path(), 0) == 0)
      if isMore { writer.record([.scalars(Sample.scalars(41))]) }
      writer.finish()
      #expect(writer.status.problem == RecordingError.changed(path: folder.path()).description)
      #expect(writer.status.hasFailed)
    }
  }

  @Test func twoWritersCannotShareAFile() throws {
    let folder = try ScratchFolder()
    let first = try quietWriter(folder.path())
    for existing in [RecordingWriter.Existing.refuse, .replace, .resume] {
      #expect(throws: RecordingError.busy(path: folder.path(), process: Int(getpid()))) {
        _ = try quietWriter(folder.path(), existing: existing)
      }
    }
    first.record(Sample.run(5))
    first.finish()
    let second = try quietWriter(folder.path(), existing: .resume)
    second.finish()
    #expect(folder.names == ["run.tapedeck"])
  }

  @Test func placesWhereNothingCanBeWrittenAreNamed() throws {
    let folder = try ScratchFolder()
    let missing = folder.path("none/run.tapedeck")
    #expect(
      message { _ = try quietWriter(missing) }
        == "Cannot write \(missing): No such file or directory. Check that the folder exists, has room, and that "
        + "you may write there.")
    for existing in [RecordingWriter.Existing.refuse, .replace] {
      #expect(message { _ = try quietWriter(folder.url.path(), existing: existing) }.contains("Cannot write"))
      #expect(message { _ = try quietWriter("/dev/null", existing: existing) }.contains("not a regular file"))
      #expect(
        message { _ = try quietWriter("/proc/run.tapedeck", existing: existing) }.contains("Cannot write"))
    }
    #expect(message { _ = try quietWriter(missing, existing: .resume) }.contains("No such file"))
    #expect(FileManager.default.fileExists(atPath: "/dev/null"))
  }

  @Test func namesThatSQLiteWouldReadOtherwiseAreFiles() throws {
    let folder = try ScratchFolder()
    for name in ["file:a.tapedeck?mode=memory", ":memory:", "a%20b#c.tapedeck", "ü 雪.tapedeck"] {
      let path = folder.url.path(percentEncoded: false) + name
      let writer = try quietWriter(path)
      writer.record(Sample.run(5))
      writer.finish()
      #expect(try RecordingReader(path: path).lastStep == 5)
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test(arguments: [
    ("CREATE TRIGGER t AFTER INSERT ON scalars BEGIN DELETE FROM keyframes; END", ": it has a trigger, "),
    (
      """
      DROP TABLE hashes; CREATE VIEW hashes AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
      SELECT x AS iteration, x AS hash FROM n
      """, " is damaged at the table 'hashes': expected the columns of format 1, got no such table."
    ), ("DROP TABLE events", " is damaged at the table 'events'"),
    ("ALTER TABLE epochs ADD COLUMN more", ": it has a table 'epochs' that was not made by tapedeck, "),
  ]) func aFileThatIsMoreOrLessThanARecordingIsNotResumed(statement: String, reason: String) throws {
    let file = try DamagedFile()
    try file.execute(statement)
    let before = try file.bytes
    #expect(message { _ = try quietWriter(file.path, existing: .resume) }.contains(reason))
    #expect(try file.bytes == before)
    // More columns are no damage.
    #expect(try file.check.problems.isEmpty == statement.hasPrefix("ALTER"))
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [] && reader.keyframeSteps.count == 15)
  }

  @Test func aFileThatIsRemovedOrReplacedEndsTheRecording() throws {
    for isReplaced in [false, true] {
      let folder = try ScratchFolder()
      let writer = try quietWriter(folder.path())
      writer.record(Sample.run(5))
      writer.flush()
      #expect(writer.status.problem == nil)
      try FileManager.default.removeItem(atPath: folder.path())
      if isReplaced { try Data("mine".utf8).write(to: URL(filePath: folder.path())) }
      writer.record([.scalars(Sample.scalars(6))])
      writer.flush()
      #expect(writer.status.problem == RecordingError.removed(path: folder.path()).description)
      #expect(!writer.wantsKeyframe(at: 1_000, seconds: 1e9, minimumInterval: 0))
      writer.record([.scalars(Sample.scalars(7))])
      writer.finish()
      #expect(writer.status.problem == RecordingError.removed(path: folder.path()).description)
      if isReplaced { #expect(try String(contentsOfFile: folder.path(), encoding: .utf8) == "mine") }
    }
  }

  @Test func aFullDiskIsSaidAndWhatWasRecordedStays() async throws {
    let folder = try ScratchFolder()
    let path = folder.path()
    await #expect(processExitsWith: .success) { [path = path as String] in
      try WriterFailureTests.recordOnAFullDisk(path)
    }
    let reader = try RecordingReader(path: path)
    #expect(
      try reader.scalars(in: 1...500, limit: 500) == (Array(1...400) + [402]).map { Sample.scalars($0) })
    #expect(try reader.keyframe(atOrBefore: 500) == Sample.keyframe(81))
  }

  /// Records in a process of its own, in which files may not grow for a while: writing fails as on a full disk.
  private static func recordOnAFullDisk(_ path: String) throws {
    signal(SIGXFSZ, SIG_IGN)
    let writer = try quietWriter(path)
    writer.record(Sample.run(100))
    writer.flush()
    try #require(writer.status.problem == nil)
    var limit = rlimit(rlim_cur: 1 << 16, rlim_max: rlim_t.max)
    try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    for step in 101...400 { writer.record([.scalars(Sample.scalars(step))]) }
    writer.record([.keyframe(Sample.keyframe(401, width: 256))])
    writer.flush()
    let problem = try #require(writer.status.problem)
    try #require(problem.hasPrefix("Cannot write \(path): the disk"), "\(problem)")
    // Somebody makes room.
    limit.rlim_cur = rlim_t.max
    try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    writer.record([.scalars(Sample.scalars(402))])
    writer.flush()
    try #require(writer.status.problem == nil)
    writer.finish()
  }

  @Test func theStatusIsReportedWhenItChanges() throws {
    let folder = try ScratchFolder()
    let told = Mutex<[RecordingStatus]>([])
    var options = RecordingWriter.Options()
    options.writeDelay = nil
    let writer = try RecordingWriter(path: folder.path(), options: options) { status in
      told.withLock { $0.append(status) }
    }
    writer.record(Sample.run(50))
    writer.flush()
    writer.flush()
    #expect(told.withLock(\.count) == 1)
    try FileManager.default.removeItem(atPath: folder.path())
    writer.record([.scalars(Sample.scalars(51))])
    writer.flush()
    #expect(told.withLock { $0.map { $0.problem == nil } } == [true, false])
    #expect(told.withLock { $0.first?.byteCount ?? 0 } > 30_000)
  }

  @Test func recordsAreWrittenWithoutBeingTold() async throws {
    let folder = try ScratchFolder()
    let (changes, continuation) = AsyncStream<RecordingStatus>.makeStream()
    let writer = try RecordingWriter(path: folder.path()) { continuation.yield($0) }
    writer.record(Sample.run(5))
    for await _ in changes.prefix(1) {}
    #expect(try RecordingReader(path: folder.path()).lastStep == 5)
    writer.record([.scalars(Sample.scalars(6))])
    for await _ in changes.prefix(1) {}
    #expect(try RecordingReader(path: folder.path()).lastStep == 6)
    writer.finish()
  }
}
