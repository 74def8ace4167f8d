import Datasets
import Foundation
import Localization
import Synchronization

/// A file of the user's, or standard input.
package enum InputFile {
  /// The word for standard input.
  static let standardInput = "-"

  /// What was read from standard input, which can be read once.
  private static let input = Mutex<[UInt8]?>(nil)

  /// The bytes of a file.
  ///
  /// - Throws: `DatasetError.cannotRead`, or `DatasetError.tooLarge` for more than 4 GiB.
  package static func read(_ path: String) throws -> [UInt8] {
    guard path == standardInput else { return try Disk().read(path) }
    return try input.withLock { input in
      if let input { return input }
      let bytes = try Disk().read("/dev/stdin")
      input = bytes
      return bytes
    }
  }

  /// The bytes of a table.
  ///
  /// - Throws: What ``read(_:)`` throws, or `DatasetError.unsuitable` where nothing came on standard input.
  static func readTable(_ path: String) throws -> [UInt8] {
    let bytes = try read(path)
    guard path != standardInput || !bytes.isEmpty else {
      throw DatasetError.unsuitable(
        FileDefect(
          .csv, source: name(path), at: .whole, expected: localized("rows of text"),
          got: localized("nothing: it is empty"),
          advice: localized("Write a table to it, such as with tapedeck train --data - < FILE.csv.")))
    }
    return bytes
  }

  /// What a sentence calls a file.
  static func name(_ path: String) -> String { path == standardInput ? localized("standard input") : path }

  /// Whether there is a file with contents at a path, and no folder or device.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Reads standard input to its end if it is among some files, and leaves the keyboard in its place, so that the screen
  /// can be shown.
  package static func takeStandardInput(for files: [String]) throws {
    guard files.contains(standardInput) else { return }
    _ = try read(standardInput)
    guard isatty(STDIN_FILENO) == 0, isatty(STDOUT_FILENO) == 1 else { return }
    let keyboard = open("/dev/tty", O_RDWR)
    guard keyboard >= 0 else { return }
    dup2(keyboard, STDIN_FILENO)
    close(keyboard)
  }
}
