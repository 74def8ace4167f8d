import TerminalUI

/// The classes of styles in an HTML file, so that each style is written once.
struct HTMLClasses {
  private var numbers: [Style: Int] = [:]
  private(set) var styles: [Style] = []

  /// The number of a style; its class is `s` and the number.
  mutating func number(_ style: Style) -> Int {
    if let number = numbers[style] { return number }
    numbers[style] = styles.count
    styles.append(style)
    return styles.count - 1
  }

  /// The rules of all classes in some colours.
  func rules(_ colors: PictureColors) -> String {
    "body{color:\(colors.text.hex);background:\(colors.ground.hex)}"
      + styles.enumerated().map { number, style in
        let paint = colors.paint(style)
        var rule = ".s\(number){color:\(paint.ink.hex)"
        if let paper = paint.paper { rule += ";background-color:\(paper.hex)" }
        if paint.isBold { rule += ";font-weight:700" }
        if paint.isItalic { rule += ";font-style:italic" }
        if paint.isUnderlined { rule += ";text-decoration:underline" }
        return rule + "}"
      }.joined()
  }
}
