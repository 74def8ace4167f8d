import Datasets

extension DataSource {
  /// A table; the last column has the class.
  package static func csv(_ path: String) -> DataSource {
    file(path, files: [path]) { try CSVFile.read(try Disk().read(path), source: path) }
  }

  /// The table that a word on the command line names.
  static func csv(naming text: String) -> DataSource? {
    text.lowercased().hasSuffix(".csv") ? csv(text) : nil
  }
}
