/// What a recording can be written as.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// A table, a row an iteration.
  case csv
  /// JSON objects, one a line.
  case jsonl
  /// A tensor at a step, in NumPy's format.
  case npy
  /// The parameters at a step, in Hugging Face's format.
  case safetensors
  /// An event file that TensorBoard opens.
  case tensorboard
  /// A film of the replay's screens, which `asciinema play` shows.
  case asciicast

  /// Whether a terminal can show it.
  var isText: Bool {
    switch self {
    case .csv, .jsonl, .asciicast: true
    case .npy, .safetensors, .tensorboard: false
    }
  }
}
