/// How a product is cut into parts for several threads. Every cut gives the same numbers.
///
/// A layer's output is cut by columns, and its weight's gradient by rows: both times each thread has to do with the
/// weights of its own half of the layer, which stay in its core's cache, as does what the optimizer knows of them.
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
  private static let large = 1 << 26
  /// The least length of a part of a large product along its longer side, and the most parts for each thread: more
  /// than one, since threads are not equally fast.
  private static let longPart = 256
  private static let mostParts = 4
  /// Elements of a part of the result, which is read and written once for each block of terms: more fall out of a
  /// core's cache.
  private static let cachedElements = 1 << 17
  /// Rows or columns that parts are a multiple of: few are left over from the tiles of any kernels.
  private static let unit = 32

  /// The parts of `[rows, inner] · [inner, columns]`, which up to `threads` will share.
  init(rows: Int, inner: Int, columns: Int, isRightTransposed: Bool, threads: Int) {
    let multiplications = rows * inner * columns
    self.rows = rows
    self.columns = columns
    nanoseconds = multiplications / ProductParts.speed
    let isLarge = multiplications >= ProductParts.large
    isByRows = isLarge ? rows >= columns : !isRightTransposed
    let whole = isByRows ? rows : columns
    var length = whole
    if threads > 1, multiplications >= ProductParts.shared, whole >= 2 * ProductParts.unit {
      // As many for each thread: of three parts on two threads one thread would have two.
      let forEach = max(1, min(ProductParts.mostParts, whole / ProductParts.longPart / threads))
      let most = isLarge ? forEach * threads : 2
      let even = (whole + most - 1) / most
      length = (even + ProductParts.unit - 1) / ProductParts.unit * ProductParts.unit
    }
    if isLarge, isByRows {
      length = min(length, max(ProductParts.longPart, ProductParts.cachedElements / max(columns, 1)))
    }
    self.length = length
    count = max(1, (whole + length - 1) / max(length, 1))
  }

  /// The rows and columns of the result that a part computes.
  func region(_ part: Int) -> MatrixRegion {
    let start = part * length
    return isByRows
      ? MatrixRegion(rows: start..<min(rows, start + length), columns: 0..<columns)
      : MatrixRegion(rows: 0..<rows, columns: start..<min(columns, start + length))
  }
}
