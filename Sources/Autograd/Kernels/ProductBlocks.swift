/// How many columns of a product OpenBLAS is asked for at a time.
///
/// For processors with AVX-512 it has kernels that read matrices where they stand, but takes them only for up to
/// ``smallCount`` multiplications and, where the right matrix is transposed, ``smallResult`` elements; a larger
/// product it copies into another order first. Cut into such pieces, half of a batch goes through the guide's first
/// layer in 36 µs in place of 46, and its weights' gradient takes 50 in place of 58.
enum ProductBlocks {
  /// The multiplications up to which OpenBLAS takes those kernels.
  private static let smallCount = 1_000_000
  /// The elements of the result up to which it does for a transposed right matrix.
  private static let smallResult = 1_200
  /// Vectors of 16 columns, which pieces should be made of.
  private static let vector = 16

  /// The columns of a piece of `[rows, inner] · [inner, columns]`; all of them where it is better left whole.
  ///
  /// The bounds are measured, over 234 products of sizes from 16 to 784, by which pieces gain a tenth or more.
  static func columns(
    rows: Int, inner: Int, columns: Int, isLeftTransposed: Bool, isRightTransposed: Bool
  ) -> Int {
    let count = rows * inner * columns
    guard ProductLibrary.hasSmallKernels, count < ProductParts.large else { return columns }
    var piece = smallCount / (rows * inner) / vector * vector
    switch (isLeftTransposed, isRightTransposed) {
    case (false, true):
      piece = min(piece, smallResult / rows / vector * vector)
      return piece >= vector ? min(piece, columns) : columns
    case (false, false):
      return count > smallCount && rows <= (inner <= 128 ? 64 : 32) && piece >= vector ? piece : columns
    case (true, false):
      return count > smallCount && piece >= 2 * vector ? piece : columns
    case (true, true):
      return columns
    }
  }
}
