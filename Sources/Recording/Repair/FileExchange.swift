import Localization
import SystemCalls

/// Puts a finished file in the place of another: whenever it is stopped, one of the two is whole on the disk.
struct FileExchange {
  /// How many names are tried for a file of our own beside another.
  private static let nameLimit = 100

  /// The finished file.
  let part: RecordingFile
  let target: RecordingFile
  /// Whether an existing file may be replaced.
  let replacing: Bool

  /// Makes an empty file beside the target, under a name that is free.
  ///
  /// - Throws: `RecordingError.cannotWrite`, or `exists`.
  static func makePart(of target: RecordingFile) throws(RecordingError) -> RecordingFile {
    let part = try freeFile(target.path + ".part")
    try part.create()
    return part
  }

  /// Moves the existing file aside and the finished one in; the old one is deleted only when the new one is on the disk.
  ///
  /// - Parameter confirm: tries the new file in its place, before the other goes.
  /// - Throws: `RecordingError`, or what `confirm` throws; the old file is back in its place then.
  func run(_ confirm: () throws -> Void = {}) throws {
    if let obstacle = target.replacingObstacle { throw obstacle }
    guard RecordingFile.sync(part.path) else {
      throw RecordingError.cannotWrite(path: target.path, reason: systemReason())
    }
    guard replacing, !target.isFree else {
      try target.create()
      if let reason = FileExchange.give(part.path, to: target.path) {
        target.remove()
        throw RecordingError.cannotWrite(path: target.path, reason: reason)
      }
      _ = RecordingFile.sync(target.folder)
      do { try confirm() } catch {
        target.remove()
        throw error
      }
      return
    }
    let backup = try FileExchange.freeFile(target.path + ".replaced")
    // The log goes with its file: beside another it would be taken for that one's.
    if let reason = FileExchange.move(target, to: backup) ?? FileExchange.give(part.path, to: target.path) {
      let lost = FileExchange.move(backup, to: target)
      throw RecordingError.cannotWrite(
        path: target.path,
        reason: reason + (lost == nil ? "" : localized(", and what was there is at \(backup.path)")))
    }
    _ = RecordingFile.sync(target.folder)
    do { try confirm() } catch {
      target.remove()
      if let reason = FileExchange.move(backup, to: target) {
        throw RecordingError.cannotWrite(
          path: target.path, reason: reason + localized(", and what was there is at \(backup.path)"))
      }
      throw error
    }
    backup.remove()
  }

  /// Moves a file and those beside it; what the system says where that fails.
  private static func move(_ file: RecordingFile, to other: RecordingFile) -> String? {
    for suffix in RecordingFile.suffixes where RecordingFile.isThere(file.path + suffix) {
      if let reason = give(file.path + suffix, to: other.path + suffix) { return reason }
    }
    return nil
  }

  private static func give(_ path: String, to other: String) -> String? {
    rename(path, other) == 0 ? nil : systemReason()
  }

  /// The first name that begins so and that neither a file has nor what SQLite keeps beside one.
  private static func freeFile(_ path: String) throws(RecordingError) -> RecordingFile {
    for number in 1...nameLimit {
      let file = RecordingFile(path: number == 1 ? path : "\(path)-\(number)")
      if file.isFree { return file }
    }
    throw .exists(path: path)
  }
}
