import Datasets
import Trace
import Training

/// A recording's tensors in the formats of NumPy and of Hugging Face.
struct RecordedArrays {
  private let archive: any RunArchive
  private let options: ExportOptions

  /// Arrays of a recording, at the step that the options name.
  init(_ archive: any RunArchive, _ options: ExportOptions) {
    self.archive = archive
    self.options = options
  }

  private var step: Int { options.step ?? archive.lastIteration }

  /// Gives the bytes of an `.npy` file with a node's tensor to `write`.
  ///
  /// - Throws: ``ExportError`` or `InspectionError` if there is no such tensor.
  func writeTensor(_ write: ([UInt8]) throws -> Void, note: (String) -> Void) throws {
    let target = Inspection.Target(
      iteration: step, phase: options.phase, node: options.node, view: options.view)
    let moment = try Inspection(options.run.recorded(archive)).moment(target)
    guard let tensor = moment.focus else {
      throw ExportError.noTensor(
        node: options.node ?? "", view: options.view, phase: options.phase, step: step)
    }
    if let limitation = moment.limitation { note(limitation) }
    try write(Inspector.npy(tensor))
  }

  /// Gives the bytes of a `.safetensors` file with all parameters and buffers to `write`.
  ///
  /// - Throws: `InspectionError` if there is no such step.
  func writeParameters(_ write: ([UInt8]) throws -> Void, note: (String) -> Void) throws {
    let parameters = try options.run.recorded(archive).parameters(after: step)
    if let limitation = parameters.limitation { note(limitation) }
    let entries = try parameters.arrays.map { array in
      SafetensorsFile.Entry(name: array.name, array: try NumericArray(array))
    }
    let metadata = ["format": "pt", "step": "\(step)"]
    try write(SafetensorsFile(entries: entries, metadata: metadata).write())
  }
}

extension ReplayedRun {
  /// A recorded run to be met again without a screen.
  func recorded(_ archive: any RunArchive, file: String = "") -> RecordedRun {
    RecordedRun(archive, file: file, machine: Machine.description, now: monotonicSeconds) {
      try experiment(archive)
    }
  }
}

extension NumericArray {
  /// A recorded array.
  fileprivate init(_ array: NamedArray) throws {
    guard let type = ElementType(rawValue: array.dtype) else {
      throw DatasetError.invalidArgument(
        name: array.name, expected: "an element type such as float32", got: array.dtype)
    }
    try self.init(elementType: type, shape: array.shape, bytes: array.bytes)
  }
}
