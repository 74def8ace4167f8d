import Numbers
import TerminalUI

/// An animation as an SVG file that plays by style sheet alone, without scripts.
///
/// What never changes is drawn once. The rest is divided into strips of neighbouring cells in a row: all that a strip
/// shows lies side by side, one screen's width apart, and its own keyframes push what is due into view.
struct SVGAnimation {
  /// Cells of a row that change in the course of the animation.
  struct Strip: Equatable {
    let row: Int
    let columns: Range<Int>
  }

  /// Two strips that are closer than this are one.
  private static let nearest = 4
  /// The most bytes of a file.
  private static let byteLimit = 2_000_000

  private let frames: ScreenFrames
  private let size: Size
  private let colors: PictureColors
  private var classes = SVGClasses()
  private var rules = ""

  private init(_ frames: ScreenFrames, size: Size, _ colors: PictureColors) {
    (self.frames, self.size, self.colors) = (frames, size, colors)
  }

  /// The text of the file; of too many screens, every second one is left out until it is small enough.
  static func text(_ frames: ScreenFrames, title: String, _ colors: PictureColors) -> String {
    guard let first = frames.frames.first?.screen else { return "" }
    return frames.encoded(within: byteLimit) { frames in
      var animation = SVGAnimation(frames, size: first.size, colors)
      let elements = animation.elements(first)
      return SVGFile(size: first.size, title: title, colors)
        .text(elements, animation.classes.styleSheet + animation.rules)
    }
  }

  private mutating func elements(_ first: Buffer) -> String {
    let strips = SVGAnimation.strips(frames.frames.map(\.screen))
    var still = first
    for strip in strips {
      still.fill(
        Rect(x: strip.columns.lowerBound, y: strip.row, width: strip.columns.count, height: 1), with: .blank)
    }
    var text = ""
    for y in 0..<size.height {
      text += SVGFile.group(SVGRow.elements(of: still.row(y), colors, &classes), x: 0, row: y)
    }
    let seconds = NumberText.trimmed(NumberText.fixed(frames.length, decimals: 3))
    rules += ".S{animation:\(seconds)s step-end infinite}"
    // Where nothing moves, the last screen is seen.
    rules += "@media(prefers-reduced-motion:reduce){.S{animation:none}}"
    for (number, strip) in strips.enumerated() { text += group(strip, number) }
    return text
  }

  private mutating func group(_ strip: Strip, _ number: Int) -> String {
    var places: [ArraySlice<Cell>: Int] = [:]
    var elements = ""
    var keyframes = ""
    var shown = -1
    let distance = size.width * GlyphShape.width
    for frame in frames.frames {
      let row = strip.row * size.width
      let cells = frame.screen.cells[row + strip.columns.lowerBound..<row + strip.columns.upperBound]
      let place = places[cells] ?? places.count
      if place == places.count {
        places[cells] = place
        let content = SVGRow.elements(of: cells, colors, &classes)
        elements +=
          place == 0 ? content : "<g transform=\"translate(\(place * distance))\">\(content)</g>"
      }
      guard place != shown else { continue }
      shown = place
      let percent = NumberText.trimmed(NumberText.fixed(100 * frame.seconds / frames.length, decimals: 3))
      keyframes += "\(percent)%{transform:translate(\(place == 0 ? "0" : "-\(place * distance)px"))}"
    }
    rules += "@keyframes S\(number){\(keyframes)}"
    return SVGFile.group(
      "<g class=\"S\" style=\"animation-name:S\(number)\" transform=\"translate(-\(shown * distance))\">"
        + "\(elements)</g>", x: strip.columns.lowerBound, row: strip.row)
  }

  /// The parts of all rows that differ between screens.
  static func strips(_ screens: [Buffer]) -> [Strip] {
    guard let first = screens.first else { return [] }
    let width = first.size.width
    var isChanged = [Bool](repeating: false, count: first.cells.count)
    for screen in screens.dropFirst() {
      for place in isChanged.indices where !isChanged[place] && screen.cells[place] != first.cells[place] {
        isChanged[place] = true
      }
    }
    var strips: [Strip] = []
    for y in 0..<first.size.height {
      for x in 0..<width where isChanged[y * width + x] {
        if let last = strips.last, last.row == y, x - last.columns.upperBound < nearest {
          strips[strips.count - 1] = Strip(row: y, columns: last.columns.lowerBound..<x + 1)
        } else {
          strips.append(Strip(row: y, columns: x..<x + 1))
        }
      }
    }
    return strips
  }
}
