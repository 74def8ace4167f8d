import Recording
import Synchronization
import Testing

/// Long work of the writer is announced where it is caused, so that training can leave it a core.
struct WriterWorkTests {
  private func announcements(of records: (RecordingWriter) -> Void) throws -> [Bool] {
    let folder = try ScratchFolder()
    let told = Told()
    var options = RecordingWriter.Options()
    options.isAtWork = { told.add($0) }
    let writer = try RecordingWriter(path: folder.path(), options: options)
    records(writer)
    // The queue is a serial one: what came before is done.
    writer.flush()
    return told.values
  }

  @Test func aKeyframeIsAnnouncedAndItsEndToo() throws {
    #expect(try announcements { $0.record([.keyframe(Sample.keyframe(1))]) } == [true, false])
  }

  @Test func numbersAreWrittenWithoutAWord() throws {
    #expect(try announcements { $0.record([.scalars(Sample.scalars(1))]) } == [])
  }
}

private final class Told: Sendable {
  private let told = Mutex<[Bool]>([])

  func add(_ isAtWork: Bool) { told.withLock { $0.append(isAtWork) } }
  var values: [Bool] { told.withLock { $0 } }
}
