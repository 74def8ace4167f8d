import DebuggerUI
import Diagnosis

/// What the user has chosen for the screen, whatever run it shows.
package struct ScreenPreferences: Sendable {
  /// The most frames a second.
  package var framesPerSecond = 30
  /// The theme; nil for the one that fits the terminal.
  package var theme: String?
  /// The layout to begin with; nil for the last one.
  package var layout: String?
  /// The keys of commands.
  package var keys = KeyMap()
  /// Which rules of diagnosis are muted, and their thresholds.
  package var diagnosis = Diagnosis.Settings()
  /// Where the lines of the command line and the layout are kept; nil to keep none.
  package var memory: StateFolder?

  /// The names of the layouts.
  static var layouts: [String] { CommandTable.standard.words(after: "layout") }

  /// The usual screen, which keeps nothing.
  package init() {}

  /// The least time from one frame to the next.
  var frameInterval: Duration { .seconds(1) / max(1, framesPerSecond) }

  /// Puts it into the state of a screen that is about to begin.
  func begin(_ state: inout DebuggerState) {
    if !keys.isEmpty { state.use(keys) }
    state.consoleHistory = CommandHistory(memory).lines
    state.themeChoice.name = theme
    (state.diagnosis.muted, state.diagnosis.thresholds) = (diagnosis.muted, diagnosis.thresholds)
    state.beginLayout(kept: memory?.read("layout"), named: layout.flatMap(LayoutPreset.named))
  }
}
