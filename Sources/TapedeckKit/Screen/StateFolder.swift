import Foundation

/// The folder in which the program keeps what it must know the next time: `$XDG_STATE_HOME/tapedeck`, usually
/// `~/.local/state/tapedeck`.
package struct StateFolder: Sendable {
  private let folder: URL

  /// The folder of an environment; nil where it names no home.
  package init?(_ environment: [String: String]) {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      folder = URL(filePath: state).appending(path: "tapedeck")
    } else if let home = environment["HOME"], !home.isEmpty {
      folder = URL(filePath: home).appending(path: ".local/state/tapedeck")
    } else {
      return nil
    }
  }

  /// What is kept is short; nothing of a file beyond this many bytes is read.
  package static let largest = 4_096

  /// The text that is kept under a name, as far as so many bytes of it; nil where none is.
  package func read(_ name: String, upTo largest: Int = StateFolder.largest) -> String? {
    let place = folder.appending(path: name)
    // A pipe would be waited for.
    guard InputFile.isRegular(place.path), let file = try? FileHandle(forReadingFrom: place),
      let bytes = try? file.read(upToCount: largest)
    else { return nil }
    return String(data: bytes, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Keeps a text under a name. Where that is impossible, the program only forgets it.
  package func write(_ text: String, _ name: String) {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data("\(text)\n".utf8).write(to: folder.appending(path: name), options: .atomic)
  }
}
