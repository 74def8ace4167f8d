import Foundation

/// The folder with the Python side of the peers: the user's own, or the built-in scripts in a temporary folder.
package final class PeerScripts {
  private let folder: URL
  private let isTemporary: Bool

  /// The scripts in the folder; where it is nil, the built-in ones, written to a folder that is removed with this.
  ///
  /// - Throws: what the file system throws.
  package init(folder: String?) throws {
    isTemporary = folder == nil
    self.folder =
      folder.map { URL(filePath: $0) }
      ?? FileManager.default.temporaryDirectory.appending(path: "tapedeck-peers-\(UUID().uuidString)")
    guard isTemporary else { return }
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    for (name, bytes) in [
      ("peer.py", PackageResources.peer_py), ("pytorch_peer.py", PackageResources.pytorch_peer_py),
      ("numpy_peer.py", PackageResources.numpy_peer_py),
    ] {
      try Data(bytes).write(to: self.folder.appending(path: name))
    }
  }

  deinit {
    if isTemporary { try? FileManager.default.removeItem(at: folder) }
  }

  /// The path of a library's script.
  ///
  /// - Throws: ``BenchmarkError/noScript(path:)``
  package func path(of library: BenchmarkPeer.Library) throws -> String {
    let path = folder.appending(path: "\(library.rawValue)_peer.py").path
    guard FileManager.default.fileExists(atPath: path) else { throw BenchmarkError.noScript(path: path) }
    return path
  }
}
