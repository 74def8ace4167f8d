import DebuggerUI
import Export
import Foundation
import Localization
import Recording

/// The files that the debugger saves pictures in.
package enum PictureFile {
  /// The most pictures of one name.
  private static let limit = 10_000

  /// Writes a picture, and tells the state where, or why it could not.
  package static func save(_ picture: ScreenPicture, of state: inout DebuggerState) {
    do {
      state.didSave(try save(picture))
    } catch {
      state.didNotSave("\(error)")
    }
  }

  /// Writes a picture into the file that it names, or a new one in a folder; one that exists stays as it is.
  ///
  /// - Parameters:
  ///   - picture: What is written.
  ///   - folder: Where a new file goes: the path of a folder with a slash at its end, empty for the working directory.
  /// - Returns: The file's name.
  /// - Throws: ``PictureFileError``, or an error that names the file that cannot be written.
  package static func save(_ picture: ScreenPicture, in folder: String = "") throws -> String {
    guard let named = picture.file else { return try saveUnderNewName(picture, in: folder) }
    let path = named.hasPrefix("~/") ? NSString(string: named).expandingTildeInPath : named
    // Without an ending it is what is saved by default.
    let file = URL(filePath: path).pathExtension.isEmpty ? path + ".svg" : path
    guard let kind = PictureKind(file: file) else { throw PictureFileError.ending(file: named) }
    guard !FileManager.default.fileExists(atPath: file) else { throw PictureFileError.exists(file: named) }
    try write(picture, kind, to: file)
    return file
  }

  private static func saveUnderNewName(_ picture: ScreenPicture, in folder: String) throws -> String {
    for number in 1...limit {
      let file = folder + picture.name + (number == 1 ? "" : "-\(number)") + ".svg"
      guard !FileManager.default.fileExists(atPath: file) else { continue }
      do {
        try write(picture, .svg, to: file)
        return file
      } catch RecordingError.exists {
        // Another program has taken the name meanwhile.
        continue
      }
    }
    throw PictureFileError.exists(file: picture.name + ".svg")
  }

  private static func write(_ picture: ScreenPicture, _ kind: PictureKind, to path: String) throws {
    let file = try ExportedFile(path, replacing: false)
    try file.write(kind.bytes(picture.screen, title: picture.title))
    try file.finish()
  }
}

/// Why a picture is not saved.
package enum PictureFileError: Error, Equatable, CustomStringConvertible {
  /// The file's ending names no kind of picture.
  case ending(file: String)
  /// There is such a file.
  case exists(file: String)

  package var description: String {
    switch self {
    case .ending(let file):
      let endings = PictureKind.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
      return localized("A picture's file ends in one of \(endings), but got \(file).")
    case .exists(let file):
      return localized("\(file) already exists. Choose another name.")
    }
  }
}
