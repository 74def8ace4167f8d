import Datasets
import Localization

extension DataSource {
  /// Two NumPy files: the inputs `[samples, features]`, and a class number for each sample `[samples]`.
  package static func npy(inputs: String, targets: String) -> DataSource {
    file("\(inputs),\(targets)", name: inputs, files: [inputs, targets]) {
      try readPair(inputs: inputs, targets: targets)
    }
  }

  /// The files that a word on the command line of the form `X.npy,Y.npy` names.
  static func npy(naming text: String) -> DataSource? {
    let files = text.split(separator: ",").map(String.init)
    guard files.count == 2, files.allSatisfy({ $0.lowercased().hasSuffix(".npy") }) else { return nil }
    return npy(inputs: files[0], targets: files[1])
  }

  /// Reads both files as a table.
  ///
  /// **Shapes**: inputs `[samples, ...]`, all dimensions after the first become features; targets `[samples]`.
  private static func readPair(inputs: String, targets: String) throws -> TableDataset {
    let files = Disk()
    let features = try NpyFile.read(try files.read(inputs), source: inputs)
    let labels = try NpyFile.read(try files.read(targets), source: targets)
    guard let samples = features.shape.first, features.shape.count >= 2, samples > 0 else {
      throw DatasetError.invalidArgument(
        name: inputs, expected: localized("an array of shape [samples, features]"),
        got: localized("shape \(features.shape)"))
    }
    guard labels.shape == [samples] else {
      throw DatasetError.invalidArgument(
        name: targets,
        expected: localized("an array of shape [\(samples)], one class number a sample of \(inputs)"),
        got: localized("shape \(labels.shape)"))
    }
    let numbers = labels.doubles()
    guard let wrong = numbers.firstIndex(where: { $0 < 0 || $0 >= 65_536 || $0 != $0.rounded() }) else {
      let classes = numbers.map { Int($0) }
      let names = (0...(classes.max() ?? 0)).map(String.init)
      let width = features.count / samples
      return try TableDataset(
        name: inputs, featureNames: (0..<width).map { "x\($0)" },
        features: features.doubles().map { Float($0) },
        targets: .classes(classes, names: names))
    }
    throw DatasetError.invalidArgument(
      name: targets, expected: localized("whole class numbers from 0 to 65535"),
      got: localized("\(numbers[wrong]) at [\(wrong)]"))
  }
}
