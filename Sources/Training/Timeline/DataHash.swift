import Arrays
import Autograd
import Datasets
import Trace

/// A hash that identifies a data set on another machine: of its sizes, its classes, and samples spread over all of it.
enum DataHash {
  /// The number of samples that are hashed, so that a large set does not delay the start of a run.
  private static let sampleLimit = 2_048

  /// The hash of a data set.
  ///
  /// - Throws: what the data set throws.
  static func value(of data: any Dataset) throws -> UInt64 {
    var hash = ParameterHash()
    func add(_ text: String) { Array(text.utf8).withUnsafeBytes { hash.add($0) } }
    add("\(data.count) \(data.featureCount)")
    for name in data.classNames { add(name) }
    let count = min(data.count, sampleLimit)
    guard count > 0 else { return hash.value }
    let (whole, rest) = data.count.quotientAndRemainder(dividingBy: count)
    let batch = try data.batch(at: (0..<count).map { $0 * whole + $0 * rest / count })
    for array in [NamedArray("inputs", batch.inputs), NamedArray("targets", batch.targets)] {
      array.bytes.withUnsafeBytes { hash.add($0) }
    }
    return hash.value
  }
}
