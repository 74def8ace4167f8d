import Autograd
import Datasets
import Localization
import Trace

/// Stands for data that are not here: it knows their sizes, and has no samples.
package struct RecordedData: Dataset {
  /// The name of the data set.
  package let name: String
  /// How many samples the run had, as far as that is known.
  package let count: Int
  /// How many features a sample has.
  package let featureCount: Int
  /// The names of the classes.
  package let classNames: [String]
  /// The samples' size as images; nil where they are not images.
  package let imageSize: (rows: Int, columns: Int)?

  /// The data of a recorded run, with the number of features of its samples.
  package init(_ description: RunDescription, featureCount: Int, imageSize: (rows: Int, columns: Int)? = nil)
  {
    name = description.data
    let length = max(1, description.stepsPerEpoch)
    let (count, overflows) = length.multipliedReportingOverflow(by: max(1, description.batchSize))
    self.count = overflows ? length : count
    self.featureCount = featureCount
    classNames = description.classNames
    self.imageSize = imageSize
  }

  /// Always throws: samples are in the recording's keyframes only.
  package func batch(at indices: [Int]) throws -> Batch {
    throw DatasetError.invalidArgument(
      name: name, expected: localized("the data that the run was recorded with"),
      got: localized("a recording without them"))
  }
}
