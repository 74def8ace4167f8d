import TerminalUI
import Trace

/// A tensor as matrices: of rank two one, above that one for each choice of the leading indices.
///
/// A cell is named by its column and its row, counted through all matrices, one below the other.
struct TensorSlices {
  /// The rows and columns of one image.
  struct ImageSize: Equatable {
    let rows: Int
    let columns: Int
  }

  private let tensor: TensorSnapshot
  private let shape: [Int]
  /// Rows of all matrices together, and columns.
  let rows: Int
  let columns: Int
  /// Rows of one matrix.
  let rowsPerSlice: Int

  init(_ tensor: TensorSnapshot) {
    self.tensor = tensor
    shape = tensor.shape
    (rows, columns) = tensor.matrixSize
    let wanted = shape.count >= 2 ? shape[shape.count - 2] : 1
    rowsPerSlice = shape.count > 2 && wanted > 0 && rows % wanted == 0 ? wanted : max(1, rows)
  }

  /// How many matrices there are.
  var count: Int { rows / rowsPerSlice }

  /// The matrix in which a row lies.
  func slice(ofRow row: Int) -> Int { row / rowsPerSlice }

  /// The rows of a matrix.
  func rows(ofSlice slice: Int) -> Range<Int> { slice * rowsPerSlice..<(slice + 1) * rowsPerSlice }

  /// The leading indices of a matrix: `[2,:,:]`.
  func name(ofSlice slice: Int) -> String {
    let whole = tensor.thinning?.shape ?? shape
    let row = slice * rowsPerSlice
    let number =
      tensor.thinning.map { ($0.rows.indices.contains(row) ? $0.rows[row] : 0) / rowsPerSlice } ?? slice
    let leading = Self.index(number, in: Array(whole.dropLast(2)))
    return "[\((leading.map(String.init) + [":", ":"]).joined(separator: ","))]"
  }

  /// A cell's index in each dimension, `[2,17,42]`; of a large tensor that in the whole, or that of a place in it.
  func name(of cell: Matrix.Place, _ place: Int? = nil) -> String {
    let place = place ?? tensor.place(row: cell.row, column: cell.column)
    let index = Self.index(place, in: tensor.thinning?.shape ?? shape)
    return "[\(index.map(String.init).joined(separator: ","))]"
  }

  /// The index in each dimension of a place in row-major order.
  static func index(_ place: Int, in shape: [Int]) -> [Int] {
    var rest = place
    var index: [Int] = []
    for size in shape.reversed() {
      index.append(size > 0 ? rest % size : 0)
      rest = size > 0 ? rest / size : 0
    }
    return index.reversed()
  }

  /// The size of the images in it: its matrices where there are several, else its rows where their columns
  /// form a square; nil where it has no images.
  var imageSize: ImageSize? {
    guard rows > 0, columns > 0 else { return nil }
    if shape.count > 2 {
      return rowsPerSlice > 1 && columns > 1 ? ImageSize(rows: rowsPerSlice, columns: columns) : nil
    }
    let side = Int(Double(columns).squareRoot().rounded())
    return side >= 3 && side * side == columns ? ImageSize(rows: side, columns: side) : nil
  }

  /// Where a cell lies in the images of that size.
  func imagePlace(of cell: Matrix.Place, in size: ImageSize) -> ImageGallery.Place {
    let place = cell.row * columns + cell.column
    let dot = place % (size.rows * size.columns)
    return ImageGallery.Place(
      image: place / (size.rows * size.columns),
      dot: Matrix.Place(row: dot / size.columns, column: dot % size.columns))
  }

  /// The cell that a dot of the images of that size shows.
  func cell(at place: ImageGallery.Place, in size: ImageSize) -> Matrix.Place {
    let flat = (place.image * size.rows + place.dot.row) * size.columns + place.dot.column
    return Matrix.Place(row: flat / max(1, columns), column: flat % max(1, columns))
  }
}
