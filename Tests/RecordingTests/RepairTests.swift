import Foundation
import Recording
import Testing
import Trace

/// What a damaged recording still has is saved, and what it has not is said.
struct RepairTests {
  private func rows(_ reader: RecordingReader) throws -> [StepScalars] {
    try reader.scalars(in: 1...10_000, limit: 10_000)
  }

  @Test func aSoundRecordingComesOutAsItWas() throws {
    let file = try DamagedFile()
    let before = try file.bytes
    let (report, reader) = try file.repair()
    #expect(report.losses == [] && report.kept.problems == [])
    let original = try RecordingReader(path: file.path)
    #expect(try rows(reader) == rows(original))
    for step in original.keyframeSteps {
      #expect(try reader.keyframe(at: step) == original.keyframe(at: step))
    }
    #expect(try reader.hashes().map(\.hash) == original.hashes().map(\.hash))
    #expect(try reader.events() == original.events() && reader.epochs() == original.epochs())
    #expect(try reader.graph(at: 5) == original.graph(at: 5) && reader.origin == original.origin)
    #expect(reader.isFinished && report.kept.thumbnails == 36)
    #expect(try file.bytes == before)
    #expect(file.folder.names == ["run.tapedeck", "saved.tapedeck"])
  }

  @Test(arguments: 1...9) func ofATruncatedFileEveryWholePageIsSaved(tenths: Int) throws {
    let file = try DamagedFile()
    let bytes = try file.bytes
    try file.write(Array(bytes.prefix(bytes.count * tenths / 10)))
    #expect(throws: RecordingError.self) { _ = try RecordingReader(path: file.path) }
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [] && !report.losses.isEmpty)
    for step in reader.keyframeSteps {
      let frame = try #require(try reader.keyframe(at: step))
      var expected = Sample.keyframe(step)
      // The batch may be lost where the state is not.
      if frame.batch == nil { expected.batch = nil }
      #expect(frame == expected)
    }
    for row in try rows(reader) { #expect(row == Sample.scalars(row.step)) }
    if tenths >= 5 { #expect(reader.keyframeSteps.count >= 15 * tenths / 10 - 3) }
  }

  @Test(arguments: ["scalars", "keyframes", "arrays", "hashes", "graphs", "thumbnails"])
  func aTableWithoutItsFirstPageKeepsTheRowsOfItsOthers(table: String) throws {
    let file = try DamagedFile(3_000)
    let pages = try file.check.keyframes.count
    try file.overwrite(page: file.root(of: table))
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [])
    #expect(!report.losses.isEmpty)
    #expect(pages == 150)
    switch table {
    case "arrays": #expect(reader.keyframeSteps.count >= 100)
    default: #expect(try rows(reader).count == 3_000)
    }
  }

  @Test func aFileWithoutItsHeadIsSavedByWhatItsRowsLookLike() throws {
    let file = try DamagedFile()
    try file.overwrite(page: 1)
    #expect(throws: RecordingError.self) { _ = try RecordingReader(path: file.path) }
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [])
    #expect(reader.origin == Sample.origin())
    #expect(try rows(reader) == (1...300).map { Sample.scalars($0) })
    #expect(reader.keyframeSteps.count == 15 && report.kept.hashes == 45)
    #expect(try reader.graph(at: 9) == Sample.graph() && reader.events().count == 1)
  }

  @Test func brokenRowsAreLeftOutAndSaid() throws {
    let file = try DamagedFile()
    try file.execute(
      "UPDATE arrays SET crc32 = 5 WHERE iteration = 41 AND role = 'parameter' AND place = 0",
      "DELETE FROM arrays WHERE iteration = 61 AND role = 'optimizer'",
      "UPDATE arrays SET dtype = 'float99' WHERE iteration = 81 AND role = 'inputs'",
      "UPDATE hashes SET hash = 1 WHERE iteration = 101", "UPDATE epochs SET loss = 'x'")
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [])
    #expect(reader.keyframeSteps == [1, 21] + Array(stride(from: 81, through: 300, by: 20)))
    var frame = Sample.keyframe(81)
    frame.batch = nil
    #expect(try reader.keyframe(at: 81) == frame)
    #expect(try reader.hash(at: 101) == nil && reader.epochs().isEmpty)
    #expect(report.losses.count == 5)
    #expect(
      report.losses.contains { $0.hasPrefix("Keyframe 41, parameter fc1.weight: expected the checksum 5") })
    #expect(reader.check().repaired == report.losses.joined(separator: "\n"))
  }

  @Test func keyframesWhoseRowsAreLostAreProvedByTheirHashes() throws {
    let file = try DamagedFile()
    try file.execute(
      "DELETE FROM keyframes WHERE iteration < 100",
      "DELETE FROM arrays WHERE iteration = 21 AND role = 'optimizer'",
      "DELETE FROM arrays WHERE iteration = 41 AND role = 'inputs'", "DELETE FROM hashes WHERE iteration = 61"
    )
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [])
    #expect(reader.keyframeSteps == [1, 41, 81] + Array(stride(from: 101, through: 300, by: 20)))
    let frame = try #require(try reader.keyframe(at: 81))
    let expected = Sample.keyframe(81)
    #expect(frame.parameters == expected.parameters && frame.optimizer == expected.optimizer)
    #expect(frame.hash == expected.hash && frame.batch == expected.batch && frame.settings.isEmpty)
    #expect(try reader.keyframe(at: 41)?.batch == nil)
    #expect(
      report.losses.first
        == "The settings of 3 keyframes are lost; the initial ones take their place.")
  }

  @Test func aBlockOfNumbersThatIsBrokenIsAGapThatIsSaid() throws {
    let file = try DamagedFile(3_000)
    try file.execute("UPDATE scalars SET loss = zeroblob(20) WHERE first = 1025")
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [] && report.kept.gaps == [1_025...2_048])
    #expect(report.losses.last == "The numbers of steps 1025 to 2048 are lost.")
    #expect(try rows(reader).count == 3_000 - 1_024)
    let writer = try quietWriter(file.folder.path("saved.tapedeck"), existing: .resume)
    writer.record([.scalars(Sample.scalars(3_001))])
    writer.finish()
    #expect(try rows(RecordingReader(path: file.folder.path("saved.tapedeck"))).last == Sample.scalars(3_001))
  }

  @Test func theLogOfAKilledWriterIsBroughtIn() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path("live"))
    writer.record(Sample.run(100))
    writer.flush()
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.path("live") + suffix, toPath: folder.path() + suffix)
    }
    writer.finish()
    // The end of the log is torn, as a page that was being written is.
    let log = URL(filePath: folder.path() + "-wal")
    try (try Data(contentsOf: log).dropLast(100)).write(to: log)
    let whole = try rows(RecordingReader(path: folder.path()))
    try FileManager.default.removeItem(atPath: folder.path() + "-shm")
    try (try Data(contentsOf: log)).write(to: log)
    let output = folder.path("saved.tapedeck")
    let report = try RecordingRepair(path: folder.path()).write(to: output, replacing: false)
    #expect(report.kept.problems == [])
    #expect(try rows(RecordingReader(path: output)) == whole)
    #expect(!FileManager.default.fileExists(atPath: output + "-wal"))
  }

  @Test func aRunWhoseOriginIsLostKeepsItsNumbers() throws {
    let file = try DamagedFile()
    try file.execute("UPDATE about SET value = 'x' WHERE name = 'origin'")
    let (report, reader) = try file.repair()
    #expect(
      report.losses == ["What was run is lost: its settings and its data, so that no step can be run again."])
    #expect(
      reader.origin.settings == nil && reader.origin.description.parameterNames == ["fc1.weight", "fc1.bias"])
    #expect(try rows(reader).count == 300)
  }

  @Test func whatTheRunGaveUpDoesNotComeBack() throws {
    let file = try DamagedFile(600)
    let writer = try quietWriter(file.path, existing: .resume)
    writer.record([.fork(Position(step: 100, phase: .update, node: 0)), .scalars(Sample.scalars(100))])
    writer.finish()
    // Rows that no tree leads to are looked for, so the pages of the other future must not be.
    try file.overwrite(page: file.root(of: "thumbnails"))
    let (report, reader) = try file.repair()
    #expect(report.kept.problems == [] && report.losses.count == 1)
    #expect(reader.lastStep == 100 && reader.keyframeSteps == [1, 21, 41, 61, 81])
  }

  @Test func nothingIsOverwrittenUnlessThatIsSaid() throws {
    let file = try DamagedFile()
    let repair = RecordingRepair(path: file.path)
    #expect(throws: RecordingError.exists(path: file.path)) {
      _ = try repair.write(to: file.path, replacing: false)
    }
    #expect(file.folder.names == ["run.tapedeck"])
    let bytes = try file.bytes
    try file.write(Array(bytes.prefix(bytes.count - 40_000)))
    let report = try repair.write(to: file.path, replacing: true)
    #expect(report.kept.problems == [] && file.folder.names == ["run.tapedeck"])
    #expect(try RecordingReader(path: file.path).check().problems == [])
  }

  @Test func aRepairInPlaceLeavesNothingBesideAndTakesNoFileOfAnother() throws {
    let file = try DamagedFile()
    let part = URL(filePath: file.path + ".part")
    try Data("mine".utf8).write(to: part)
    try Data("no log".utf8).write(to: URL(filePath: file.path + "-wal"))
    let bytes = try file.bytes
    try file.write(Array(bytes.prefix(bytes.count - 40_000)))
    _ = try RecordingRepair(path: file.path).write(to: file.path, replacing: true)
    #expect(file.folder.names == ["run.tapedeck", "run.tapedeck.part"])
    #expect(try Data(contentsOf: part) == Data("mine".utf8))
    #expect(try file.check.problems == [])
  }

  @Test func aRepairThatCannotTakeItsPlaceLeavesAllAsItWas() throws {
    let file = try DamagedFile()
    let folder = file.folder.path("saved.tapedeck")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(throws: RecordingError.cannotWrite(path: folder, reason: "it is a folder")) {
      _ = try RecordingRepair(path: file.path).write(to: folder, replacing: true)
    }
    #expect(file.folder.names == ["run.tapedeck", "saved.tapedeck"])
  }

  @Test func rowsThatBreakARuleOfTheirTableAreCounted() throws {
    let file = try DamagedFile()
    try file.execute(
      "DROP TABLE epochs",
      """
      CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, iteration, loss, validation_loss, train_accuracy,
      validation_accuracy, seconds)
      """,
      "INSERT INTO epochs VALUES (1, 100, 0.5, 0.4, 0.9, 0.8, 2), (2, NULL, 0.5, 0.4, 0.9, 0.8, 2)")
    let (report, reader) = try file.repair()
    #expect(report.losses.count == 1)
    #expect(report.losses.first?.hasPrefix("1 row of 'epochs' cannot be kept: ") == true)
    #expect(try reader.epochs().map(\.epoch) == [1])
  }

  @Test func aFileThatIsBeingWrittenIsNotRepaired() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Sample.run(5))
    writer.flush()
    #expect(throws: RecordingError.busy(path: folder.path(), process: nil)) {
      _ = try RecordingRepair(path: folder.path()).write(to: folder.path("saved"), replacing: false)
    }
    writer.finish()
  }

  @Test func otherFilesHaveNothingToSave() throws {
    let folder = try ScratchFolder()
    for bytes in [Data("mine".utf8), Data(repeating: 13, count: 20_000), Data(repeating: 0, count: 4_096)] {
      try bytes.write(to: URL(filePath: folder.path()))
      #expect(throws: RecordingError.self) {
        _ = try RecordingRepair(path: folder.path()).write(to: folder.path("saved"), replacing: false)
      }
      #expect(folder.names == ["run.tapedeck"])
    }
  }
}
