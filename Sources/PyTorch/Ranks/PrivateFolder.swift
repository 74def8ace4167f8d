import Foundation

/// A new folder that only the user can read, for what processes share; it is deleted with the last reference to it.
final class PrivateFolder: Sendable {
  let path: String

  /// Makes the folder.
  ///
  /// - Throws: ``ProbeError/cannotLay(folder:reason:)``.
  init() throws(ProbeError) {
    // The path of a socket may have no more than 107 bytes.
    let usual = NSTemporaryDirectory()
    let parent = usual.utf8.count > 64 ? "/tmp/" : usual
    var template = Array("\(parent)tapedeck-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard isMade else { throw .cannotLay(folder: path, reason: ChildProcess.reason(errno)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
