import Foundation
import Localization

/// A copy of a recording, with its log, in a folder of its own; it is removed with this.
final class TemporaryCopy: Sendable {
  /// The copy's path.
  let path: String
  private let folder: URL

  /// Copies a recording.
  ///
  /// - Throws: `RecordingError.cannotRead`.
  init(of original: String) throws(RecordingError) {
    folder = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
    path = folder.appending(path: "copy").path(percentEncoded: false)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: original + suffix) {
        try FileManager.default.copyItem(atPath: original + suffix, toPath: path + suffix)
        // A copy of a file that may not be written may not be written either.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + suffix)
      }
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw .cannotRead(
        path: original, reason: localized("it cannot be copied to a folder that can be written"))
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
