import Localization
import SystemCalls

/// A recording's file and those that SQLite keeps beside it, by the file system.
struct RecordingFile: Sendable {
  let path: String

  /// What tells one file from another at the same path.
  struct Identity: Sendable, Equatable {
    let device: UInt64
    let number: UInt64
  }

  /// The path to give to SQLite: a name that SQLite would take for something else is made a path.
  static func databasePath(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

  /// Which file it is; nil where there is none.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  /// What changes when a file is written: its size and when that was.
  struct Mark: Sendable, Equatable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// What the file is now, without its log; nil where there is none.
  var mark: Mark? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Mark(size: Int(status.st_size), seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec))
  }

  /// What it takes on disk with its log.
  var byteCount: Int { RecordingFile.size(path) + RecordingFile.size(path + "-wal") }

  /// Whether it has a log that holds something.
  var hasLog: Bool { RecordingFile.size(path + "-wal") > 0 }

  /// Makes an empty file where nothing is, neither it nor what SQLite keeps beside one.
  ///
  /// - Throws: `RecordingError.exists`, or `cannotWrite`.
  func create() throws(RecordingError) {
    if let obstacle = replacingObstacle { throw obstacle }
    // A log left by another file of this name would be taken for this one's, and may be all that is left of a run.
    for suffix in RecordingFile.suffixes where RecordingFile.isThere(path + suffix) {
      throw .exists(path: path + suffix)
    }
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw errno == EEXIST ? .exists(path: path) : .cannotWrite(path: path, reason: systemReason())
    }
    close(file)
  }

  /// Why it cannot be read, as far as the file system says.
  var readingObstacle: RecordingError? {
    var status = stat()
    guard stat(path, &status) == 0 else { return .cannotRead(path: path, reason: systemReason()) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .cannotRead(
        path: path,
        reason: status.st_mode & S_IFMT == S_IFDIR
          ? localized("it is a folder") : localized("it is not a regular file")
      )
    }
    guard access(path, R_OK) == 0 else { return .cannotRead(path: path, reason: systemReason()) }
    // SQLite opens what is beside the file, and would wait for who writes into a pipe.
    for beside in RecordingFile.suffixes.dropFirst().map({ path + $0 }) {
      var status = stat()
      if stat(beside, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        return .cannotRead(path: beside, reason: localized("it is not a regular file"))
      }
    }
    return status.st_size == 0 && !hasLog ? .empty(path: path) : nil
  }

  /// Why what is at the path cannot make way for a file; nil where it can, or where nothing is there.
  var replacingObstacle: RecordingError? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFREG || kind == S_IFLNK { return nil }
    return .cannotWrite(
      path: path,
      reason: kind == S_IFDIR ? localized("it is a folder") : localized("it is not a regular file"))
  }

  /// What the names of a file and of those that SQLite keeps beside it end in.
  static let suffixes = ["", "-wal", "-shm", "-journal"]

  /// Whether nothing is there, neither it nor what SQLite keeps beside one.
  var isFree: Bool { !RecordingFile.suffixes.contains { RecordingFile.isThere(path + $0) } }

  /// The folder that it is in.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether anything is at a path, a link that leads nowhere included.
  static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Waits until the disk has a file, or the names in a folder; false where the system fails.
  static func sync(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    let result = fsync(file)
    let reason = errno
    close(file)
    errno = reason
    return result == 0
  }

  /// Removes it and what SQLite keeps beside it.
  func remove() { for suffix in RecordingFile.suffixes { unlink(path + suffix) } }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
