import Arrays
import Localization

/// The files of two arrays: the inputs of samples, and their targets.
package struct ArrayPair: Sendable {
  /// A file's bytes and its name.
  package typealias File = (bytes: [UInt8], source: String)

  /// The inputs. **Shapes**: `[samples, ...]`; all dimensions after the first are inputs of one sample.
  package var inputs: File
  /// The targets, in one of the forms of ``ArrayTargets``.
  package var targets: File

  /// A pair of files.
  package init(inputs: File, targets: File) {
    self.inputs = inputs
    self.targets = targets
  }

  /// The pairs in an `.npz` archive: that which is trained on, and that which validates, if there are four arrays.
  ///
  /// - Throws: `DatasetError.unsuitable` where no two arrays are inputs and targets.
  package static func find(
    npz bytes: [UInt8], source: String
  ) throws(DatasetError) -> (train: ArrayPair, test: ArrayPair?) {
    let archive = try Zip(bytes, source: source)
    if let train = try pair(trainNames, in: archive, source) {
      return (train, try pair(testNames, in: archive, source))
    }
    if let all = try pair(plainNames, in: archive, source) { return (all, nil) }
    throw missing(localized("arrays x and y, or x_train and y_train"), in: archive, source)
  }

  /// The pair that validates in an `.npz` archive that is named for it.
  ///
  /// - Throws: `DatasetError.unsuitable` where no two arrays are inputs and targets.
  package static func test(npz bytes: [UInt8], source: String) throws(DatasetError) -> ArrayPair {
    let archive = try Zip(bytes, source: source)
    for names in [testNames, plainNames] {
      if let found = try pair(names, in: archive, source) { return found }
    }
    throw missing(localized("arrays x and y, or x_test and y_test"), in: archive, source)
  }

  /// What people call inputs and targets.
  private typealias Names = (inputs: [String], targets: [String])

  private static let trainNames: Names = (
    ["x_train", "train_x", "train_images"], ["y_train", "train_y", "train_labels"]
  )
  private static let testNames: Names = (
    ["x_test", "x_val", "test_x", "val_images", "test_images"],
    ["y_test", "y_val", "test_y", "val_labels", "test_labels"]
  )
  private static let plainNames: Names = (
    ["x", "inputs", "data", "features", "images", "arr_0"], ["y", "targets", "target", "labels", "arr_1"]
  )

  private static func pair(
    _ names: Names, in archive: Zip, _ source: String
  ) throws(DatasetError) -> ArrayPair? {
    func file(_ names: [String]) throws(DatasetError) -> File? {
      for name in names {
        guard let entry = archive.entries.first(where: { $0.name.lowercased() == "\(name).npy" }) else {
          continue
        }
        return (try archive.read(entry), "\(source)/\(entry.name)")
      }
      return nil
    }
    guard let inputs = try file(names.inputs), let targets = try file(names.targets) else { return nil }
    return ArrayPair(inputs: inputs, targets: targets)
  }

  private static func missing(_ expected: String, in archive: Zip, _ source: String) -> DatasetError {
    .unsuitable(
      FileDefect(
        .npz, source: source, at: .whole, expected: expected,
        got: archive.entries.prefix(20).map(\.name).joined(separator: ", "),
        advice: localized("Save them by these names: numpy.savez(path, x=inputs, y=targets).")))
  }
}

extension PreparedTable {
  /// Reads two arrays, and two others that validate.
  ///
  /// - Parameters:
  ///   - arrays: What is trained on.
  ///   - test: What validates; nil for a share of the samples.
  ///   - name: The name of the data.
  ///   - options: What the user decides.
  ///   - seed: What the part that validates is drawn from.
  /// - Throws: `DatasetError`.
  package init(
    arrays: ArrayPair, test: ArrayPair?, name: String, options: TableOptions, seed: UInt64
  ) throws(DatasetError) {
    let (values, width, targets) = try Self.read(arrays, task: options.task)
    var testValues: TableValues?
    if let test {
      let read = try Self.read(test, task: targets.classNames.isEmpty ? .regression : options.task)
      guard read.width == width, Set(read.targets.classNames).isSubset(of: targets.classNames) else {
        throw .invalidArgument(
          name: test.targets.source, expected: localized("inputs and classes as those that are trained on"),
          got: localized("\(read.width) inputs, classes \(TableSummary.list(read.targets.classNames))"))
      }
      testValues = read.values
      testValues?.targets = targets.numbers(of: read.targets)
    }
    let standardizes = options.standardizes ?? false
    let isRegression = targets.classNames.isEmpty
    let held =
      test.map { TableSummary.Validation.file($0.inputs.source) } ?? .share(options.validationShare)
    let sentence = [
      localized("\(values.count) samples of \(width) numbers"),
      isRegression
        ? localized("regression of a number")
        : localized("\(targets.classNames.count) classes: \(TableSummary.list(targets.classNames))"),
      standardizes ? localized("standardized") : localized("not standardized"), TableSummary.held(held),
    ]
    try self.init(
      TableParts(
        name: name, featureNames: (0..<width).map { "x\($0)" },
        areNumbers: [Bool](repeating: true, count: width), targetName: arrays.targets.source,
        classNames: targets.classNames, isRegression: isRegression,
        advice: localized("Use --task regression for numbers, --task classification for classes."),
        values: values, test: testValues),
      standardizes: standardizes, share: options.validationShare, seed: seed,
      sentence: sentence.joined(separator: "; "))
  }

  private static func read(
    _ pair: ArrayPair, task: TableOptions.Task?
  ) throws(DatasetError) -> (values: TableValues, width: Int, targets: ArrayTargets) {
    let features = try NpyFile.read(pair.inputs.bytes, source: pair.inputs.source)
    guard let samples = features.shape.first, features.shape.count >= 2, samples > 0, features.count > 0
    else {
      throw .invalidArgument(
        name: pair.inputs.source, expected: localized("an array of shape [samples, features]"),
        got: localized("shape \(features.shape)"))
    }
    let targets = try ArrayTargets(
      pair.targets.bytes, source: pair.targets.source, samples: samples, task: task)
    var values = TableValues(featureCount: features.count / samples)
    values.features = try ArrayNumbers.floats(features, source: pair.inputs.source)
    values.targets = targets.values
    return (values, values.featureCount, targets)
  }
}

extension ArrayTargets {
  /// The targets of other samples, whose classes are some of these, as numbers of these.
  fileprivate func numbers(of other: ArrayTargets) -> [Float] {
    guard !classNames.isEmpty else { return other.values }
    let numbers = other.classNames.map { Float(classNames.firstIndex(of: $0) ?? 0) }
    return other.values.map { numbers[Int($0)] }
  }
}
