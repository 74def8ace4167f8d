import TerminalUI
import Trace

/// Where the samples of a batch are in the batch pane: images in rows, with a line of words below, or a line each.
struct BatchLayout {
  /// The cells of one image; none for samples that are not images.
  let image: Size
  let perRow: Int
  /// The samples in view.
  let visible: Range<Int>
  private let area: Rect
  private let itemHeight: Int

  init(_ batch: BatchSnapshot, chosen: Int, area: Rect, capabilities: TerminalCapabilities) {
    self.area = area
    let shape = batch.imageSize.map { BatchLayout.image($0, capabilities) }
    // Where there is no room for an image, the words of the samples are shown without it.
    guard let shape, area.height == 0 || shape.height < area.height else {
      (image, perRow, itemHeight) = (.zero, 1, 1)
      visible = ListWindow.visible(
        count: batch.samples.count, height: area.height, selected: chosen, first: 0)
      return
    }
    image = shape
    itemHeight = image.height + 1
    let perRow = max(1, (area.width + 1) / (max(image.width, Self.wordsWidth) + 1))
    self.perRow = perRow
    let rows = ListWindow.visible(
      count: (batch.samples.count + perRow - 1) / perRow, height: area.height / itemHeight,
      selected: chosen / perRow, first: 0)
    // Below them there may be room for images whose words are cut.
    let last = rows.upperBound + (area.height % itemHeight == image.height ? 1 : 0)
    visible = rows.lowerBound * perRow..<min(batch.samples.count, last * perRow)
  }

  /// The cells that an image takes.
  private static func image(_ size: BatchSnapshot.ImageSize, _ capabilities: TerminalCapabilities) -> Size {
    // Large images are drawn at half their size, so that several fit side by side.
    let shrink = max(1, (size.columns + 15) / 16)
    let cellsHigh = capabilities.colorSupport >= .palette256 && capabilities.glyphs.isUnicode ? 2 : 1
    return Size(
      width: (size.columns + shrink - 1) / shrink,
      height: (size.rows + shrink * cellsHigh - 1) / (shrink * cellsHigh))
  }

  /// Whether the last column is free.
  var hasRoomForScrollBar: Bool {
    image == .zero || perRow * (max(image.width, Self.wordsWidth) + 1) <= area.width
  }

  /// The rows that so many samples take.
  func height(of count: Int) -> Int { (count + perRow - 1) / perRow * itemHeight }

  /// Columns for the label, the prediction and its probability.
  private static let wordsWidth = 8

  /// The cells of a sample in view, with its line of words.
  func place(_ sample: Int) -> Rect {
    let index = sample - visible.lowerBound
    guard image != .zero else { return area.row(index) }
    let width = max(image.width, Self.wordsWidth)
    return Rect(
      x: area.x + index % perRow * (width + 1), y: area.y + index / perRow * itemHeight, width: width,
      height: itemHeight)
  }

  /// The sample over a cell of the screen.
  func sample(atX x: Int, y: Int) -> Int? { visible.first { place($0).contains(x: x, y: y) } }
}
