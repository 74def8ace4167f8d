import DebuggerUI
import TerminalUI
import Testing

/// Every text on every screen is readable in every theme.
struct ContrastTests {
  /// Those on a dark background, and those that are others on a light one.
  static let themes = [true, false].flatMap { isDark in
    Theme.names.compactMap { Theme.named($0, isDark: isDark) }
      .filter { !$0.usesTerminalColors && $0.isDark == isDark }
  }

  @Test(arguments: themes)
  func everyTextOfEverySceneIsReadable(_ theme: Theme) {
    let capabilities = TerminalCapabilities(theme: theme)
    for scene in ScreenTests.scenes {
      let screen = scene.make(States.standard).screen(capabilities).resolved
      var faults: Set<String> = []
      for y in 0..<screen.size.height {
        for x in 0..<screen.size.width {
          let cell = screen[x, y]
          guard Character(cell.scalar).isLetter || Character(cell.scalar).isNumber else { continue }
          let contrast = cell.style.foreground.contrast(with: cell.style.background) ?? 0
          if contrast < 4.5 { faults.insert("\(cell.scalar) \(cell.style) \(x),\(y)") }
        }
      }
      #expect(faults.isEmpty, "\(scene.name)")
    }
  }

  @Test(arguments: themes)
  func theBorderOfTheFocusedPaneHasTheColorOfTheFocus(_ theme: Theme) {
    let screen = States.digits(.paused).screen(TerminalCapabilities(theme: theme)).resolved
    let corners = screen.cells.filter { $0.scalar == "╭" }.map(\.style.foreground)
    #expect(corners.count { $0 == theme.color(.focus) } == 1)
    #expect(corners.count { $0 == theme.color(.border) } == corners.count - 1)
  }
}
