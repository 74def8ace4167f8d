import Arrays
import Datasets
import Localization

extension ExportFormat {
  /// One tensor in NumPy's format.
  package static let numpy = ExportFormat(
    "npy", fileEnding: "npy", Sentence("one tensor at a step, for NumPy"), isText: false,
    options: [.step, .phase, .node, .view], requiredOption: .node
  ) { source, request, write in
    let tensor = try source.tensor(request)
    try write(NpyFile.write(RawArray(tensor.values, shape: tensor.shape)))
  }
}
