/// How many columns of a product OpenBLAS is asked for at a time.
///
/// For processors with AVX-512 it has kernels that read matrices where they stand, but takes them only for up to
/// ``smallCount`` multiplications; a larger product it copies into another order first. Cut into such pieces, the
/// guide's first layer takes 54 µs in place of 70, and its weights' gradient 50 in place of 58.
enum ProductBlocks {
  /// The multiplications up to which OpenBLAS takes those kernels.
  private static let smallCount = 1_000_000
  /// Vectors of 16 columns, which pieces should be made of.
  private static let vector = 16

  private static let hasSmallKernels = ["SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS"].contains(
    ProductLibrary.kernels.uppercased())

  /// The columns of a piece of `[rows, inner] · [inner, columns]`; all of them where it is better left whole.
  ///
  /// The bounds are measured, over 234 products of sizes from 16 to 784, by which pieces gain a tenth or more.
  static func columns(
    rows: Int, inner: Int, columns: Int, isLeftTransposed: Bool, isRightTransposed: Bool
  ) -> Int {
    let count = rows * inner * columns
    guard hasSmallKernels, count > smallCount, count < ProductThreads.threshold else { return columns }
    let piece = smallCount / (rows * inner) / vector * vector
    let gains =
      switch (isLeftTransposed, isRightTransposed) {
      case (false, true): rows <= 64 && inner >= 512 && piece >= vector
      case (false, false): rows <= (inner <= 128 ? 64 : 32) && piece >= vector
      case (true, false): piece >= 2 * vector
      case (true, true): false
      }
    return gains ? piece : columns
  }
}
