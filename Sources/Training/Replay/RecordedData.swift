import Autograd
import Datasets
import Trace

/// Stands for data that are not here: it knows their sizes, and has no samples.
public struct RecordedData: Dataset {
  public let name: String
  public let count: Int
  public let featureCount: Int
  public let classNames: [String]
  public let imageSize: (rows: Int, columns: Int)?

  /// The data of a recorded run, whose samples have so many features.
  public init(_ description: RunDescription, featureCount: Int, imageSize: (rows: Int, columns: Int)? = nil) {
    name = description.data
    let length = max(1, description.iterationsPerEpoch)
    let (count, overflows) = length.multipliedReportingOverflow(by: max(1, description.batchSize))
    self.count = overflows ? length : count
    self.featureCount = featureCount
    classNames = description.classNames
    self.imageSize = imageSize
  }

  /// Always throws: samples are in the recording's keyframes only.
  public func batch(at indices: [Int]) throws -> Batch {
    throw DatasetError.invalidArgument(
      name: name, expected: "the data that the run was recorded with", got: "a recording without them")
  }
}
