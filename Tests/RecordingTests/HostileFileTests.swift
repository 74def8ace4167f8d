import Arrays
import Foundation
import GRDB
import Recording
import Testing
import Trace

/// What a file claims is not believed, and what it packs is not unpacked, beyond what a file of its size can hold.
struct HostileFileTests {
  private func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  /// How many steps an export goes through, a chunk at a time.
  private func chunks(_ reader: RecordingReader) throws -> [ClosedRange<Int>] {
    var chunks: [ClosedRange<Int>] = []
    while let next = try reader.stepsWithNumbers(after: chunks.last?.upperBound ?? 0, limit: 100) {
      chunks.append(next)
    }
    return chunks
  }

  @Test func aBlockThatSaysItEndsLaterDoesNotMakeTheRunLonger() throws {
    let file = try DamagedFile()
    try file.execute("UPDATE scalars SET last = 4000000000")
    let reader = try RecordingReader(path: file.path)
    #expect(reader.lastStep == 296)
    #expect(try chunks(reader) == [1...4_000_000_000])
    #expect(try reader.scalars(in: 1...4_000_000_000, limit: 4_000_000_000).isEmpty)
    #expect(reader.defects.map(\.place) == ["scalars 1 to 4000000000"])
  }

  @Test func stepsWithoutNumbersAreNotGoneThrough() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record([.origin(Sample.origin())])
    for step in [1, 2, 4_000_000_000] { writer.record([.scalars(Sample.scalars(step))]) }
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    #expect(try chunks(reader) == [1...4_000_000_000])
    #expect(try reader.scalars(in: 1...4_000_000_000, limit: 100).map(\.step) == [1, 2, 4_000_000_000])
    #expect(try reader.scalars(in: 2...2, limit: 1).map(\.step) == [2])
    #expect(try reader.scalars(in: 3...3, limit: 1).isEmpty)
  }

  @Test func aHashFarOnInARunThatWasPlannedThatLongProvesNothing() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record([.origin(Sample.origin(epochs: 1_000, stepsPerEpoch: 10_000))])
    for step in 1...50 { writer.record([.scalars(Sample.scalars(step))]) }
    writer.finish()
    let queue = try DatabaseQueue(path: folder.path())
    try queue.write { try $0.execute(sql: "INSERT INTO hashes VALUES (2000000, 1)") }
    try queue.close()
    #expect(try RecordingReader(path: folder.path()).lastStep == 50)
  }

  @Test func aGraphThatUnpacksToMuchMoreThanTheFileIsRefused() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    var graph = Sample.graph()
    graph.nodes[0].name = String(repeating: "x", count: 8 << 20)
    writer.record([.origin(Sample.origin()), .graph(step: 1, graph), .scalars(Sample.scalars(1))])
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    #expect(message { try reader.graph(at: 1) }.contains("bytes of JSON in this file, got 8"))
    #expect(reader.check().problems.contains { "\($0)".contains("graph 1") })
  }

  @Test func anArrayThatUnpacksToMuchMoreThanTheFileIsRefused() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    var keyframe = Sample.keyframe(1)
    keyframe.parameters[0] = NamedArray(
      name: "fc1.weight",
      array: RawArray(
        checkedType: .uint8, shape: [40, 1 << 20], bytes: [UInt8](repeating: 0, count: 40 << 20)))
    writer.record([.origin(Sample.origin()), .keyframe(keyframe), .scalars(Sample.scalars(1))])
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    #expect(
      message { try reader.keyframe(at: 1) }.contains(
        "bytes in this file, got the shape [40,1048576]"))
  }

  @Test func aBlockOfManyNormsThatPacksToNothingIsRefused() throws {
    let file = try DamagedFile()
    try file.execute("UPDATE scalars SET parameters = 16777216")
    let reader = try RecordingReader(path: file.path)
    #expect(try reader.scalars(in: 1...300, limit: 300).map(\.gradientNorms.count).max() == 0)
    #expect(reader.check().problems.contains { "\($0)".contains("bytes in this block") })
  }

  @Test func rowsWithOtherNormsThanTheirBlockAreTakenIn() throws {
    let file = try DamagedFile()
    let writer = try quietWriter(file.path, existing: .resume)
    for (step, norms) in [(40, 1), (41, 5)] { writer.record([.scalars(Sample.scalars(step, norms: norms))]) }
    writer.finish()
    #expect(!writer.status.hasFailed)
    let reader = try RecordingReader(path: file.path)
    #expect(try reader.scalars(in: 39...42, limit: 4).map(\.gradientNorms.count) == [2, 2, 2, 2])
    #expect(reader.check().problems == [])
  }

  @Test func aFileWhoseRunNeverBeganSaysSo() throws {
    let folder = try ScratchFolder()
    try Data().write(to: URL(filePath: folder.path()))
    #expect(throws: RecordingError.empty(path: folder.path())) { try RecordingReader(path: folder.path()) }
    #expect(throws: RecordingError.empty(path: folder.path())) {
      try RecordingRepair(path: folder.path()).write(to: folder.path("saved"), replacing: false)
    }
    let path = folder.path("begun")
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 0; VACUUM") }
    try queue.close()
    #expect(throws: RecordingError.empty(path: path)) { try RecordingReader(path: path) }
  }
}
