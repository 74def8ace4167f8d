import TerminalUI

/// Cells of one row as SVG elements, from x = 0 on and y = 0 down.
///
/// What joins its neighbours is drawn in strokes, one path for each colour and width; equal neighbours share a stroke.
/// Everything else is text: an element for each run of one style, as long as its cells whatever the font.
struct SVGRow {
  /// What strokes are drawn with.
  private struct Pen: Hashable {
    enum Width: Hashable {
      case filling(Int)
      case light, heavy, dots
    }

    var isPaper: Bool
    var color: PictureColors.RGB
    var width: Width
  }

  /// The strokes of a pen; all numbers in halves of a unit.
  private struct Strokes {
    var level: [(y: Int, from: Int, to: Int)] = []
    var rest = ""
  }

  private let colors: PictureColors
  private var pens: [Pen] = []
  private var strokes: [Pen: Strokes] = [:]
  private var texts = ""

  private init(_ colors: PictureColors) { self.colors = colors }

  /// The elements of some cells.
  static func elements(
    of cells: ArraySlice<Cell>, _ colors: PictureColors, _ classes: inout SVGClasses
  ) -> String {
    var row = SVGRow(colors)
    var run: SVGTextRun?
    for (x, cell) in cells.enumerated() {
      let paint = colors.paint(cell.style)
      let shape = GlyphShape(cell.scalar)
      if shape?.isWhole != true, let paper = paint.paper { row.fill(x, paper) }
      guard let shape else {
        if run?.takes(cell.scalar, paint, at: x) == true { continue }
        if let run { row.texts += run.element(&classes) }
        run = SVGTextRun(cell.scalar, paint, at: x)
        continue
      }
      row.draw(shape, at: x, paint)
    }
    if let run { row.texts += run.element(&classes) }
    return row.paths(&classes) + row.texts
  }

  private mutating func fill(_ x: Int, _ paper: PictureColors.RGB) {
    level(
      Pen(isPaper: true, color: paper, width: .filling(GlyphShape.height)), y: GlyphShape.height,
      from: 16 * x, to: 16 * x + 16)
  }

  private mutating func draw(_ shape: GlyphShape, at column: Int, _ paint: PictureColors.Paint) {
    let x = 2 * GlyphShape.width * column
    func pen(_ width: Pen.Width) -> Pen { Pen(isPaper: false, color: paint.ink, width: width) }
    switch shape {
    case .blocks(let blocks):
      for block in blocks {
        level(
          pen(.filling(block.height)), y: 2 * block.y + block.height, from: x + 2 * block.x,
          to: x + 2 * (block.x + block.width))
      }
    case .shade(let part): fill(column, (paint.paper ?? colors.ground).mixed(with: paint.ink, part))
    case .dots(let bits):
      for dot in 0..<8 where bits & 1 << UInt8(dot) != 0 {
        let (across, down) = dot < 6 ? (dot / 3, dot % 3) : (dot - 6, 3)
        add("M\(Half(x + 4 + 8 * across)) \(2 + 4 * down)h0", to: pen(.dots))
      }
    case .curve(let curve): add("M\(Half(x + curve.x)) \(Half(curve.y))\(curve.rest)", to: pen(.light))
    case .lines(let arms):
      for (weight, from, to) in [(arms.left, 0, 8), (arms.right, 8, 16)] where weight > 0 {
        for y in SVGRow.places(weight, middle: 16) {
          for dash in SVGRow.dashes(arms.dashes, from, to) {
            level(pen(weight == 2 ? .heavy : .light), y: y, from: x + dash.from, to: x + dash.to)
          }
        }
      }
      for (weight, from, to) in [(arms.up, 0, 16), (arms.down, 16, 32)] where weight > 0 {
        for place in SVGRow.places(weight, middle: 8) {
          for dash in SVGRow.dashes(arms.dashes, from, to) {
            add(
              "M\(Half(x + place)) \(Half(dash.from))v\(Half(dash.to - dash.from))",
              to: pen(weight == 2 ? .heavy : .light))
          }
        }
      }
    }
  }

  /// Where the lines of a weight run, so that a light one covers whole units.
  private static func places(_ weight: Int, middle: Int) -> [Int] {
    switch weight {
    case 1: [middle - 1]
    case 2: [middle]
    default: [middle - 3, middle + 1]
    }
  }

  /// The dashes of half a line.
  private static func dashes(_ count: Int, _ from: Int, _ to: Int) -> [(from: Int, to: Int)] {
    guard count > 1 else { return [(from, to)] }
    let length = 2 * (to - from) / count
    return (0..<count).map { (max($0 * length + length / 4, from), min($0 * length + 3 * length / 4, to)) }
      .filter { $0.0 < $0.1 }
  }

  private mutating func level(_ pen: Pen, y: Int, from: Int, to: Int) {
    begin(pen)
    let last = strokes[pen]?.level.lastIndex { $0.y == y }
    if let last, strokes[pen]?.level[last].to == from {
      strokes[pen]?.level[last].to = to
    } else {
      strokes[pen]?.level.append((y, from, to))
    }
  }

  private mutating func add(_ path: String, to pen: Pen) {
    begin(pen)
    strokes[pen]?.rest += path
  }

  private mutating func begin(_ pen: Pen) {
    guard strokes[pen] == nil else { return }
    strokes[pen] = Strokes()
    pens.append(pen)
  }

  /// What is behind the characters first.
  private func paths(_ classes: inout SVGClasses) -> String {
    var text = ""
    for pen in pens.filter(\.isPaper) + pens.filter({ !$0.isPaper }) {
      guard let strokes = strokes[pen] else { continue }
      let kind =
        switch pen.width {
        case .filling(GlyphShape.height): " F"
        case .filling: ""
        case .light: " L"
        case .heavy: " H"
        case .dots: " D"
        }
      text += "<path class=\"\(classes.name(pen.color))\(kind)\""
      if case .filling(let height) = pen.width, height != GlyphShape.height, height != 8 {
        text += " stroke-width=\"\(height)\""
      }
      text += " d=\""
      for stroke in strokes.level {
        text += "M\(Half(stroke.from)) \(Half(stroke.y))h\(Half(stroke.to - stroke.from))"
      }
      text += strokes.rest + "\"/>"
    }
    return text
  }
}

extension GlyphShape {
  /// Whether it covers what is behind it.
  fileprivate var isWhole: Bool {
    switch self {
    case .blocks(let blocks): blocks == [Block(x: 0, y: 0, width: 8, height: 16)]
    case .shade: true
    case .lines, .curve, .dots: false
    }
  }
}

/// A number of halves, as SVG writes it.
private struct Half: CustomStringConvertible {
  let count: Int

  init(_ count: Int) { self.count = count }

  var description: String { count.isMultiple(of: 2) ? "\(count / 2)" : "\(count / 2).5" }
}
