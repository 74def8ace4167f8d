import COpenBLAS

/// The library that matrix products come from.
public enum ProductLibrary {
  /// The processor family that OpenBLAS chose its kernels for when the program started, `Haswell`.
  ///
  /// The environment variable `OPENBLAS_CORETYPE` names another. Set to `Haswell` on a processor with AVX-512,
  /// a step of the 784-128-64-10 network takes half as long again as with the kernels OpenBLAS would choose.
  public static var kernels: String { String(cString: openblas_get_corename()) }
}
