/// The lines of the command line that are kept from session to session.
package struct CommandHistory {
  /// The most lines that are kept.
  package static let limit = 500

  /// Its name in the folder of the program's state.
  private static let name = "commands"
  /// **Units**: bytes. The most that is read: a line has at most 4,096 characters.
  private static let largest = 1 << 20

  private let folder: StateFolder?
  /// The lines, the oldest first.
  package private(set) var lines: [String]

  /// The lines that are kept in a folder; nil to keep none.
  package init(_ folder: StateFolder?) {
    self.folder = folder
    lines = CommandHistory.read(folder)
  }

  /// Keeps the line that was added last to those of the screen.
  ///
  /// The file is read again, since other sessions add to it too.
  package mutating func keep(_ all: [String]) {
    guard all != lines else { return }
    lines = all
    guard let line = all.last, let folder else { return }
    var kept = CommandHistory.read(folder)
    if kept.last != line { kept.append(line) }
    folder.write(kept.suffix(CommandHistory.limit).joined(separator: "\n"), CommandHistory.name)
  }

  private static func read(_ folder: StateFolder?) -> [String] {
    let text = folder?.read(name, upTo: largest) ?? ""
    return text.split(separator: "\n").suffix(limit).map(String.init)
  }
}
