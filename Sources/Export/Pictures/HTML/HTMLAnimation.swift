import Localization
import TerminalUI

/// An animation as an HTML file with a slider: the first screen, and what changes from each to the next.
enum HTMLAnimation {
  /// The most bytes of a file.
  private static let byteLimit = 8_000_000
  /// Changed cells that are closer than this are written together.
  private static let nearest = 6

  /// The text of the file; of too many screens, every second one is left out until it is small enough.
  static func text(_ frames: ScreenFrames, title: String, _ themes: [PictureTheme]) -> String {
    frames.encoded(within: byteLimit) { frames in
      guard let first = frames.frames.first?.screen else { return "" }
      var classes = HTMLClasses()
      _ = classes.number(.plain)
      var last = Buffer(size: first.size)
      var changes: [String] = []
      for frame in frames.frames {
        changes.append(
          "[\(Int(frame.seconds * 1_000)),[\(change(from: last, to: frame.screen, &classes))]]")
        last = frame.screen
      }
      // Without scripts the last screen is seen.
      let rows = HTMLFile.rows(last, &classes)
      let body = """
        <pre id="screen">\(rows)</pre>
        <p><button id="play" data-play="\(Markup.escaped(localized("Play")))" \
        data-pause="\(Markup.escaped(localized("Pause")))"></button>
        <input id="at" type="range" min="0" max="\(frames.frames.count - 1)" value="0" \
        aria-label="\(Markup.escaped(localized("Screen")))">
        <output id="time"></output></p>
        <script>
        const width=\(first.size.width),height=\(first.size.height),length=\(Int(frames.length * 1_000)),frames=[
        \(changes.joined(separator: ",\n"))];
        \(HTMLPlayer.script)
        </script>
        """
      return HTMLFile.page(title, classes, themes, style: HTMLPlayer.style, body: body)
    }
  }

  /// What changes: of each run of cells its row, its first column, its characters, and its styles as pairs of a number and
  /// a count.
  private static func change(from old: Buffer, to new: Buffer, _ classes: inout HTMLClasses) -> String {
    var runs: [String] = []
    for y in 0..<new.size.height {
      for columns in columns(from: old.row(y), to: new.row(y)) {
        let start = y * new.size.width
        let cells = new.cells[start + columns.lowerBound..<start + columns.upperBound]
        var pairs: [(style: Int, count: Int)] = []
        var text = String.UnicodeScalarView()
        for cell in cells {
          let number = classes.number(cell.style)
          if pairs.last?.style == number {
            pairs[pairs.count - 1].count += 1
          } else {
            pairs.append((number, 1))
          }
          append(cell.scalar, to: &text)
        }
        let styles = pairs.map { "\($0.style),\($0.count)" }.joined(separator: ",")
        runs.append("[\(y),\(columns.lowerBound),\"\(String(text))\",[\(styles)]]")
      }
    }
    return runs.joined(separator: ",")
  }

  private static func columns(from old: ArraySlice<Cell>, to new: ArraySlice<Cell>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (x, cells) in zip(old, new).enumerated() where cells.0 != cells.1 {
      if let last = runs.last, x - last.upperBound < nearest {
        runs[runs.count - 1] = last.lowerBound..<x + 1
      } else {
        runs.append(x..<x + 1)
      }
    }
    return runs
  }

  /// Adds a character to a text within quotes in a script.
  private static func append(_ scalar: Unicode.Scalar, to text: inout String.UnicodeScalarView) {
    switch scalar {
    case "\"", "\\": text.append(contentsOf: ["\\", scalar])
    // It would end the script.
    case "<": text.append(contentsOf: "\\u003c".unicodeScalars)
    default: text.append(scalar)
    }
  }
}
