/// A screenful of cells that widgets draw into.
///
/// Whatever falls outside is left out silently. Where the screen shows only ASCII, every character
/// is replaced with a similar one in ASCII as it is drawn.
package struct Buffer: Hashable, Sendable {
  /// How many columns and rows.
  package let size: Size
  /// What the screen it is meant for can show.
  package let capabilities: TerminalCapabilities
  /// All cells, row by row.
  package private(set) var cells: [Cell]
  /// Drawing outside this rectangle has no effect.
  package private(set) var clip: Rect
  /// What can be clicked, in the order in which it was drawn.
  package private(set) var controls: [ControlArea] = []

  /// A buffer of blanks.
  package init(size: Size, capabilities: TerminalCapabilities = .full) {
    self.size = size
    self.capabilities = capabilities
    cells = Array(repeating: .blank, count: size.width * size.height)
    clip = Rect(size)
  }

  /// The rectangle of the whole buffer.
  package var bounds: Rect { Rect(size) }

  /// The cell in column `x` of row `y`; outside the buffer a blank, and setting it has no effect.
  package subscript(x: Int, y: Int) -> Cell {
    get { bounds.contains(x: x, y: y) ? cells[y * size.width + x] : .blank }
    set {
      guard clip.contains(x: x, y: y) else { return }
      cells[y * size.width + x] = shown(newValue)
    }
  }

  /// Writes the text in one row, from column `x` on, over at most `maxWidth` columns.
  ///
  /// Returns the column after the last one of the text, whether or not that part was visible.
  @discardableResult
  package mutating func draw(
    _ text: String, x: Int, y: Int, style: Style = .plain, maxWidth: Int = .max
  ) -> Int {
    let end = x.addingClamped(max(0, maxWidth))
    var column = x
    if CharacterCount.areAlone(text) {
      for scalar in text.unicodeScalars {
        guard column < end else { break }
        self[column, y] = Cell(scalar, style: style)
        column += 1
      }
      return column
    }
    for character in text {
      guard column < end else { break }
      self[column, y] = Cell(character: character, style: style)
      column += 1
    }
    return column
  }

  /// Fills a rectangle with one cell.
  package mutating func fill(_ rect: Rect, with cell: Cell) {
    let visible = rect.intersection(clip)
    guard !visible.isEmpty else { return }
    let cell = shown(cell)
    for y in visible.y..<visible.maxY {
      let start = y * size.width
      for x in visible.x..<visible.maxX { cells[start + x] = cell }
    }
  }

  /// Changes the style of every cell of a rectangle and leaves its characters.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let visible = rect.intersection(clip)
    guard !visible.isEmpty else { return }
    for y in visible.y..<visible.maxY {
      for x in visible.x..<visible.maxX { change(&cells[y * size.width + x].style) }
    }
  }

  /// Lets `draw` draw inside `rect` and nowhere else.
  package mutating func clipped(to rect: Rect, _ draw: (inout Buffer) throws -> Void) rethrows {
    let outer = clip
    clip = clip.intersection(rect)
    defer { clip = outer }
    try draw(&self)
  }

  /// Notes that a click inside a rectangle does something; what is outside of the clip is left out.
  package mutating func add(_ control: Control, _ rect: Rect, steps: ClosedRange<Int>? = nil) {
    guard !rect.intersection(clip).isEmpty else { return }
    controls.append(ControlArea(control: control, area: rect, clip: clip, steps: steps))
  }

  /// The text of every row, without its trailing spaces.
  package var lines: [String] {
    (0..<size.height).map { y in
      var text = String.UnicodeScalarView()
      for cell in cells[y * size.width..<(y + 1) * size.width] { text.append(cell.scalar) }
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  /// The same screen in the colours of its theme, for a file: no role is left, and no terminal's own colour where the
  /// theme has one.
  package var resolved: Buffer {
    var copy = self
    for index in copy.cells.indices {
      copy.cells[index].style = capabilities.theme.resolve(cells[index].style, capabilities.colorSupport)
    }
    return copy
  }

  private func shown(_ cell: Cell) -> Cell {
    guard !capabilities.glyphs.isUnicode, !cell.scalar.isASCII else { return cell }
    return Cell(Transliteration.ascii(cell.scalar), style: cell.style)
  }
}
