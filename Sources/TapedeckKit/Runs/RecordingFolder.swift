import Foundation
import Localization
import Recording

/// A folder with recordings.
package struct RecordingFolder: Sendable {
  /// One of its recordings.
  package struct File: Sendable, Equatable {
    /// The path.
    package var path: String
    /// The path below the folder, without its ending.
    package var name: String
    /// What tells whether it has changed.
    package var stamp: RecordingStamp
  }

  /// The folder's path.
  package let path: String
  /// Whether the folders in it are looked through too.
  package let isRecursive: Bool

  /// A folder of that path.
  package init(path: String, isRecursive: Bool) { (self.path, self.isRecursive) = (path, isRecursive) }

  /// The most recordings that are listed.
  private static let mostFiles = 10_000
  private static let ending = ".\(RecordingFormat.fileExtension)"

  /// The recordings that are in it now, by name.
  ///
  /// - Throws: ``RecordingFolderError`` if it cannot be read.
  package func files() throws(RecordingFolderError) -> [File] {
    let names = try names()
    return names.sorted().compactMap { name in
      let path =
        self.path == "." ? name : self.path.hasSuffix("/") ? self.path + name : "\(self.path)/\(name)"
      return RecordingStamp(path: path).map {
        File(path: path, name: String(name.dropLast(RecordingFolder.ending.count)), stamp: $0)
      }
    }
  }

  private func names() throws(RecordingFolderError) -> [String] {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(path: path)
    }
    guard isFolder.boolValue else { throw .notAFolder(path: path) }
    guard isRecursive else {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        throw .unreadable(path: path)
      }
      return Array(names.filter(isRecording).prefix(RecordingFolder.mostFiles))
    }
    guard let all = FileManager.default.enumerator(atPath: path) else { throw .unreadable(path: path) }
    var names: [String] = []
    while names.count < RecordingFolder.mostFiles, let name = all.nextObject() as? String {
      let last = name.split(separator: "/").last ?? ""
      if last.hasPrefix(".") { all.skipDescendants() } else if isRecording(name) { names.append(name) }
    }
    return names
  }

  private func isRecording(_ name: String) -> Bool {
    name.hasSuffix(RecordingFolder.ending) && !name.hasPrefix(".")
  }
}

/// Why a folder's recordings cannot be listed.
package enum RecordingFolderError: Error, Equatable, CustomStringConvertible {
  /// There is no such folder.
  case missing(path: String)
  /// It is a file.
  case notAFolder(path: String)
  /// The system does not let it be read.
  case unreadable(path: String)

  /// The reason and what to do, in a sentence.
  package var description: String {
    switch self {
    case .missing(let path):
      localized("There is no folder \(path). Name one with recordings, or leave it out for this one.")
    case .notAFolder(let path):
      localized("'tapedeck runs' expects a folder, but \(path) is a file: 'tapedeck info' describes one.")
    case .unreadable(let path):
      localized("The folder \(path) cannot be read. Check that you may read it.")
    }
  }
}
