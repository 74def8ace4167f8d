/// The themes there are.
extension Theme {
  /// The names of all themes.
  package static let names = ["dark", "light", "high-contrast", "color-blind", "terminal"]

  /// The theme of that name; nil where there is none.
  ///
  /// All but `dark` and `light` have colours for a background of the kind that `isDark` says.
  package static func named(_ name: String, isDark: Bool = true) -> Theme? {
    switch name {
    case "dark": dark
    case "light": light
    case "high-contrast": isDark ? highContrast : highContrastOnWhite
    case "color-blind": isDark ? colorBlind : colorBlindOnWhite
    case "terminal": isDark ? terminalDark : terminalLight
    default: nil
    }
  }

  /// Stands for the theme that fits the terminal where a name is expected.
  package static let automatic = "auto"

  /// The one that fits a terminal with such a background and that many colours.
  ///
  /// Where there are only 16, they are those that its user has chosen.
  package static func usual(isDark: Bool, _ support: ColorSupport) -> Theme {
    if support <= .ansi16 { return isDark ? terminalDark : terminalLight }
    return isDark ? dark : light
  }

  /// Light text on nearly black.
  package static let dark = Theme(
    "dark", isDark: true,
    ThemeColors(
      [
        .background: 0x12151a, .selection: 0x1b3148, .text: 0xd6dce6, .muted: 0x9aa5b5,
        .selectedText: 0xffffff, .inverseText: 0x0b0d10, .border: 0x6c7686, .focus: 0x5cc1ff,
        .good: 0x4cc38a, .warning: 0xf0b23e, .bad: 0xff8474, .notFinite: 0xee7bf5, .forward: 0x6fd3b0,
        .backward: 0xcfa3ff, .negative: 0x79a8f5, .positive: 0xff8474,
      ],
      series: [
        0x5cc1ff, 0xf0a830, 0x2fc79a, 0xe08fbe, 0xf0e442, 0xf5805c, 0x8faaf5, 0xb4bac2,
      ],
      heat: [0x86a0f5, 0x58b3e6, 0x4fc9b0, 0xb8d15a, 0xf2c844, 0xff9f50]))

  /// Dark text on nearly white. Each colour has another one of 256 that is nearest.
  package static let light = Theme(
    "light", isDark: false,
    ThemeColors(
      [
        .background: 0xfbfcfd, .selection: 0xd6edfd, .text: 0x1b2430, .muted: 0x525d6c,
        .selectedText: 0x000000, .inverseText: 0xffffff, .border: 0x7f8a9a, .focus: 0x0b5aa8,
        .good: 0x0a6a1e, .warning: 0x7a4a00, .bad: 0xb0241c, .notFinite: 0x981cac, .forward: 0x08605f,
        .backward: 0x6f2fb8, .negative: 0x1d55b8, .positive: 0xb0241c,
      ],
      series: [
        0x0b5aa8, 0x7a4a00, 0x0a6a1e, 0x9c246b, 0x625300, 0x8f2e10, 0x3a2fb5, 0x555a61,
      ],
      heat: [0x2c56c0, 0x0a6386, 0x0a6a1e, 0x5f5600, 0x7a4a00, 0xb0241c]))

  /// White and bright colours on black: all text has a contrast of at least 7.
  static let highContrast = Theme(
    "high-contrast", isDark: true,
    ThemeColors(
      [
        .background: 0x000000, .selection: 0x00264d, .text: 0xffffff, .muted: 0xd8d8d8,
        .selectedText: 0xffffff, .inverseText: 0x000000, .border: 0xb0b0b0, .focus: 0xffff00,
        .good: 0x7dff9a, .warning: 0xffd75f, .bad: 0xffaa9e, .notFinite: 0xff9dff, .forward: 0x87ffd7,
        .backward: 0xe0c2ff, .negative: 0xa8ccff, .positive: 0xffaa9e,
      ],
      series: [
        0x87d7ff, 0xffd75f, 0x7dff9a, 0xffafd7, 0xffff87, 0xffaf87, 0xafc7ff, 0xd8d8d8,
      ],
      heat: [0xafc7ff, 0x87d7ff, 0x87ffd7, 0xd7ff87, 0xffd75f, 0xffaf9b]))

  /// Colours that can be told apart with any colour blindness, on nearly black.
  ///
  /// **Source**: the series are those of M. Okabe and K. Ito, Color Universal Design, 2008, made lighter; the
  /// magnitudes go from blue to yellow, as in J. Nuñez, C. Anderton and R. Renslow's cividis.
  static let colorBlind = Theme(
    "color-blind", isDark: true,
    ThemeColors(
      [
        .background: 0x12151a, .selection: 0x1b3148, .text: 0xd6dce6, .muted: 0x9aa5b5,
        .selectedText: 0xffffff, .inverseText: 0x0b0d10, .border: 0x6c7686, .focus: 0x6cc4ff,
        .good: 0x6cb4ff, .warning: 0xf0e442, .bad: 0xff8f4d, .notFinite: 0xe89ac7, .forward: 0x8fc3f5,
        .backward: 0xe6a8d0, .negative: 0x7fb0ff, .positive: 0xffa04d,
      ],
      series: [
        0x56b4e9, 0xe69f00, 0x2bc2a0, 0xdf92bf, 0xf0e442, 0xf58350, 0x8aa9ff, 0xc4c4c4,
      ],
      heat: [0x86a0e0, 0x9bb0cf, 0xb5bcc0, 0xcfc99c, 0xe8d873, 0xffec4a]))

  /// The terminal's own colours, on a dark background.
  private static let terminalDark = Theme("terminal", isDark: true)
  /// The terminal's own colours, on a light background.
  private static let terminalLight = Theme("terminal", isDark: false)
}

extension ThemeColors {
  /// Those of the 16 that are readable on black: neither the dark red nor a blue.
  static let fewOnDark = ThemeColors(
    ansi: [
      .background: 0, .text: 7, .muted: 7, .border: 8, .focus: 14, .selection: 4, .selectedText: 15,
      .inverseText: 0, .good: 10, .warning: 11, .bad: 9, .notFinite: 13, .forward: 10, .backward: 13,
      .negative: 14, .positive: 9,
    ],
    series: [14, 11, 10, 13, 9, 7, 6, 3], heat: [14, 14, 10, 11, 11, 9])
  /// Those of the 16 that are readable on white: black, red, blue and magenta.
  static let fewOnLight = ThemeColors(
    ansi: [
      .background: 15, .text: 0, .muted: 0, .border: 8, .focus: 4, .selection: 6, .selectedText: 0,
      .inverseText: 15, .good: 4, .warning: 5, .bad: 1, .notFinite: 5, .forward: 4, .backward: 5,
      .negative: 4, .positive: 1,
    ],
    series: [4, 1, 5, 0, 4, 1, 5, 0], heat: [4, 4, 0, 5, 5, 1])
}
