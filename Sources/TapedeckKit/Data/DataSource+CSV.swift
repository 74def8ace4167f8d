import Datasets
import Localization

extension DataSource {
  /// A table; which column has the targets, and what becomes of the others, the settings say.
  package static func csv(_ path: String) -> DataSource {
    var source = file(path, files: [path]) { request in
      let (bytes, name) = (try InputFile.readTable(path), InputFile.name(path))
      guard let options = request.table else {
        return try split(CSVFile.read(bytes, source: name), seed: request.seed)
      }
      let test = try options.test.map { (bytes: try InputFile.readTable($0), source: InputFile.name($0)) }
      return Split(
        try PreparedTable(csv: bytes, source: name, options: options, seed: request.seed, test: test))
    }
    source.isTable = true
    return source
  }

  /// How the names of tables end, each also with `.gz` after it.
  private static let endings = [".csv", ".tsv", ".data", ".dat", ".txt"]

  /// The table that a word on the command line names; `-` for standard input. A file that is there may have any name.
  static func csv(naming text: String) -> DataSource? {
    let name = text.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    return text == InputFile.standardInput || endings.contains(where: plain.hasSuffix)
      || InputFile.isRegular(text) ? csv(text) : nil
  }
}
