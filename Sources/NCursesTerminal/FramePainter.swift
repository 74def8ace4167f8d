import CNCurses
import TerminalUI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

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
      var columns = changes(buffer, start, 0..<width)
      if !columns.isEmpty { changed += 1 }
      while !columns.isEmpty {
        for x in columns {
          let cell = buffer.cells[start + x]
          let (pair, attributes) = pairs.look(cell.style)
          let scalar = wchar_t(bitPattern: cell.scalar.value)
          shim_set_cell(&row[x - columns.lowerBound], scalar, attributes, pair)
        }
        shim_write_cells(Int32(y), Int32(columns.lowerBound), row, Int32(columns.count))
        columns = changes(buffer, start, columns.upperBound..<width)
      }
    }
    return changed
  }

  /// The first run of columns of a row whose cells differ from those of the last frame.
  ///
  /// Cells are compared by their bytes, which is quick. Two that are equal may have other bytes; ncurses compares them too.
  private func changes(_ buffer: Buffer, _ start: Int, _ columns: Range<Int>) -> Range<Int> {
    guard let shown else { return columns }
    return buffer.cells.withUnsafeBytes { new in
      shown.cells.withUnsafeBytes { old in
        guard let new = new.baseAddress, let old = old.baseAddress else { return columns }
        let stride = MemoryLayout<Cell>.stride
        func isEqual(_ first: Int, _ count: Int) -> Bool {
          let offset = (start + first) * stride
          return memcmp(new + offset, old + offset, count * stride) == 0
        }
        var first = columns.lowerBound
        guard first < columns.upperBound, !isEqual(first, columns.upperBound - first) else {
          return columns.upperBound..<columns.upperBound
        }
        while first < columns.upperBound, isEqual(first, 1) { first += 1 }
        var last = first
        while last < columns.upperBound, !isEqual(last, 1) { last += 1 }
        return first..<last
      }
    }
  }
}
