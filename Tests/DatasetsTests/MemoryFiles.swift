import Datasets
import Synchronization

/// Files that are on no disk; the mutex owns them.
final class MemoryFiles: FileStore {
  private let contents = Mutex<[String: [UInt8]]>([:])

  subscript(path: String) -> [UInt8]? {
    get { contents.withLock { $0[path] } }
    set { contents.withLock { $0[path] = newValue } }
  }

  func hasFile(at path: String) -> Bool { self[path] != nil }

  func read(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    guard let bytes = self[path] else { throw .cannotRead(source: path, reason: "no such file") }
    guard bytes.count <= limit else { throw .tooLarge(source: path, bytes: bytes.count, limit: limit) }
    return bytes
  }

  func write(_ bytes: [UInt8], to path: String) throws(DatasetError) { self[path] = bytes }

  func makeFolder(at path: String) throws(DatasetError) {}
}
