import Arrays
import Autograd
import Localization

/// Rows of numbers with one target each.
public struct TableDataset: Dataset, Equatable {
  /// What a network should answer for each row.
  public enum Targets: Equatable, Sendable {
    /// A class number for each row, and the classes' names.
    case classes([Int], names: [String])
    /// A number for each row.
    case values([Float])

    /// The number of rows.
    public var count: Int {
      switch self {
      case .classes(let numbers, _): numbers.count
      case .values(let values): values.count
      }
    }
  }

  /// The set's name.
  public let name: String
  /// The names of the input columns.
  public let featureNames: [String]
  /// All input values, row after row. **Shapes**: `[count, featureCount]`, flattened.
  public let features: [Float]
  /// The targets, one a row.
  public let targets: Targets

  /// A dataset of the given rows.
  ///
  /// - Parameters:
  ///   - name: The set's name.
  ///   - featureNames: The names of the input columns, as many as there are columns.
  ///   - features: All input values, row after row.
  ///   - targets: The targets, one a row.
  /// - Throws: `DatasetError.invalidArgument` if the values do not fill whole rows, one for each target;
  ///   `DatasetError.labelOutOfRange` for a class number without a class.
  public init(
    name: String, featureNames: [String], features: [Float], targets: Targets
  ) throws(DatasetError) {
    guard !featureNames.isEmpty, [featureNames.count, targets.count].checkedProduct == features.count else {
      throw .invalidArgument(
        name: "features",
        expected: localized("\(featureNames.count) columns for each of \(targets.count) rows, at least 1"),
        got: localized("\(features.count) values"))
    }
    if case .classes(let numbers, let names) = targets,
      let index = numbers.firstIndex(where: { !names.indices.contains($0) })
    {
      throw .labelOutOfRange(
        source: name, index: index, label: numbers[index], classCount: names.count)
    }
    self.name = name
    self.featureNames = featureNames
    self.features = features
    self.targets = targets
  }

  /// The number of rows.
  public var count: Int { targets.count }
  /// The number of input columns.
  public var featureCount: Int { featureNames.count }
  /// The names of the classes; empty if the targets are values.
  public var classNames: [String] {
    if case .classes(_, let names) = targets { names } else { [] }
  }

  /// The same rows, their class numbers as values: what a binary or mean-squared-error loss takes.
  public var withValueTargets: TableDataset {
    guard case .classes(let numbers, _) = targets else { return self }
    return TableDataset(copying: self, targets: .values(numbers.map { Float($0) }))
  }

  private init(copying other: TableDataset, targets: Targets) {
    name = other.name
    featureNames = other.featureNames
    features = other.features
    self.targets = targets
  }

  /// Gathers rows. **Shapes**: inputs `[batch, featureCount]`; targets `[batch]` or, of values, `[batch, 1]`.
  ///
  /// - Parameter indices: The rows' indices.
  /// - Returns: The batch: float32 inputs, and int64 class numbers or float32 values.
  /// - Throws: `DatasetError.indexOutOfRange` for an index that names no row.
  public func batch(at indices: [Int]) throws -> Batch {
    try check(indices)
    let size = featureCount
    let pool = ExecutionContext.current.pool
    let inputs = Tensor(filling: [indices.count, size], with: Float.self, pool: pool) { inputs in
      features.withUnsafeBufferPointer { features in
        guard let target = inputs.baseAddress, let source = features.baseAddress else { return }
        for (row, index) in indices.enumerated() {
          (target + row * size).update(from: source + index * size, count: size)
        }
      }
    }
    let gathered =
      switch targets {
      case .classes(let numbers, _):
        Tensor(filling: [indices.count], with: Int64.self, pool: pool) { targets in
          for (row, index) in indices.enumerated() { targets[row] = Int64(numbers[index]) }
        }
      case .values(let values): try Tensor(indices.map { values[$0] }, shape: [indices.count, 1])
      }
    return Batch(inputs: inputs, targets: gathered, indices: indices)
  }
}
