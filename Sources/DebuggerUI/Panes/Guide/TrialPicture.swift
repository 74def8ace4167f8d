import Lessons
import Localization
import Numbers
import TerminalUI

/// A row of the tables, tried: what it was given and both results, as small heat maps with their numbers.
struct TrialPicture: Widget {
  private let trial: LessonTrial

  init(_ trial: LessonTrial) { self.trial = trial }

  private static let cellWidth = 8
  private static let largest = (rows: 4, columns: 6)

  private typealias Block = (label: TextLine, array: LessonTrial.Array)

  private var blocks: [Block] {
    let muted = Style.foreground(Accents.muted)
    let operands = trial.operands.map { array -> Block in (TextLine(Self.heading(array), muted), array) }
    return operands + [
      (
        TextLine(localized("by hand \(Self.shape(trial.byHand.shape))"), .foreground(Accents.good)),
        trial.byHand
      ),
      (
        TextLine(localized("engine \(Self.shape(trial.engine.shape))"), .foreground(Accents.focus)),
        trial.engine
      ),
    ]
  }

  /// The rows that the picture takes in that width.
  func height(width: Int) -> Int { layout(width: width).reduce(0) { $0 + $1.height } + 1 }

  func draw(into buffer: inout Buffer, area: Rect) {
    var y = area.y
    for band in layout(width: area.width) {
      var x = area.x
      for block in band.blocks {
        let size = Self.size(block.array)
        let place = Rect(x: x, y: y, width: max(size.width, block.label.width), height: band.height)
          .intersection(area)
        draw(block, into: &buffer, place)
        x += max(size.width, block.label.width) + 2
      }
      y += band.height
    }
    verdict.draw(into: &buffer, area: Rect(x: area.x, y: y, width: area.width, height: 1).intersection(area))
  }

  private var verdict: TextLine {
    guard trial.agrees else {
      return TextLine(
        localized("✗ greatest difference \(NumberText.brief(trial.difference))"),
        .foreground(Accents.bad).bold)
    }
    let text =
      trial.difference == 0
      ? localized("✓ the same")
      : localized("✓ the same but for rounding: \(NumberText.brief(trial.difference))")
    return TextLine(text, .foreground(Accents.good).bold)
  }

  /// As many blocks in a band as fit; the next band begins below.
  private func layout(width: Int) -> [(blocks: [Block], height: Int)] {
    var bands: [(blocks: [Block], height: Int, width: Int)] = []
    for block in blocks {
      let size = Self.size(block.array)
      let needed = max(size.width, block.label.width)
      if let last = bands.last, last.width + 2 + needed <= width {
        bands[bands.count - 1].blocks.append(block)
        bands[bands.count - 1].height = max(last.height, size.height + 1)
        bands[bands.count - 1].width += 2 + needed
      } else {
        bands.append(([block], size.height + 1, needed))
      }
    }
    return bands.map { ($0.blocks, $0.height) }
  }

  private func draw(_ block: Block, into buffer: inout Buffer, _ place: Rect) {
    block.label.draw(into: &buffer, area: place.row(0))
    let (rows, columns) = Self.matrix(block.array)
    let spread = block.array.values.filter(\.isFinite)
    let (low, high) = (spread.min() ?? 0, spread.max() ?? 0)
    let theme = buffer.capabilities.theme
    let map: ColorMap = low < 0 && high > 0 ? .usual(isDiverging: true, on: theme) : .viridis
    let limit = max(abs(low), abs(high))
    let colors = map.colors(buffer.capabilities.colorSupport, on: theme, isReversed: high <= 0 && low < 0)
    for row in 0..<min(rows, Self.largest.rows) {
      for column in 0..<min(columns, Self.largest.columns) {
        let value = block.array.values[row * columns + column]
        let part =
          map == .viridis
          ? (high > low ? (value - low) / (high - low) : 0.5) : limit > 0 ? 0.5 + value / limit / 2 : 0.5
        let level = part.isFinite ? Int(max(0, min(1, part)) * Double(colors.count - 1)) : 0
        let isCut =
          column == Self.largest.columns - 1 && columns > Self.largest.columns
          || row == Self.largest.rows - 1 && rows > Self.largest.rows
        let text = isCut ? "…" : NumberText.trimmed(NumberText.brief(value))
        let padded = String(repeating: " ", count: max(0, Self.cellWidth - 1 - text.count)) + text + " "
        let background = colors[level]
        let style =
          buffer.capabilities.colorSupport < .palette256 || isCut
          ? Style.plain : Style(foreground: background.contrasting, background: background)
        buffer.draw(
          padded, x: place.x + column * Self.cellWidth, y: place.y + 1 + row, style: style,
          maxWidth: max(0, place.maxX - place.x - column * Self.cellWidth))
      }
    }
  }

  private static func size(_ array: LessonTrial.Array) -> Size {
    let (rows, columns) = matrix(array)
    return Size(width: min(columns, largest.columns) * cellWidth, height: min(rows, largest.rows))
  }

  /// The rows and columns that an array is drawn in: its last dimension across, all others down.
  private static func matrix(_ array: LessonTrial.Array) -> (rows: Int, columns: Int) {
    let columns = max(1, array.shape.last ?? 1)
    return (array.values.count / columns, columns)
  }

  private static func heading(_ array: LessonTrial.Array) -> String {
    "\(array.name) \(shape(array.shape))"
  }

  private static func shape(_ shape: [Int]) -> String { shape.isEmpty ? "" : ShapeText.of(shape) }
}
