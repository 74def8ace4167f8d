import DebuggerUI
import TerminalUI
import Testing

/// One screen with the colours and characters of different terminals.
struct ColorSupportTests {
  /// A terminal.
  struct Screen: Sendable, CustomTestStringConvertible {
    let name: String
    let capabilities: TerminalCapabilities
    var testDescription: String { name }
  }

  static let screens = [
    Screen(name: "256", capabilities: TerminalCapabilities(colorSupport: .palette256)),
    Screen(name: "16", capabilities: TerminalCapabilities(colorSupport: .ansi16)),
    Screen(name: "none", capabilities: TerminalCapabilities(colorSupport: .none)),
    Screen(name: "none-ascii", capabilities: TerminalCapabilities(colorSupport: .none, isUnicode: false)),
  ]

  @Test(arguments: screens)
  func theScreenInTheColorsOfTheTerminal(_ screen: Screen) throws {
    let state = States.digits(.paused, States.small)
    try GoldenScreen.expect(state.screen(screen.capabilities), "backward-80x24-\(screen.name)")
  }

  @Test func onlyASCIIIsDrawnWhereTheScreenShowsNothingElse() {
    for support in ColorSupport.allCases {
      let capabilities = TerminalCapabilities(colorSupport: support, isUnicode: false)
      for scene in ScreenTests.scenes {
        let lines = scene.make(States.standard).screen(capabilities).lines
        #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(scene.name)")
      }
    }
  }

  @Test func withoutColorsTheFocusedPaneIsStillSeen() {
    let capabilities = TerminalCapabilities(colorSupport: .none)
    let screens = Press.panes.map {
      States.digits(.paused).after($0).screen(capabilities).lines
    }
    #expect(Set(screens).count == Press.panes.count)
  }
}
