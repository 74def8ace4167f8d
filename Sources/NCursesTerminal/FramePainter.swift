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
  /// Bytes are compared first, which is quick; cells that are equal may have other bytes.
  private func changes(_ buffer: Buffer, _ start: Int, _ columns: Range<Int>) -> Range<Int> {
    guard let shown else { return columns }
    return buffer.cells.withUnsafeBufferPointer { new in
      shown.cells.withUnsafeBufferPointer { old in
        guard let newCells = new.baseAddress, let oldCells = old.baseAddress else { return columns }
        let stride = MemoryLayout<Cell>.stride
        func isEqual(_ first: Int, _ count: Int) -> Bool {
          memcmp(newCells + start + first, oldCells + start + first, count * stride) == 0
        }
        func isEqual(_ column: Int) -> Bool {
          isEqual(column, 1) || new[start + column] == old[start + column]
        }
        let end = columns.upperBound
        var first = columns.lowerBound
        if first < end, isEqual(first, end - first) { return end..<end }
        while first < end, isEqual(first) { first += 1 }
        var last = first
        while last < end, !isEqual(last) { last += 1 }
        return first..<last
      }
    }
  }
}
