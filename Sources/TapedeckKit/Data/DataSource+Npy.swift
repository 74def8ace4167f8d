import Datasets
import Localization

extension DataSource {
  /// Two NumPy files: the inputs `[samples, ...]`, and their targets, which are classes or numbers.
  package static func npy(inputs: String, targets: String) -> DataSource {
    file("\(inputs),\(targets)", name: inputs, files: [inputs, targets]) { request in
      guard let options = request.table else {
        return try split(readPair(inputs: inputs, targets: targets), seed: request.seed)
      }
      return Split(
        try PreparedTable(
          arrays: try pair(inputs, targets), test: try testArrays(options), name: inputs, options: options,
          seed: request.seed))
    }
  }

  /// Two NumPy files.
  private static func pair(_ inputs: String, _ targets: String) throws -> ArrayPair {
    let files = Disk()
    return ArrayPair(inputs: (try files.read(inputs), inputs), targets: (try files.read(targets), targets))
  }

  /// The arrays that the user names to validate with; nil for none.
  private static func testArrays(_ options: TableOptions) throws -> ArrayPair? {
    guard let test = options.test else { return nil }
    let files = arrayFiles(test)
    if files.count == 2 { return try pair(files[0], files[1]) }
    guard let file = files.first else {
      throw SettingsError(
        option: "--test", expected: localized("arrays as --data has: X.npy,Y.npy or FILE.npz"), got: test)
    }
    return try ArrayPair.test(npz: try Disk().read(file), source: file)
  }

  /// A NumPy archive with the arrays `x` and `y`, or `x_train` and so on.
  package static func npz(_ path: String) -> DataSource {
    file(path, files: [path]) { request in
      let (train, test) = try ArrayPair.find(npz: try Disk().read(path), source: path)
      let options = request.table ?? TableOptions()
      return Split(
        try PreparedTable(
          arrays: train, test: try testArrays(options) ?? test, name: path, options: options,
          seed: request.seed))
    }
  }

  /// The files that a word on the command line of the form `X.npy,Y.npy` names, or `FILE.npz`.
  static func npy(naming text: String) -> DataSource? {
    let files = arrayFiles(text)
    return files.count == 2 ? npy(inputs: files[0], targets: files[1]) : files.first.map(npz)
  }

  /// The files of arrays that a text of the form `X.npy,Y.npy` names, or `FILE.npz`; empty for another text.
  static func arrayFiles(_ text: String) -> [String] {
    let files = text.split(separator: ",").map(String.init)
    if files.count == 1, text.lowercased().hasSuffix(".npz") { return [text] }
    return files.count == 2 && files.allSatisfy { $0.lowercased().hasSuffix(".npy") } ? files : []
  }

  /// Reads both files as recordings from before there were options for it were made from them.
  ///
  /// **Shapes**: inputs `[samples, ...]`, all dimensions after the first become features; targets `[samples]`.
  private static func readPair(inputs: String, targets: String) throws -> TableDataset {
    let files = Disk()
    let features = try NpyFile.read(try files.read(inputs), source: inputs)
    let numbers = try NpyFile.read(try files.read(targets), source: targets).doubles()
    let samples = features.shape.first ?? 0
    guard samples > 0, numbers.allSatisfy({ $0 >= 0 && $0 < 65_536 && $0 == $0.rounded() }) else {
      throw DatasetError.invalidArgument(
        name: targets, expected: localized("whole class numbers from 0 to 65535"), got: localized("others"))
    }
    let classes = numbers.map { Int($0) }
    return try TableDataset(
      name: inputs, featureNames: (0..<features.count / samples).map { "x\($0)" },
      features: features.doubles().map { Float($0) },
      targets: .classes(classes, names: (0...(classes.max() ?? 0)).map(String.init)))
  }
}
