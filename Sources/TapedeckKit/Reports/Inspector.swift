import Arrays
import Trace
import Training

/// Trains without a screen to one moment, for `tapedeck inspect` and `tapedeck graph`.
package enum Inspector {
  /// The moment of an experiment that the target names.
  ///
  /// - Throws: `InspectionError` if there is none, or the error of the operator that failed.
  package static func moment(_ experiment: Experiment, _ target: Inspection.Target) throws -> Moment {
    try Inspection(experiment).moment(target)
  }

  /// A moment's tensor as the bytes of an `.npy` file.
  ///
  /// - Throws: `DatasetError` if its shape does not fit its values.
  package static func npy(_ tensor: TensorSnapshot) throws -> [UInt8] {
    try NpyFile.write(RawArray(tensor.values, shape: tensor.shape))
  }
}
