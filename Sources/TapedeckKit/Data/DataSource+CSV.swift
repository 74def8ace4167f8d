import Datasets
import Localization

extension DataSource {
  /// A table; which column has the targets, and what becomes of the others, the settings say.
  package static func csv(_ path: String) -> DataSource {
    var source = file(path, files: [path]) { request in
      let bytes = try InputFile.read(path)
      guard let options = request.table else {
        return try split(CSVFile.read(bytes, source: path), seed: request.seed)
      }
      let test = try options.test.map { (bytes: try InputFile.read($0), source: $0) }
      return Split(
        try PreparedTable(csv: bytes, source: path, options: options, seed: request.seed, test: test))
    }
    source.isTable = true
    return source
  }

  /// How the names of tables end, each also with `.gz` after it.
  private static let endings = [".csv", ".tsv", ".data", ".txt"]

  /// The table that a word on the command line names; `-` for standard input.
  static func csv(naming text: String) -> DataSource? {
    let name = text.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return text == InputFile.standardInput || endings.contains(where: plain.hasSuffix) ? csv(text) : nil
  }
}
