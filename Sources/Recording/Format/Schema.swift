/// The tables of a recording. A reader takes no table whose definition is another: it could compute anything.
enum Schema {
  /// One table: its name and the statement that makes it.
  struct Table: Sendable {
    let name: String
    let definition: String

    /// The columns' names, read from the definition.
    var columnNames: [String] {
      let list = definition.drop { $0 != "(" }.dropFirst().dropLast()
      return list.split(separator: ",").compactMap { column in
        let words = column.split(separator: " ")
        // What the primary key of two columns is made of is no column.
        return words.count > 1 && words[0] != "PRIMARY" ? String(words[0]) : nil
      }
    }
  }

  static let about = Table(
    name: "about", definition: "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")

  static let scalars = Table(
    name: "scalars",
    definition: """
      CREATE TABLE scalars (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, iterations INTEGER NOT NULL, \
      rows INTEGER NOT NULL, level INTEGER NOT NULL, parameters INTEGER NOT NULL, norm_rows INTEGER NOT NULL, \
      seconds REAL NOT NULL, loss_min REAL, loss_max REAL, loss_mean REAL, not_finite INTEGER NOT NULL, \
      crc32 INTEGER NOT NULL, extremes BLOB NOT NULL, iteration BLOB NOT NULL, loss BLOB NOT NULL, \
      accuracy BLOB NOT NULL, learning_rate BLOB NOT NULL, time BLOB NOT NULL, norm_places BLOB NOT NULL, \
      norms BLOB NOT NULL)
      """)

  static let keyframes = Table(
    name: "keyframes",
    definition: """
      CREATE TABLE keyframes (iteration INTEGER PRIMARY KEY, hash INTEGER NOT NULL, epoch_loss REAL NOT NULL, \
      zero_grad INTEGER NOT NULL, settings TEXT NOT NULL, arrays INTEGER NOT NULL, bytes INTEGER NOT NULL)
      """)

  static let arrays = Table(
    name: "arrays",
    definition: """
      CREATE TABLE arrays (iteration INTEGER NOT NULL, role TEXT NOT NULL, place INTEGER NOT NULL, \
      name TEXT NOT NULL, dtype TEXT NOT NULL, shape TEXT NOT NULL, crc32 INTEGER NOT NULL, data BLOB NOT NULL, \
      PRIMARY KEY (iteration, role, place))
      """)

  static let hashes = Table(
    name: "hashes",
    definition: "CREATE TABLE hashes (iteration INTEGER PRIMARY KEY, hash INTEGER NOT NULL)")

  static let graphs = Table(
    name: "graphs", definition: "CREATE TABLE graphs (id INTEGER PRIMARY KEY, structure BLOB NOT NULL)")

  static let graphSpans = Table(
    name: "graph_spans",
    definition: "CREATE TABLE graph_spans (first INTEGER PRIMARY KEY, graph INTEGER)")

  static let epochs = Table(
    name: "epochs",
    definition: """
      CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, iteration INTEGER NOT NULL, loss REAL NOT NULL, \
      validation_loss REAL, train_accuracy REAL NOT NULL, validation_accuracy REAL, seconds REAL NOT NULL)
      """)

  static let events = Table(
    name: "events",
    definition: """
      CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, iteration INTEGER NOT NULL, \
      phase INTEGER NOT NULL, place INTEGER NOT NULL, node TEXT, text TEXT NOT NULL, change TEXT)
      """)

  static let thumbnails = Table(
    name: "thumbnails",
    definition: """
      CREATE TABLE thumbnails (iteration INTEGER NOT NULL, place INTEGER NOT NULL, node TEXT NOT NULL, \
      view TEXT NOT NULL, shape TEXT NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL, \
      minimum REAL NOT NULL, maximum REAL NOT NULL, levels BLOB NOT NULL, PRIMARY KEY (iteration, place))
      """)

  static let tables = [
    about, scalars, keyframes, arrays, hashes, graphs, graphSpans, epochs, events, thumbnails,
  ]
}
