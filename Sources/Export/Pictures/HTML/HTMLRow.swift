import TerminalUI

/// A row of cells as spans, one for each run of cells of one style.
enum HTMLRow {
  /// The class of a half block, whose colours are drawn in its place: in most fonts it leaves gaps.
  static let blocks: [Unicode.Scalar: String] = ["▀": "u", "▄": "l", "█": "f"]

  /// The markup of a row.
  static func text(_ cells: ArraySlice<Cell>, _ classes: inout HTMLClasses) -> String {
    var text = ""
    var rest = cells
    while let first = rest.first {
      let block = blocks[first.scalar]
      let run = rest.prefix { $0.style == first.style && blocks[$0.scalar] == block }
      rest = rest.dropFirst(run.count)
      var content = String.UnicodeScalarView()
      for cell in run {
        // A character of another font may have another width, so it has an element one column wide.
        let isUsual = isUsual(cell.scalar)
        if !isUsual { content.append(contentsOf: "<b>".unicodeScalars) }
        Markup.append(cell.scalar, to: &content)
        if !isUsual { content.append(contentsOf: "</b>".unicodeScalars) }
      }
      if first.style == .plain, block == nil {
        text += String(content)
      } else {
        let names = "s\(classes.number(first.style))" + (block.map { " \($0)" } ?? "")
        text += "<span class=\"\(names)\">\(String(content))</span>"
      }
    }
    return text
  }

  /// Whether most fonts of one width have the character; the script of animations asks the same.
  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x250, 0x370..<0x400, 0x2013...0x2014, 0x2018...0x201d, 0x2022, 0x2026, 0x2500..<0x25a0: true
    default: false
    }
  }
}
