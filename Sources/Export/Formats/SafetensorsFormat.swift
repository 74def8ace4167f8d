import Datasets
import Localization

extension ExportFormat {
  /// All parameters in Hugging Face's format.
  package static let safetensors = ExportFormat(
    "safetensors", fileEnding: "safetensors", Sentence("all parameters after a step, for PyTorch"),
    isText: false,
    options: [.step]
  ) { source, request, write in
    let step = request.step ?? source.archive.lastStep
    let entries = try source.parameters(after: step)
    try write(SafetensorsFile(entries: entries, metadata: ["format": "pt", "step": "\(step)"]).write())
  }
}
