import DebuggerUI
import Foundation
import NCursesTerminal
import TerminalUI

/// How the recordings of a folder are listed.
package struct RunsOptions: Sendable {
  /// The folder.
  package var folder: String
  /// Whether the folders in it are looked through too.
  package var isRecursive = false
  /// Whether the screen shows only ASCII characters.
  package var isASCIIOnly = false
  /// What the user has chosen for the screen.
  package var screen = ScreenPreferences()
  /// How the experiments of recordings are made again.
  package var run = ReplayedRun()

  /// A list of a folder.
  package init(folder: String) { self.folder = folder }
}

/// Shows the recordings of a folder on the terminal, and those that are opened from there.
struct RunsStage {
  let options: RunsOptions

  /// Shows the list until the user quits; returns the exit code.
  ///
  /// - Throws: what printing throws.
  func show() throws -> Int32 {
    NCursesTerminal.blockSignals()
    defer { NCursesTerminal.unblockSignals() }
    let wake = ScreenWake()
    let watch = FolderWatch(
      RecordingFolder(path: options.folder, isRecursive: options.isRecursive), onNews: { wake.ring() })
    watch.start()
    defer { watch.stop() }
    let comparing = RunComparing(options.run, onEnd: { wake.ring() })
    var state = RunListState(size: .zero, folder: options.folder, isRecursive: options.isRecursive)
    while true {
      let end: RunsLoop.End
      do { end = try show(&state, watch, comparing, wake) } catch {
        return try Tapedeck.complain("\(error)", code: 2)
      }
      switch end {
      case .quit: return 0
      case .signal(let signal): return signal.exitCode
      case .open(let path, let isBeingWritten):
        if let code = open(path, isBeingWritten: isBeingWritten, &state) { return code }
        // The recording's screen has let them through again.
        NCursesTerminal.blockSignals()
      }
    }
  }

  /// Shows the list once, until it is left.
  ///
  /// - Throws: `TerminalError` if the terminal cannot move its cursor.
  private func show(
    _ state: inout RunListState, _ watch: FolderWatch, _ comparing: RunComparing, _ wake: ScreenWake
  ) throws(TerminalError) -> RunsLoop.End {
    let terminal = try NCursesTerminal(isASCIIOnly: options.isASCIIOnly)
    defer { terminal.close() }
    wake.use(terminal.waker)
    defer { wake.use(nil) }
    return RunsLoop(terminal: terminal, watch: watch, comparing: comparing, theme: options.screen.theme)
      .run(&state)
  }

  /// Shows a recording in the debugger; returns the exit code where a signal ended that.
  private func open(_ path: String, isBeingWritten: Bool, _ state: inout RunListState) -> Int32? {
    var shown = ShowOptions(path: path)
    shown.isWatching = isBeingWritten
    shown.isASCIIOnly = options.isASCIIOnly
    shown.screen = options.screen
    shown.run = options.run
    do {
      let code = try Tapedeck.show(shown)
      return code > 128 ? code : nil
    } catch {
      state.report("\(error)")
      return nil
    }
  }
}

extension Tapedeck {
  /// Shows the recordings of a folder on the screen if there is one, else prints them; returns the exit code.
  ///
  /// - Throws: ``RecordingFolderError`` if the folder cannot be read, or what printing throws.
  package static func listRuns(
    _ options: RunsOptions, isHeadless: Bool = false, isJSON: Bool = false
  ) throws -> Int32 {
    let folder = RecordingFolder(path: options.folder, isRecursive: options.isRecursive)
    guard isHeadless || isJSON || isatty(STDOUT_FILENO) == 0 else {
      // A folder that is not there is said at once; one that goes later is waited for.
      _ = try folder.files()
      return try RunsStage(options: options).show()
    }
    let text = RunsText(folder: options.folder, runs: try folder.files().map(RunReading.summary))
    try StandardOutput.printLine(isJSON ? text.json() : text.lines.joined(separator: "\n"))
    return 0
  }
}
