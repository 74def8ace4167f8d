import CNCurses
import TerminalUI

/// Hands the changed parts of a buffer's rows to ncurses.
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
      let start = y * buffer.size.width
      let columns = changes(buffer, start, width)
      guard !columns.isEmpty else { continue }
      changed += 1
      for x in columns {
        let cell = buffer.cells[start + x]
        let (pair, attributes) = pairs.look(cell.style)
        shim_set_cell(&row[x - columns.lowerBound], wchar_t(bitPattern: cell.scalar.value), attributes, pair)
      }
      shim_write_cells(Int32(y), Int32(columns.lowerBound), row, Int32(columns.count))
    }
    return changed
  }

  /// The columns from the first to the last cell of a row that differ from the last frame.
  private func changes(_ buffer: Buffer, _ start: Int, _ width: Int) -> Range<Int> {
    guard let shown else { return 0..<width }
    return buffer.cells.withUnsafeBufferPointer { new in
      shown.cells.withUnsafeBufferPointer { old in
        var (first, last) = (0, width)
        while first < last, new[start + first] == old[start + first] { first += 1 }
        while last > first, new[start + last - 1] == old[start + last - 1] { last -= 1 }
        return first..<last
      }
    }
  }
}
