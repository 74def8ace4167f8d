import CTerminalGuard
import SystemCalls

/// A description of the user's terminal with true colour added, in its own folder.
///
/// ncurses shows true colour only if the description of the terminal says so, and few do.
package struct DirectColorEntry {
  /// The name of the description.
  package static let name = "tapedeck-direct"

  /// The folder that ncurses looks in.
  package let folder: String

  /// Describes a terminal that is like `base`; nil where `tic` is missing or refuses.
  package init?(base: String, temporaryFolder: String) {
    var template = Array((temporaryFolder + "/tapedeck-terminfo-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else { return nil }
    folder = String(cString: made)
    guard write(Self.source(base: base)), compile() else {
      remove()
      return nil
    }
  }

  /// Removes the folder. ncurses needs it only while the screen is opened.
  package func remove() {
    unlink(sourcePath)
    // Where the first letter of a name is not a legal folder, tic uses its code: t or 74.
    for letter in ["t", "74"] {
      unlink("\(folder)/\(letter)/\(Self.name)")
      rmdir("\(folder)/\(letter)")
    }
    rmdir(folder)
  }

  /// The description, with ``ColorMarks`` for the colours; the user's palette is never redefined.
  static func source(base: String) -> String {
    """
    \(name)|\(base) with true colour,
    \tRGB, ccc@, colors#0x1000000, pairs#0x10000,
    \tinitc@, initp@, oc@, setb@, setf@,
    \tsetab@, setaf@, scp=\\E\(ColorMarks.description),
    \top=\\E[39;49m, use=\(base),

    """
  }

  private var sourcePath: String { folder + "/source" }

  private func write(_ text: String) -> Bool {
    guard let file = fopen(sourcePath, "w") else { return false }
    let written = fputs(text, file)
    return fclose(file) == 0 && written >= 0
  }

  private func compile() -> Bool {
    let words = ["tic", "-x", "-o", folder, sourcePath].map { (word: String) in strdup(word) }
    defer { for word in words { free(word) } }
    let arguments = words.map { $0.map { UnsafePointer($0) } } + [nil]
    return terminal_guard_run_quietly(arguments) == 0
  }
}
