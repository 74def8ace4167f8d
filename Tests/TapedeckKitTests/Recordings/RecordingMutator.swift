import Foundation
import GRDB
import TapedeckKit

/// Damages recordings in the ways that files get damaged, and in some that an attacker would choose.
struct RecordingMutator {
  private var generator: Generator

  init(seed: UInt64) { generator = Generator(seed: seed) }

  /// Writes a damaged copy of a recording, and of its log where it has one.
  mutating func mutate(_ original: (file: [UInt8], log: [UInt8]), to path: String) throws {
    for suffix in ["", "-wal", "-shm", "-lock", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    var (file, log) = original
    // Rows are changed through SQLite, so that its pages stay whole; a log goes into the file then.
    let changesRows = log.isEmpty && generator.below(2) == 0
    if !changesRows {
      for _ in 0...generator.below(3) {
        if !log.isEmpty, generator.below(2) == 0 { damage(&log) } else { damage(&file) }
      }
    }
    try Data(file).write(to: URL(filePath: path))
    if !log.isEmpty { try Data(log).write(to: URL(filePath: path + "-wal")) }
    if changesRows { try changeRows(path) }
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = generator.below(bytes.count)
    switch generator.below(10) {
    case 0, 1: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 2: bytes[place] = UInt8(generator.below(256))
    case 3: bytes.removeLast(generator.below(bytes.count) + 1)
    case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(5_000)))
    case 5: for index in place..<min(bytes.count, place + 4_096) { bytes[index] = 0 }
    case 6: overwritePage(&bytes)
    // The heads of pages are where trees are led astray.
    case 7:
      bytes[place / 4_096 * 4_096 + min(generator.below(16), bytes.count - place / 4_096 * 4_096 - 1)] = 0xFF
    case 8: bytes[min(generator.below(100), bytes.count - 1)] = UInt8(generator.below(256))
    default: overwriteWord(&bytes, at: place)
    }
  }

  /// Puts one page in another's place.
  private mutating func overwritePage(_ bytes: inout [UInt8]) {
    let count = bytes.count / 4_096
    guard count > 1 else { return }
    let (from, to) = (generator.below(count), generator.below(count))
    bytes.replaceSubrange(
      to * 4_096..<(to + 1) * 4_096, with: Array(bytes[from * 4_096..<(from + 1) * 4_096]))
  }

  /// Puts an extreme number of 4 or 8 bytes in place of what is there.
  private mutating func overwriteWord(_ bytes: inout [UInt8], at place: Int) {
    let extremes: [UInt64] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 62, .max]
    let value = extremes[generator.below(extremes.count)]
    for offset in 0..<min(8, bytes.count - place) {
      bytes[place + offset] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(7 - offset)))
    }
  }

  private mutating func changeRows(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    let statements = (0...generator.below(3)).map { _ in statement() }
    queue.writeWithoutTransaction { database in
      for statement in statements {
        // Some break a rule of their table, and change nothing.
        try? database.execute(sql: statement)
      }
    }
    try queue.close()
  }

  private static let columns = [
    "scalars": [
      "first", "last", "iterations", "rows", "level", "parameters", "norm_rows", "seconds", "loss_min",
      "loss_mean", "not_finite", "crc32", "extremes", "iteration", "loss", "accuracy", "time", "norm_places",
      "norms",
    ],
    "keyframes": ["iteration", "hash", "epoch_loss", "zero_grad", "settings", "arrays", "bytes"],
    "arrays": ["iteration", "role", "place", "name", "dtype", "shape", "crc32", "data"],
    "hashes": ["iteration", "hash"], "graphs": ["id", "structure"], "graph_spans": ["first", "graph"],
    "epochs": ["epoch", "iteration", "loss", "validation_loss", "train_accuracy", "seconds"],
    "events": ["kind", "iteration", "phase", "place", "node", "text", "change"],
    "thumbnails": [
      "iteration", "place", "node", "view", "shape", "rows", "columns", "minimum", "maximum", "levels",
    ],
    "whole_steps": ["iteration", "wanted", "tensors", "left_out", "structure"],
    "tensors": [
      "iteration", "place", "node", "view", "part", "visit", "remark", "dtype", "shape", "crc32", "data",
    ],
    "about": ["name", "value"],
  ]

  private static let values = [
    "NULL", "0", "1", "2", "-1", "7", "65536", "2147483648", "281474976710656", "4611686018427387904",
    "9223372036854775807", "-9223372036854775808", "1e308", "-1e-300", "'NaN'", "'inf'", "''", "'x'",
    "zeroblob(0)", "zeroblob(5)", "zeroblob(100000)", "randomblob(64)", "'[]'", "'[2,16]'", "'[16]'",
    "'[-1,-2]'", "'[1000000000,1000000000]'", "'[1099511627776]'", "'[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]'",
    "'float64'", "'bool'", "'int64'", "'float16'", "'parameter'", "'optimizer'", "'gradient'", "'inputs'",
    "'indices'", "'fc1.weight'", "'fc3.bias'", "'{}'", "'{\"lr\":-1}'", "'{\"lr\":\"nan\"}'", "'change'",
    "'{\"hyperparameter\":{\"name\":\"lr\",\"value\":\"inf\"}}'", "'{\"zeroGrad\":{\"_0\":false}}'",
    "'{\"cell\":{\"parameter\":\"fc1.weight\",\"index\":[0,99999999],\"value\":1}}'",
  ]

  private mutating func pick(_ words: [String]) -> String { words[generator.below(words.count)] }

  private mutating func statement() -> String {
    let table = pick(Self.columns.keys.sorted())
    let columns = Self.columns[table] ?? []
    let (column, other) = (pick(columns), pick(columns))
    let row = "rowid = (SELECT rowid FROM \(table) ORDER BY rowid LIMIT 1 OFFSET \(generator.below(12)))"
    let digit = generator.below(10)
    switch generator.below(16) {
    case 0...6: return "UPDATE \(table) SET \(column) = \(pick(Self.values)) WHERE \(row)"
    case 7: return "UPDATE \(table) SET \(column) = \(pick(Self.values))"
    case 8: return "DELETE FROM \(table) WHERE \(row)"
    case 9: return "UPDATE \(table) SET \(column) = \(other) WHERE \(row)"
    case 10: return "DELETE FROM \(table)"
    // Numbers in JSON, in shapes and in names.
    case 11:
      return
        "UPDATE \(table) SET \(column) = replace(\(column), '\(digit)', '\(pick(["", "-1", "99999", "1e9"]))')"
    case 12:
      let settings = pick([
        "layers\":[2,65536,65536,65536,2", "layers\":[2,65536,2", "batchSize\":9000000000000000000,\"x",
        "epochs\":1000000,\"x", "data\":\"/etc/passwd.csv", "optimizer\":\"x", "seed\":-1,\"x",
      ])
      return
        "UPDATE about SET value = replace(value, '\\\"seed', '\\\"\(settings.replacing("\"", with: "\\\""))\\\",\\\"seed')"
    case 13: return schemaChange(table)
    case 14:
      return "UPDATE \(table) SET \(column) = substr(\(column), 1, \(generator.below(40))) WHERE \(row)"
    default:
      return "UPDATE arrays SET data = zeroblob(\(1 + 4 * generator.below(600))), crc32 = 0, "
        + "shape = '[\(generator.below(600))]' WHERE rowid = \(1 + generator.below(30))"
    }
  }

  private mutating func schemaChange(_ table: String) -> String {
    pick([
      "DROP TABLE \(table)", "ALTER TABLE \(table) ADD COLUMN more", "ALTER TABLE \(table) RENAME TO other",
      "PRAGMA user_version = \(generator.below(4))", "PRAGMA user_version = -5", "PRAGMA application_id = 7",
      "ALTER TABLE \(table) RENAME TO other; CREATE VIEW \(table) AS SELECT * FROM other",
      "ALTER TABLE \(table) RENAME TO other; CREATE VIEW \(table) AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL "
        + "SELECT x + 1 FROM n) SELECT x, x, x, x, x, x, x FROM n",
      "CREATE TRIGGER t AFTER INSERT ON \(table) BEGIN DELETE FROM scalars; END",
      "CREATE INDEX i ON arrays (shape)", "PRAGMA journal_mode = WAL", "PRAGMA page_size = 512; VACUUM",
      "PRAGMA auto_vacuum = 1; VACUUM", "PRAGMA encoding = 'UTF-16'",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = '\(table)'",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE x(y)' WHERE name = '\(table)'",
    ])
  }
}
