import Datasets
import Trace

extension ExportFormat {
  /// All parameters in Hugging Face's format.
  package static let safetensors = ExportFormat(
    "safetensors", fileEnding: "safetensors", "all parameters after a step, for PyTorch", isText: false,
    options: [.step]
  ) { source, request, write in
    let step = request.step ?? source.archive.lastIteration
    let entries = try source.parameters(after: step).map { array in
      SafetensorsFile.Entry(name: array.name, array: try NumericArray(array))
    }
    try write(SafetensorsFile(entries: entries, metadata: ["format": "pt", "step": "\(step)"]).write())
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
