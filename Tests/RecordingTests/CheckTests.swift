import Recording
import Testing
import Trace

/// A check tells what is in a recording and what is wrong with it.
struct CheckTests {
  @Test func aSoundRecordingIsToldToBeSound() throws {
    let file = try DamagedFile()
    let check = try file.check
    #expect(check.problems == [])
    #expect(check.steps == 1...300 && check.rows == 300 && check.normRows == 300)
    #expect(check.keyframes == Array(stride(from: 1, through: 300, by: 20)))
    #expect(check.keyframeSpacing == 20)
    #expect(check.gaps == [] && check.isFinished && !check.isBeingWritten)
    #expect(check.hashes == Set((1...300).filter { $0 % 8 == 1 || $0 % 20 == 1 }).count)
    #expect(check.events == [.note: 1] && check.epochs == 1 && check.graphs == 1)
    #expect(check.thumbnails == 36 && check.thumbnailSteps == 12)
    #expect(check.format == 1 && check.requires == "0.1.0" && check.repaired == nil)
    #expect(check.byteCount == (try file.bytes.count))
    let sizes = Dictionary(uniqueKeysWithValues: check.parts.map { ($0.name, $0.byteCount) })
    #expect(check.parts.count == 12 && (sizes["arrays"] ?? 0) > (sizes["scalars"] ?? 0))
  }

  @Test func aStateFarBeyondTheNumbersDoesNotMakeTheRunLonger() throws {
    let file = try DamagedFile()
    try file.execute(
      "INSERT INTO hashes VALUES (1099511627776, 1)",
      "INSERT INTO keyframes VALUES (1099511627777, 1, 0, 1, '{}', 0, 0)")
    let reader = try RecordingReader(path: file.path)
    #expect(reader.lastStep == 300 && reader.keyframeSteps.last == 281)
    #expect(
      reader.check().problems == [
        "Keyframe 1099511627777: expected a step of the run, up to 1325, got 1099511627777.",
        "Hash 1099511627776: expected a step of the run, up to 1325, got 1099511627776.",
      ])
    try file.execute(
      "DELETE FROM keyframes WHERE iteration > 1000",
      "UPDATE hashes SET iteration = 1325 WHERE iteration > 1000")
    #expect(try RecordingReader(path: file.path).lastStep == 1_324)
    #expect(try file.repair().report.kept.steps == 1...1_324)
  }

  @Test func recordingsOfEveryKindAreSound() throws {
    let thinned = try ScratchFolder()
    let writer = try quietWriter(thinned.path(), budget: 1 << 19)
    writer.record([.origin(Sample.origin())])
    for start in stride(from: 1, through: 30_000, by: 500) {
      let numbers: [RunRecord] = (start..<start + 500).map { .scalars(Sample.scalars($0)) }
      writer.record([.keyframe(Sample.keyframe(start))] + numbers)
      writer.flush()
    }
    writer.finish()
    let check = try RecordingReader(path: thinned.path()).check()
    #expect(check.problems == [] && check.rows < 30_000 && check.steps == 1...30_000)
    let forked = try ScratchFolder()
    let other = try quietWriter(forked.path())
    other.record(Sample.run(300))
    other.record([
      .fork(Position(step: 50, phase: .update, node: 0)), .scalars(Sample.scalars(50)),
      .scalars(Sample.scalars(51)),
    ])
    other.flush()
    let second = try RecordingReader(path: forked.path()).check()
    #expect(second.problems == [] && second.isBeingWritten && second.steps == 1...51)
    other.finish()
  }

  @Test func aRecordingThatIsWrittenMeanwhileIsSound() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Sample.run(300))
    writer.flush()
    let check = try RecordingReader(path: folder.path()).check { keyframe in
      let next = 1_000 + keyframe.step
      writer.record([.scalars(Sample.scalars(next)), .keyframe(Sample.keyframe(next + 1))])
      writer.flush()
      return keyframe.hash
    }
    #expect(check.problems == [] && check.isBeingWritten && check.steps == 1...300)
    writer.finish()
  }

  @Test(arguments: [
    (
      "UPDATE arrays SET crc32 = 5 WHERE iteration = 41 AND name = 'fc1.weight'",
      "Keyframe 41, parameter fc1.weight: expected the checksum 5, got "
    ),
    (
      "DELETE FROM arrays WHERE iteration = 41 AND role = 'targets'",
      "Keyframe 41: expected 8 arrays, got 7."
    ),
    (
      "DELETE FROM keyframes WHERE iteration = 41",
      "Keyframe 41: expected its hash and its settings, got its arrays only."
    ),
    ("UPDATE hashes SET hash = 1 WHERE iteration = 41", "Hash 41: expected the keyframe's "),
    ("UPDATE scalars SET loss = zeroblob(20)", "Scalars from 1: expected columns with the checksum "),
    (
      "UPDATE scalars SET seconds = 1",
      "Scalars from 1: expected a summary of its 300 steps, got one of "
    ),
    ("DELETE FROM scalars", "The scalars: expected every step from 1 to 296, got none for 1 to 296."),
    ("UPDATE events SET kind = 'x'", "Events, row 1: expected a kind of event, got 'x'."),
    ("UPDATE epochs SET loss = 'x'", "Epochs, row 1, loss: expected a number, got 'x'."),
    ("UPDATE graphs SET structure = 'x'", "Graphs, row 1, structure: expected bytes, got 'x'."),
    ("DELETE FROM graphs", "Graph_spans, row 1: expected a graph of the file, got graph 1."),
    ("UPDATE thumbnails SET levels = zeroblob(3)", "Thumbnails, row 1: expected "),
    (
      "ALTER TABLE epochs RENAME COLUMN loss TO cost",
      "The table 'epochs': expected a stored column 'loss', got none."
    ),
    (
      "CREATE VIEW v AS SELECT 1",
      "Its schema: expected tables only, got a view as well."
    ),
    ("DROP TABLE hashes", "The table 'hashes': expected the columns of format 1, got no such table."),
  ]) func everyKindOfDamageIsFound(statement: String, sentence: String) throws {
    let file = try DamagedFile()
    try file.execute(statement)
    let problems = try file.check.problems
    #expect(problems.contains { $0.hasPrefix(sentence) }, "\(problems)")
  }

  @Test func pagesThatAreOverwrittenAreFound() throws {
    let file = try DamagedFile()
    try file.overwrite(page: file.root(of: "arrays"))
    let check = try file.check
    #expect(check.problems.contains { $0.hasPrefix("The database: expected sound pages, got 'Page ") })
    #expect(check.problems.count <= 5 + 2 + 15)
    #expect(check.keyframes == [] && check.rows == 300)
  }

  @Test func valuesWithoutTheHashThatTheRunTookAreFound() throws {
    let file = try DamagedFile()
    let reader = try RecordingReader(path: file.path)
    #expect(reader.check { $0.hash }.problems == [])
    let check = reader.check { $0.step == 61 ? 0xAB : $0.hash }
    #expect(
      check.problems == [
        "Keyframe 61: expected values with the hash d000000000000007, got 00000000000000ab."
      ])
    #expect(!check.keyframes.contains(61))
  }
}
