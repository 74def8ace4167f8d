import Datasets

/// Files that never change and are on no disk.
struct MemoryFiles: FileStore {
  var contents: [String: [UInt8]]

  func hasFile(at path: String) -> Bool { contents[path] != nil }

  func read(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    guard let bytes = contents[path] else { throw .cannotRead(source: path, reason: "no such file") }
    guard bytes.count <= limit else { throw .tooLarge(source: path, bytes: bytes.count, limit: limit) }
    return bytes
  }

  func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    throw .cannotWrite(source: path, reason: "these files never change")
  }
}
