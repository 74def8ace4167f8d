import Arrays
import Foundation
import GRDB
import Recording
import Testing
import Trace

/// A recording that another program wrote, in Python, from its description alone: `Foreign/write.py`.
struct ForeignFileTests {
  private let folder: ScratchFolder
  private var path: String { folder.path() }

  init() throws {
    folder = try ScratchFolder()
    let original = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Foreign/run.tapedeck")
    try FileManager.default.copyItem(at: original, to: URL(filePath: folder.path()))
  }

  private func execute(_ statement: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: statement) }
    try queue.close()
  }

  private func expectContents(_ reader: RecordingReader) throws {
    #expect(reader.defects == [])
    #expect(reader.origin.description.network == "resnet" && reader.origin.settings == nil)
    #expect(reader.lastStep == 10 && reader.isFinished)
    let rows = try reader.scalars(in: 1...10, limit: 100)
    #expect(rows.map(\.step) == Array(1...10) && rows.map(\.loss) == (1...10).map { 2 / Float($0) })
    #expect(rows[3].seconds == 2 && rows[3].accuracy == nil)
    #expect(reader.keyframeSteps == [1, 6])
    let keyframe = try #require(try reader.keyframe(atOrBefore: 8))
    #expect(keyframe.step == 6 && keyframe.settings == ["lr": 0.001] && keyframe.zeroGrad)
    #expect(keyframe.parameters.map(\.name) == ["conv.weight", "conv.bias"])
    #expect(keyframe.parameters[0].array.elementType == .bfloat16)
    #expect(keyframe.parameters.map { $0.array.doubles() } == [[1, 2, 0, -1], [6, -6]])
    #expect(keyframe.optimizer.map { $0.array.doubles() } == [[0.25, 0.5]] && keyframe.batch == nil)
    #expect(try reader.hash(at: 6) == nil && reader.stateHashes().isEmpty)
    #expect(try reader.graph(at: 4)?.nodes.map(\.name) == ["x", "conv.weight", "conv.out"])
    #expect(try reader.epochs().map(\.trainAccuracy) == [0.5])
    #expect(try reader.events().map(\.text) == ["The room got warm."])
    #expect(try reader.thumbnails(atOrBefore: 10).map(\.shape) == [[2, 2]])
  }

  @Test func itOpensAndGivesEverything() throws { try expectContents(RecordingReader(path: path)) }

  @Test func itIsSound() throws {
    let check = try RecordingReader(path: path).check { _ in 7 }
    #expect(check.problems == [])
    #expect(check.keyframes == [1, 6] && check.rows == 10 && check.parts.count == 10 && check.hashes == 0)
  }

  @Test func aRepairCopiesItWhole() throws {
    let copy = folder.path("copy.tapedeck")
    let report = try RecordingRepair(path: path) { _ in 7 }.write(to: copy, replacing: false)
    #expect(report.losses == [] && report.kept.problems == [])
    try expectContents(RecordingReader(path: copy))
    // The copy has this program's own tables, which can be written to.
    try quietWriter(copy, existing: .resume).finish()
  }

  @Test func itIsNotWrittenTo() throws {
    let before = try Data(contentsOf: URL(filePath: path))
    let error = #expect(throws: RecordingError.self) { _ = try quietWriter(path, existing: .resume) }
    #expect(
      error?.description
        == "\(path) can be read, but not resumed: it has a table 'about' that was not made by tapedeck, which could "
        + "act on the rows that are written. 'tapedeck repair' writes a copy that can be resumed.")
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test(arguments: ["view", "trigger"]) func whatCouldActOnRowsIsNamed(kind: String) throws {
    let file = try DamagedFile()
    try file.execute(
      kind == "view"
        ? "CREATE VIEW v AS SELECT 1"
        : "CREATE TRIGGER t AFTER INSERT ON hashes BEGIN DELETE FROM scalars; END")
    let error = RecordingError.unsafeToWrite(path: file.path, got: "a \(kind)")
    #expect(throws: error) { _ = try quietWriter(file.path, existing: .resume) }
  }

  @Test func aComputedColumnIsNotRead() throws {
    try execute("DROP TABLE epochs")
    try execute(
      """
      CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, iteration, loss AS (abs(-1)), validation_loss, train_accuracy, \
      validation_accuracy, seconds)
      """)
    let reader = try RecordingReader(path: path)
    #expect(
      reader.defects.map(\.description) == [
        "\(path) is damaged at the table 'epochs': expected a stored column 'loss', got none"
      ])
    #expect(try reader.epochs().isEmpty)
  }

  @Test func aViewInAPlaceOfATableIsNotRead() throws {
    try execute("DROP TABLE hashes")
    try execute("CREATE VIEW hashes AS SELECT 1 AS iteration, 2 AS hash")
    #expect(try RecordingReader(path: path).hashes().isEmpty)
  }

  /// Files are recognized as this program's own by these words, also by its older versions.
  @Test func theStatementsOfOurOwnTablesStay() throws {
    let file = try DamagedFile()
    let queue = try DatabaseQueue(path: file.path)
    let sql = try queue.read {
      try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table'")
    }
    let shipped = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sessions/xor.tapedeck").standardizedFileURL
    let old = try DatabaseQueue(
      path: shipped.path(percentEncoded: false),
      configuration: {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
      }())
    let before = try old.read {
      try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table'")
    }
    // What is added later will be absent there.
    #expect(before == Array(sql.prefix(before.count)))
  }
}
