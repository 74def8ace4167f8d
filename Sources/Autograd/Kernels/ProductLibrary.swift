import COpenBLAS

/// The library that matrix products come from.
package enum ProductLibrary {
  /// The processor family that OpenBLAS chose its kernels for when the program started, `Haswell`.
  ///
  /// The environment variable `OPENBLAS_CORETYPE` names another. Set to `Haswell` on a processor with AVX-512,
  /// a step of the 784-128-64-10 network takes twice as long as with the kernels OpenBLAS would choose.
  package static var kernels: String { String(cString: openblas_get_corename()) }

  private static let family = kernels.uppercased()

  /// Whether it has kernels for small matrices, which read them where they stand.
  static let hasSmallKernels = ["SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS"].contains(family)

  /// Whether twelve rows of a product, or a multiple of it, have the same bits when they are computed by themselves.
  ///
  /// Seen in 723 products of each float type, in all layouts, for each of these families.
  static let keepsRows = ["HASWELL", "ZEN", "SANDYBRIDGE", "PRESCOTT", "CORE2", "BARCELONA"].contains(family)
}
