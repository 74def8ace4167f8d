/// The themes for special needs on a light background.
extension Theme {
  /// Black and dark colours on white: all text has a contrast of at least 7.
  static let highContrastOnWhite = Theme(
    "high-contrast", isDark: false,
    ThemeColors(
      [
        .background: 0xffffff, .selection: 0xd6edff, .text: 0x000000, .muted: 0x3a3a3a,
        .selectedText: 0x000000, .inverseText: 0xffffff, .border: 0x4a4a4a, .focus: 0x0030b0,
        .good: 0x00500f, .warning: 0x7a3c00, .bad: 0x8f0000, .notFinite: 0x7a0090, .forward: 0x004a4a,
        .backward: 0x5a0f9f, .negative: 0x0030b0, .positive: 0x8f0000,
      ],
      series: [
        0x0038a8, 0x7a3c00, 0x00500f, 0x8a0058, 0x4c4600, 0x7d1800, 0x40109f, 0x424242,
      ],
      heat: [0x1030b8, 0x004c78, 0x00500f, 0x4c4600, 0x7a3c00, 0x8f0000]))

  /// Colours that can be told apart with any colour blindness, on nearly white.
  ///
  /// **Source**: as those on dark, made darker; the magnitudes go from blue over grey to brown.
  static let colorBlindOnWhite = Theme(
    "color-blind", isDark: false,
    ThemeColors(
      [
        .background: 0xfbfcfd, .selection: 0xd6edfd, .text: 0x1b2430, .muted: 0x525d6c,
        .selectedText: 0x000000, .inverseText: 0xffffff, .border: 0x7f8a9a, .focus: 0x005a9c,
        .good: 0x0b4f94, .warning: 0x6b5300, .bad: 0x8f3a00, .notFinite: 0x8f2a66, .forward: 0x1f5f8f,
        .backward: 0x7d2f68, .negative: 0x1450b0, .positive: 0x8f3a00,
      ],
      series: [
        0x005a9c, 0x7a4a00, 0x006351, 0x8f2a66, 0x5d5600, 0x933400, 0x2f3fb0, 0x555a61,
      ],
      heat: [0x1f4fb0, 0x36598f, 0x4f5c70, 0x5f5a3c, 0x665500, 0x7a4600]))
}
