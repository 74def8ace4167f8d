/// The positions and the size of a gallery's images.
struct ImageGalleryLayout: Hashable {
  /// A page shows at least this many images if there are that many, shrunk if necessary.
  static let fewest = 6
  /// A dot of an image is never drawn larger than this.
  static let largestZoom = 8

  /// So many rows and columns of an image share a dot.
  let block: Int
  /// The cells of one image.
  let image: Size
  /// How many images are side by side, and how many on a page.
  let perRow: Int
  let perPage: Int
  /// Whether each image has its number below.
  let hasCaptions: Bool
  /// The row that explains the colours.
  let legend: Rect?
  private let area: Rect

  init(count: Int, rows: Int, columns: Int, area: Rect, dotsPerCell: Int) {
    let hasLegend = area.height >= 4
    let room = area.inset(bottom: hasLegend ? 1 : 0)
    let hasCaptions = room.height >= 3
    // A cell is about twice as high as it is wide.
    let wide = 2 / dotsPerCell
    func size(block: Int, zoom: Int) -> Size {
      Size(
        width: (columns + block - 1) / block * zoom * wide,
        height: ((rows + block - 1) / block * zoom + dotsPerCell - 1) / dotsPerCell)
    }
    func fitting(_ image: Size) -> (perRow: Int, perPage: Int) {
      let perRow = (room.width + 1) / (image.width + 1)
      return (perRow, perRow * (room.height / (image.height + (hasCaptions ? 1 : 0))))
    }
    var block = 1
    while block < max(rows, columns), fitting(size(block: block, zoom: 1)).perPage < min(count, Self.fewest) {
      block += 1
    }
    var zoom = 1
    if block == 1 {
      while zoom < Self.largestZoom, fitting(size(block: 1, zoom: zoom + 1)).perPage >= count { zoom += 1 }
    }
    self.block = block
    self.hasCaptions = hasCaptions
    self.area = room
    image = size(block: block, zoom: zoom)
    let fit = fitting(image)
    perRow = max(1, fit.perRow)
    perPage = max(1, fit.perPage)
    let lines = (min(count, perPage) + perRow - 1) / perRow * (image.height + (hasCaptions ? 1 : 0))
    legend =
      hasLegend ? Rect(x: area.x, y: min(area.y + lines, area.maxY - 1), width: area.width, height: 1) : nil
  }

  /// The cells of the image with that place on its page.
  func frame(_ index: Int) -> Rect {
    Rect(
      x: area.x + index % perRow * (image.width + 1),
      y: area.y + index / perRow * (image.height + (hasCaptions ? 1 : 0)), width: image.width,
      height: image.height)
  }
}
