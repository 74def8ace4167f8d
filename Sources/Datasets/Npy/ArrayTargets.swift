import Arrays
import Localization

/// The targets of samples out of an array, in the forms that people have them in.
struct ArrayTargets: Equatable {
  /// The number of a class for each sample, or a number.
  var values: [Float]
  /// The names of the classes; empty for a regression.
  var classNames: [String]

  /// Reads the targets of samples.
  ///
  /// **Shapes**: `[samples]`, `[samples, 1]`, or one-hot `[samples, classes]`; strings, Booleans or numbers. Numbers with
  /// a fraction are a regression, unless the task says otherwise.
  ///
  /// - Throws: `DatasetError` for another shape, or a number that is not finite, with its place.
  init(
    _ bytes: [UInt8], source: String, samples: Int, task: TableOptions.Task?
  ) throws(DatasetError) {
    if let strings = try NpyStrings.read(bytes, source: source) {
      try ArrayTargets.check(strings.shape, samples, source)
      guard strings.shape.count == 1 || strings.shape.last == 1, task != .regression else {
        throw ArrayTargets.wrongShape(strings.shape, samples, source)
      }
      self.init(words: strings.values)
      return
    }
    let array = try NpyFile.read(bytes, source: source)
    try ArrayTargets.check(array.shape, samples, source)
    let numbers = try ArrayNumbers.floats(array, source: source)
    let width = numbers.count / samples
    if width > 1 {
      guard task != .regression, let classes = ArrayTargets.oneHot(numbers, width) else {
        throw ArrayTargets.wrongShape(array.shape, samples, source)
      }
      self.init(values: classes.map { Float($0) }, classNames: (0..<width).map(String.init))
    } else if task == .regression || task == nil && numbers.contains(where: { $0 != $0.rounded() }) {
      self.init(values: numbers, classNames: [])
    } else {
      self.init(
        words: numbers.map { $0 == $0.rounded() && $0.magnitude < 1e7 ? "\(Int($0))" : "\($0)" })
    }
  }

  /// Targets as they are.
  init(values: [Float], classNames: [String]) {
    self.values = values
    self.classNames = classNames
  }

  /// Classes by their different words.
  private init(words: [String]) {
    let names = Categories.sorted(Set(words))
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Float($0)) })
    self.init(values: words.compactMap { numbers[$0] }, classNames: names)
  }

  /// The places of the ones, where each row has a single one and zeros.
  private static func oneHot(_ numbers: [Float], _ width: Int) -> [Int]? {
    var classes: [Int] = []
    for start in stride(from: 0, to: numbers.count, by: width) {
      let row = numbers[start..<start + width]
      guard row.allSatisfy({ $0 == 0 || $0 == 1 }), row.count(where: { $0 == 1 }) == 1,
        let place = row.firstIndex(of: 1)
      else { return nil }
      classes.append(place - start)
    }
    return classes
  }

  private static func check(_ shape: [Int], _ samples: Int, _ source: String) throws(DatasetError) {
    guard (1...2).contains(shape.count), shape[0] == samples, samples > 0, shape.last != 0 else {
      throw wrongShape(shape, samples, source)
    }
  }

  private static func wrongShape(_ shape: [Int], _ samples: Int, _ source: String) -> DatasetError {
    .invalidArgument(
      name: source,
      expected: localized(
        "targets of shape [\(samples)] or [\(samples), 1], or one-hot rows [\(samples), classes]"),
      got: localized("shape \(shape)"))
  }
}

/// The numbers of an array in single precision.
enum ArrayNumbers {
  /// The numbers, all of them finite.
  ///
  /// - Throws: `DatasetError.unsuitable` for one that is not, with its place.
  static func floats(_ array: RawArray, source: String) throws(DatasetError) -> [Float] {
    let doubles = array.doubles()
    if let wrong = doubles.firstIndex(where: { !Float($0).isFinite }) {
      var (rest, index) = (wrong, [Int]())
      for size in array.shape.reversed() {
        index.insert(rest % size, at: 0)
        rest /= size
      }
      throw .unsuitable(
        FileDefect(
          .npy, source: source, at: .element(index),
          expected: localized("a finite number of single precision"),
          got: "\(doubles[wrong])",
          advice: localized("Leave these samples out, or put a number there, such as the mean.")))
    }
    return doubles.map { Float($0) }
  }
}
