import TerminalUI
import Testing

struct ThemeTests {
  /// A theme with that many colours.
  struct Look: Sendable, CustomTestStringConvertible {
    let theme: Theme
    let support: ColorSupport
    var testDescription: String { "\(theme.name)\(theme.isDark ? "" : " on light") \(support)" }

    /// What the terminal shows, by xterm's palette; its own colours by those of its kind of screen.
    func shown(_ color: Color, isBackground: Bool) -> Color {
      switch (theme.resolve(color, support), support) {
      case (.rgb(let red, let green, let blue), .palette256):
        .palette(Palette256.nearest(red: red, green: green, blue: blue))
      case (.ansi(let index), _):
        Color(Palette16.components(index))
      case (.default, _): isBackground == theme.isDark ? .hex(0) : .hex(0xffffff)
      case (let color, _): color
      }
    }

    func contrast(_ style: Style) -> Double {
      let style = theme.resolve(style, support)
      let text = shown(style.foreground, isBackground: false)
      return text.contrast(with: shown(style.background, isBackground: true)) ?? 0
    }
  }

  static let looks = [ColorSupport.trueColor, .palette256, .ansi16].flatMap { support in
    Theme.names.compactMap { Theme.named($0) }.map { Look(theme: $0, support: support) }
      + Theme.names.compactMap { Theme.named($0, isDark: false) }.map { Look(theme: $0, support: support) }
  }

  /// What text is drawn in.
  static let texts: [Role] =
    [.text, .muted, .focus, .good, .warning, .bad, .notFinite, .forward, .backward, .negative, .positive]
    + Role.series + Role.heat

  @Test(arguments: looks)
  func allTextIsReadableOnTheScreenAndOnAChosenRow(_ look: Look) {
    let least = look.theme.name == "high-contrast" && look.support == .trueColor ? 7 : 4.5
    for role in Self.texts {
      #expect(look.contrast(.foreground(.role(role))) >= least, "\(role)")
      #expect(look.contrast(.foreground(.role(role)).dim) >= 3, "dim \(role)")
      let chosen = Style.foreground(.role(role)).background(Accents.selection)
      #expect(look.contrast(chosen) >= 4.5, "\(role) on a chosen row")
    }
    #expect(look.contrast(.plain) >= 4.5)
    #expect(look.contrast(.dim) >= 4.5)
    #expect(look.contrast(.foreground(Accents.muted).dim) >= 4.5)
    #expect(look.contrast(Style(foreground: .role(.selectedText), background: Accents.selection)) >= 4.5)
  }

  @Test(arguments: looks)
  func textOnAColorIsReadable(_ look: Look) {
    for role in Self.texts where role != .text {
      let style = Style(foreground: Color.role(role).contrasting, background: .role(role))
      #expect(look.contrast(style) >= 4.5, "\(role)")
    }
  }

  @Test(arguments: looks)
  func linesAreSeen(_ look: Look) {
    #expect(look.contrast(.foreground(Accents.border)) >= 3)
  }

  @Test(arguments: looks.filter { $0.support == .trueColor && !$0.theme.usesTerminalColors })
  func aClassIsReadableOnTheRegionOfAnother(_ look: Look) {
    for region in Accents.series {
      for series in Accents.series {
        let style = Style(foreground: series, background: region.mixed(with: Accents.background, 0.8))
        #expect(look.contrast(style) >= 3, "\(series) on \(region)")
      }
    }
  }

  @Test(arguments: ["high-contrast", "color-blind", "terminal"])
  func aThemeForSpecialNeedsFitsTheBackground(_ name: String) {
    #expect(Theme.named(name)?.isDark == true)
    #expect(Theme.named(name, isDark: false)?.isDark == false)
  }

  @Test func theMagnitudesOfTheLightThemeDifferIn256Colors() {
    let shown = Role.heat.map {
      Look(theme: .light, support: .palette256).shown(.role($0), isBackground: false)
    }
    #expect(Set(shown).count == shown.count)
  }

  @Test func everyNameHasATheme() {
    for name in Theme.names { #expect(Theme.named(name)?.name == name) }
    #expect(Theme.named(Theme.automatic) == nil)
  }

  @Test func theUsualThemeFitsTheTerminal() {
    #expect(Theme.usual(isDark: true, .trueColor) == .dark)
    #expect(Theme.usual(isDark: false, .palette256) == .light)
    #expect(Theme.usual(isDark: false, .ansi16).usesTerminalColors)
  }

  @Test func theTerminalsOwnThemeLeavesItsTextAndBackground() {
    let theme = Theme.named("terminal", isDark: false)
    #expect(theme?.resolve(.plain) == .plain)
    #expect(theme?.resolve(.foreground(Accents.bad)) == .foreground(.ansi(1)))
  }

  @Test func aScreenForAFileHasNoRoles() {
    var buffer = Buffer(size: Size(width: 2, height: 1), capabilities: TerminalCapabilities(theme: .light))
    buffer.draw("a", x: 0, y: 0, style: .foreground(Accents.muted))
    let cells = buffer.resolved.cells
    #expect(cells[0].style == Style(foreground: Theme.light.color(.muted), background: .hex(0xfbfcfd)))
    #expect(cells[1].style.background == .hex(0xfbfcfd))
  }

  @Test func aMagnitudeIsCoolOrHot() {
    #expect(Accents.heat(norm: 0) == .role(.heat1))
    #expect(Accents.heat(norm: 1e-5) == .role(.heat1))
    #expect(Accents.heat(norm: 100) == .role(.heat6))
    #expect(Accents.heat(norm: .nan) == Accents.bad)
  }
}

extension Color {
  /// A colour of three channels.
  fileprivate init(_ channels: (red: UInt8, green: UInt8, blue: UInt8)) {
    self = .rgb(channels.red, channels.green, channels.blue)
  }
}
