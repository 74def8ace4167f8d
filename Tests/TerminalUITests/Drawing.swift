import TerminalUI

/// A screen without colours that shows Unicode.
let colorless = TerminalCapabilities(colorSupport: .none)
/// A screen without colours that shows only ASCII.
let asciiOnly = TerminalCapabilities(colorSupport: .none, isUnicode: false)

/// The buffer of that size after the widget has drawn into all of it.
func screen(
  _ widget: some Widget, _ width: Int, _ height: Int, _ capabilities: TerminalCapabilities = colorless
) -> Buffer {
  var buffer = Buffer(size: Size(width: width, height: height), capabilities: capabilities)
  widget.draw(into: &buffer, area: buffer.bounds)
  return buffer
}

/// The rows of text the widget draws.
func lines(
  _ widget: some Widget, _ width: Int, _ height: Int, _ capabilities: TerminalCapabilities = colorless
) -> [String] {
  screen(widget, width, height, capabilities).lines
}

/// Whether the widget stands every small area, also partly off the screen, and draws nothing outside it.
func staysInside(_ widget: some Widget) -> Bool {
  let mark = Cell("~", style: .foreground(.rgb(1, 2, 3)))
  for capabilities in [colorless, asciiOnly, .full, TerminalCapabilities(isUnicode: false)] {
    for (width, height) in [
      (0, 0), (0, 3), (3, 0), (1, 1), (2, 2), (5, 1), (1, 5), (4, 3), (13, 7), (30, 12),
    ] {
      for (x, y) in [(2, 2), (-1, -2), (36, 18), (100, 100)] {
        var buffer = Buffer(size: Size(width: 40, height: 20), capabilities: capabilities)
        buffer.fill(buffer.bounds, with: mark)
        let area = Rect(x: x, y: y, width: width, height: height)
        widget.draw(into: &buffer, area: area)
        for row in 0..<20 {
          for column in 0..<40 where !area.contains(x: column, y: row) && buffer[column, row] != mark {
            return false
          }
        }
      }
    }
  }
  return true
}
