import TerminalUI

/// A screen as an SVG file that needs nothing else: no scripts, no fonts, no other files.
struct SVGFile {
  /// **Units**: the room around the screen, in the units of the drawing.
  private static let margin = 8

  private let size: Size
  private let title: String
  private let colors: PictureColors

  init(size: Size, title: String, _ colors: PictureColors) {
    (self.size, self.title, self.colors) = (size, title, colors)
  }

  /// A picture of one screen.
  static func still(_ screen: Buffer, title: String, _ colors: PictureColors) -> String {
    var classes = SVGClasses()
    let file = SVGFile(size: screen.size, title: title, colors)
    let rows = (0..<screen.size.height).map { y in
      SVGFile.group(SVGRow.elements(of: screen.row(y), colors, &classes), x: 0, row: y)
    }
    return file.text(rows.joined(), classes.styleSheet)
  }

  /// Elements moved to their place.
  static func group(_ elements: String, x: Int, row: Int) -> String {
    guard !elements.isEmpty else { return "" }
    return
      "<g transform=\"translate(\(x * GlyphShape.width) \(row * GlyphShape.height))\">\(elements)</g>\n"
  }

  /// The whole file.
  func text(_ elements: String, _ styleSheet: String) -> String {
    let margin = SVGFile.margin
    let (width, height) = (size.width * GlyphShape.width, size.height * GlyphShape.height)
    let (wide, high) = (width + 2 * margin, height + 2 * margin)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(wide)" height="\(high)" viewBox="0 0 \(wide) \(high)" \
      role="img" xml:space="preserve">
      <title>\(Markup.escaped(title))</title>
      <style>\(styleSheet)</style>
      <rect width="\(wide)" height="\(high)" rx="6" fill="\(colors.ground.hex)"/>
      <svg x="\(margin)" y="\(margin)" width="\(width)" height="\(height)" stroke-width="8" font-size="13.3" \
      font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace">
      \(elements)</svg>
      </svg>

      """
  }
}

extension Buffer {
  /// The cells of a row.
  func row(_ y: Int) -> ArraySlice<Cell> { cells[y * size.width..<(y + 1) * size.width] }
}
