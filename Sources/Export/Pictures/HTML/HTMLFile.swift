import TerminalUI

/// A screen as an HTML file that needs no other files.
enum HTMLFile {
  /// A picture of one screen, in the themes given: where there are several, the reader's browser chooses.
  static func still(_ screen: Buffer, title: String, _ themes: [PictureTheme]) -> String {
    var classes = HTMLClasses()
    let rows = rows(screen, &classes)
    return page(title, classes, themes, body: "<pre>\(rows)</pre>")
  }

  /// The rows of a screen, each in an element of its own.
  static func rows(_ screen: Buffer, _ classes: inout HTMLClasses) -> String {
    (0..<screen.size.height).map { y in
      "<span class=\"r\">\(HTMLRow.text(screen.row(y), &classes))</span>\n"
    }.joined()
  }

  /// A whole page.
  static func page(
    _ title: String, _ classes: HTMLClasses, _ themes: [PictureTheme], style: String = "", body: String
  ) -> String {
    var rules = themes.first.map { classes.rules(PictureColors($0)) } ?? ""
    for theme in themes.dropFirst() {
      rules += "@media(prefers-color-scheme:\(theme.rawValue)){\(classes.rules(PictureColors(theme)))}"
    }
    let scheme = themes.map(\.rawValue).joined(separator: " ")
    return """
      <!DOCTYPE html>
      <html>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="\(scheme)">
      <title>\(Markup.escaped(title))</title>
      <style>
      body{margin:1em}
      pre{margin:0;font:14px/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',\
      monospace}
      pre span{display:inline-block;height:1.2em;vertical-align:top}
      pre b{display:inline-block;width:1ch;height:1.2em;vertical-align:top;text-align:center;overflow:hidden;\
      font-weight:inherit}
      .u,.l,.f{-webkit-text-fill-color:transparent}
      .u{background-image:linear-gradient(currentColor 50%,transparent 50%)}
      .l{background-image:linear-gradient(transparent 50%,currentColor 50%)}
      .f{background-image:linear-gradient(currentColor,currentColor)}
      \(style)\(rules)
      </style>
      </head>
      <body>
      \(body)
      </body>
      </html>

      """
  }
}
