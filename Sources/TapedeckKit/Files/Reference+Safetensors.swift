import Bridge
import Datasets

extension Reference {
  /// A reference from a `.safetensors` file; tensors that cannot be read are only noted, as they may not be needed.
  ///
  /// - Throws: `DatasetError` if the file cannot be read.
  package init(file path: String, files: any FileStore = Disk()) throws {
    let file = try SafetensorsFile(bytes: files.read(path), source: path, skipsUnknownTypes: true)
    self.init([:], metadata: file.metadata, unread: file.unread)
    for entry in file.entries {
      if let tensor = try? entry.array.tensor() {
        tensors[entry.name] = tensor
        types[entry.name] = entry.array.elementType
      } else {
        unread[entry.name] = "\(entry.array.elementType.rawValue) \(entry.array.shape)"
      }
    }
  }
}
