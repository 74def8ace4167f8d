import Foundation
import Localization
import Recording

/// A file that an export writes. Until it is whole it has another name beside its place, so that a failure leaves what
/// was there.
///
/// Owner: the calling thread.
final class ExportedFile {
  private let path: String
  /// Where the bytes go until the file is whole; the path itself for what is not a regular file, such as a device.
  private let part: String
  private let replacing: Bool
  private var file: Int32

  /// Opens a file to write; one that is there stays until ``finish()``.
  ///
  /// - Throws: `RecordingError.exists` or `cannotWrite`.
  init(_ path: String, replacing: Bool) throws(RecordingError) {
    self.replacing = replacing
    var status = stat()
    let isThere = stat(path, &status) == 0
    guard !isThere || status.st_mode & S_IFMT == S_IFREG else {
      (self.path, part) = (path, path)
      file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
      return
    }
    guard replacing || !isThere else { throw .exists(path: path) }
    // A link stays, and what it leads to is written.
    self.path = isThere ? URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false) : path
    part = "\(self.path).part-\(getpid())"
    file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    if isThere { fchmod(file, status.st_mode & 0o777) }
  }

  deinit { discard() }

  /// Adds bytes.
  ///
  /// - Throws: `RecordingError.cannotWrite`.
  func write(_ bytes: [UInt8]) throws(RecordingError) {
    if let reason = writeAll(bytes, to: file) { throw .cannotWrite(path: path, reason: reason) }
  }

  /// Puts the file into its place, when the disk has it.
  ///
  /// - Throws: `RecordingError`; what was there is there still.
  func finish() throws(RecordingError) {
    if part != path, fsync(file) != 0 {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    let isClosed = close(file) == 0
    file = -1
    guard isClosed else { throw failure() }
    guard part != path else { return }
    if replacing {
      guard rename(part, path) == 0 else { throw failure() }
    } else if link(part, path) == 0 {
      // One that has come meanwhile is not overwritten.
      unlink(part)
    } else {
      guard errno != EEXIST else {
        unlink(part)
        throw .exists(path: path)
      }
      // Some file systems have no links.
      guard rename(part, path) == 0 else { throw failure() }
    }
  }

  private func failure() -> RecordingError {
    let reason = String(cString: strerror(errno))
    if part != path { unlink(part) }
    return .cannotWrite(path: path, reason: reason)
  }

  /// Gives up what is not whole.
  private func discard() {
    guard file >= 0 else { return }
    close(file)
    file = -1
    if part != path { unlink(part) }
  }
}
