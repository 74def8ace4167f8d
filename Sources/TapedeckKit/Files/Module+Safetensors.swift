import Datasets
import NN

extension Module {
  /// Writes `stateDict()` to a `.safetensors` file, which `safetensors.torch.load_file` reads in PyTorch.
  ///
  /// - Throws: `DatasetError` if the file cannot be written.
  public func saveStateDict(to path: String, files: any FileStore = Disk()) throws {
    let entries = stateDict().map { NamedArray($0.name, $0.tensor) }
    try files.write(SafetensorsFile(entries: entries, metadata: ["format": "pt"]).write(), to: path)
  }

  /// Loads a `.safetensors` file that ``saveStateDict(to:files:)`` or PyTorch's `save_file` wrote.
  ///
  /// - Throws: `DatasetError` if the file cannot be read, `NNError` if its names or shapes are not the model's.
  public func loadStateDict(from path: String, strict: Bool = true, files: any FileStore = Disk()) throws {
    let file = try SafetensorsFile(bytes: files.read(path), source: path)
    try loadStateDict(file.entries.map { ($0.name, try $0.array.tensor()) }, strict: strict)
  }
}
