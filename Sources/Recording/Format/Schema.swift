/// The tables of a recording.
enum Schema {
  /// One table: its name and its columns.
  struct Table: Sendable {
    let name: String
    let columnNames: [String]
    /// The statement that makes it. Files that have just this one may be written to.
    let definition: String
    /// The statement that adds a row of all columns, in the place of one with the same key.
    let insertion: String
    /// Whether the first column is SQLite's own number of the row, which is stored beside the row and not in it.
    let isNumbered: Bool
    /// Whether a file may be without it: files of older programs are.
    var isOptional = false

    /// A table of columns with their types and constraints; `key` names those of a primary key of more than one.
    fileprivate init(_ name: String, key: String? = nil, _ columns: String...) {
      self.name = name
      columnNames = columns.map { String($0.prefix { $0 != " " }) }
      let parts = columns + (key.map { ["PRIMARY KEY (\($0))"] } ?? [])
      definition = "CREATE TABLE \(name) (\(parts.joined(separator: ", ")))"
      insertion = "INSERT OR REPLACE" + Table.insertion(name, columnNames)
      isNumbered = columns.first?.hasSuffix("INTEGER PRIMARY KEY") ?? false
    }

    /// The names of the columns, joined for SQL.
    var columnList: String { columnNames.joined(separator: ", ") }

    /// The same, but a file may be without it.
    fileprivate var optional: Table {
      var table = self
      table.isOptional = true
      return table
    }

    /// What follows `INSERT`, or `INSERT OR` and what is done where a row has the same key.
    static func insertion(_ name: String, _ columns: [String]) -> String {
      let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
      return " INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }
  }

  static let about = Table(
    "about", "name TEXT PRIMARY KEY", "value TEXT NOT NULL")

  static let scalars = Table(
    "scalars", "first INTEGER PRIMARY KEY", "last INTEGER NOT NULL", "iterations INTEGER NOT NULL",
    "rows INTEGER NOT NULL", "level INTEGER NOT NULL", "parameters INTEGER NOT NULL",
    "norm_rows INTEGER NOT NULL", "seconds REAL NOT NULL", "loss_min REAL", "loss_max REAL", "loss_mean REAL",
    "not_finite INTEGER NOT NULL", "crc32 INTEGER NOT NULL", "extremes BLOB NOT NULL",
    "iteration BLOB NOT NULL", "loss BLOB NOT NULL", "accuracy BLOB NOT NULL", "learning_rate BLOB NOT NULL",
    "time BLOB NOT NULL", "norm_places BLOB NOT NULL", "norms BLOB NOT NULL")

  static let keyframes = Table(
    "keyframes", "iteration INTEGER PRIMARY KEY", "hash INTEGER NOT NULL", "epoch_loss REAL NOT NULL",
    "zero_grad INTEGER NOT NULL", "settings TEXT NOT NULL", "arrays INTEGER NOT NULL",
    "bytes INTEGER NOT NULL")

  static let arrays = Table(
    "arrays", key: "iteration, role, place", "iteration INTEGER NOT NULL", "role TEXT NOT NULL",
    "place INTEGER NOT NULL", "name TEXT NOT NULL", "dtype TEXT NOT NULL", "shape TEXT NOT NULL",
    "crc32 INTEGER NOT NULL", "data BLOB NOT NULL")

  static let hashes = Table(
    "hashes", "iteration INTEGER PRIMARY KEY", "hash INTEGER NOT NULL")

  static let graphs = Table(
    "graphs", "id INTEGER PRIMARY KEY", "structure BLOB NOT NULL")

  static let graphSpans = Table(
    "graph_spans", "first INTEGER PRIMARY KEY", "graph INTEGER")

  static let epochs = Table(
    "epochs", "epoch INTEGER PRIMARY KEY", "iteration INTEGER NOT NULL", "loss REAL NOT NULL",
    "validation_loss REAL", "train_accuracy REAL NOT NULL", "validation_accuracy REAL",
    "seconds REAL NOT NULL")

  static let events = Table(
    "events", "id INTEGER PRIMARY KEY", "kind TEXT NOT NULL", "iteration INTEGER NOT NULL",
    "phase INTEGER NOT NULL", "place INTEGER NOT NULL", "node TEXT", "text TEXT NOT NULL", "change TEXT")

  static let thumbnails = Table(
    "thumbnails", key: "iteration, place", "iteration INTEGER NOT NULL", "place INTEGER NOT NULL",
    "node TEXT NOT NULL", "view TEXT NOT NULL", "shape TEXT NOT NULL", "rows INTEGER NOT NULL",
    "columns INTEGER NOT NULL", "minimum REAL NOT NULL", "maximum REAL NOT NULL", "levels BLOB NOT NULL")

  static let wholeSteps = Table(
    "whole_steps", "iteration INTEGER PRIMARY KEY", "wanted INTEGER NOT NULL", "tensors INTEGER NOT NULL",
    "left_out INTEGER NOT NULL", "structure BLOB NOT NULL"
  ).optional

  static let tensors = Table(
    "tensors", key: "iteration, place", "iteration INTEGER NOT NULL", "place INTEGER NOT NULL",
    "node TEXT NOT NULL", "view TEXT NOT NULL", "part TEXT", "visit INTEGER NOT NULL", "remark TEXT",
    "dtype TEXT NOT NULL", "shape TEXT NOT NULL", "crc32 INTEGER NOT NULL", "data BLOB NOT NULL"
  ).optional

  static let tables = [
    about, scalars, keyframes, arrays, hashes, graphs, graphSpans, epochs, events, thumbnails, wholeSteps,
    tensors,
  ]
}
