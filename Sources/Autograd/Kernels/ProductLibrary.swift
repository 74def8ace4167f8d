import COpenBLAS

/// The library that matrix products come from.
public enum ProductLibrary {
  /// The processor family that OpenBLAS chose its kernels for when the program started, `Haswell`.
  ///
  /// The environment variable `OPENBLAS_CORETYPE` names another. OpenBLAS 0.3.21, Debian 12's, does not know
  /// AMD's processors with AVX-512 and takes Haswell's kernels there: `OPENBLAS_CORETYPE=SKYLAKEX` makes a
  /// step of the 784-128-64-10 network take two thirds of the time.
  public static var kernels: String { String(cString: openblas_get_corename()) }
}
