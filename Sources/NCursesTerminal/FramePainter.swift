import CNCurses
import TerminalUI

/// Hands changed rows of a buffer to ncurses.
struct FramePainter {
  private var pairs: ColorPairs
  /// What the screen shows; nil when that is not known.
  private var shown: Buffer?
  private var row: [cchar_t] = []

  init(pairs: ColorPairs) { self.pairs = pairs }

  /// Makes the next frame send everything.
  mutating func forget() { shown = nil }

  /// Writes the rows that differ from the last frame; returns how many.
  mutating func paint(_ buffer: Buffer, size: Size) -> Int {
    let theme = buffer.capabilities.theme
    if shown?.size != buffer.size || shown?.capabilities.theme != theme { shown = nil }
    pairs.theme = theme
    if shown == nil { shim_erase() }
    var changed = write(buffer, size)
    if pairs.isExhausted {
      pairs.reset()
      shown = nil
      changed = write(buffer, size)
    }
    shown = buffer
    return changed
  }

  private mutating func write(_ buffer: Buffer, _ size: Size) -> Int {
    let width = min(buffer.size.width, size.width)
    if row.count < width { row = Array(repeating: cchar_t(), count: width) }
    var changed = 0
    for y in 0..<min(buffer.size.height, size.height) {
      let range = y * buffer.size.width..<y * buffer.size.width + width
      if let shown, shown.cells[range].elementsEqual(buffer.cells[range]) { continue }
      changed += 1
      for (x, index) in range.enumerated() {
        let cell = buffer.cells[index]
        let (pair, attributes) = pairs.look(cell.style)
        shim_set_cell(&row[x], wchar_t(bitPattern: cell.scalar.value), attributes, pair)
      }
      shim_write_row(Int32(y), row, Int32(width))
    }
    return changed
  }
}
