/// How a product is cut into parts for several threads.
///
/// A layer's output is cut by columns, and its weight's gradient by rows: both times each thread has to do with the
/// weights of its own half of the layer, which stay in its core's cache, as does what the optimizer knows of them.
///
/// The parts depend on the sizes, and never on the number of threads, so that no number does either. Only where
/// OpenBLAS's kernels give each row the same bits in a part as in the whole is a product left whole for one thread.
struct ProductParts {
  /// How many parts there are; at least one.
  let count: Int
  /// About how long the product takes on one thread.
  let nanoseconds: Int
  /// Whether it may gain by being shared.
  var isLong: Bool { nanoseconds >= ProductParts.shared / ProductParts.speed }
  private let rows: Int
  private let columns: Int
  private let isByRows: Bool
  private let length: Int

  /// Multiplications that take a core a nanosecond.
  private static let speed = 64
  /// Multiplications from which on a product may gain by being shared: some microseconds' work.
  private static let shared = 1 << 17
  /// Multiplications from which on cutting a product costs next to nothing: about a millisecond's work.
  static let large = 1 << 26
  /// The least length of a part of a large product along its longer side, and the most parts.
  private static let longPart = 256
  private static let mostParts = 8
  /// Elements of the result, written once for each part: more than this falls out of a core's cache.
  private static let cachedElements = 1 << 17
  /// The rows that kernels take at a time, on all processors.
  private static let rowsTogether = 12
  private static let columnsTogether = 16

  /// The parts of `[rows, inner] · [inner, columns]`, which up to `threads` will share.
  init(rows: Int, inner: Int, columns: Int, isRightTransposed: Bool, threads: Int) {
    let count = rows * inner * columns
    self.rows = rows
    self.columns = columns
    nanoseconds = count / ProductParts.speed
    if count < ProductParts.shared {
      isByRows = true
      length = rows
    } else if count < ProductParts.large {
      isByRows = ProductLibrary.keepsRows || !isRightTransposed
      length = ProductParts.half(of: isByRows ? rows : columns, threads: threads)
    } else {
      isByRows = rows >= columns
      length = ProductParts.lengthOfMany(isByRows ? rows : columns, isByRows ? columns : nil)
    }
    let whole = isByRows ? rows : columns
    self.count = max(1, (whole + length - 1) / max(length, 1))
  }

  /// The rows and columns of the result that a part computes.
  func region(_ part: Int) -> MatrixRegion {
    let start = part * length
    return isByRows
      ? MatrixRegion(rows: start..<min(rows, start + length), columns: 0..<columns)
      : MatrixRegion(rows: 0..<rows, columns: start..<min(columns, start + length))
  }

  /// The length of the first of two parts; all where that is too little, or where one thread does as well with the
  /// whole.
  private static func half(of side: Int, threads: Int) -> Int {
    let unit = ProductLibrary.keepsRows ? rowsTogether : columnsTogether
    guard side >= 2 * unit, threads > 1 || !ProductLibrary.keepsRows else { return side }
    return ((side + 1) / 2 + unit - 1) / unit * unit
  }

  /// The length of each of some parts along a side; where they are whole rows of `width`, no longer than a cache holds.
  private static func lengthOfMany(_ side: Int, _ width: Int?) -> Int {
    let count = min(mostParts, max(2, side / longPart / 2 * 2))
    let unit = width == nil ? columnsTogether : rowsTogether
    var length = (side + count - 1) / count
    if let width { length = min(length, max(longPart, cachedElements / max(width, 1))) }
    return (length + unit - 1) / unit * unit
  }
}
