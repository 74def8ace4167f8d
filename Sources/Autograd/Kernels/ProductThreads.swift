import COpenBLAS

/// How many threads a matrix product takes.
///
/// Waking OpenBLAS's threads costs more than a small product itself: measured on two cores, a training step of
/// the 64-128-10 network takes 46 µs on one thread and 290 µs on two. So products of fewer than
/// ``threshold`` multiplications stay on the calling thread. The choice depends on the sizes alone, and the
/// count that OpenBLAS starts with (`OPENBLAS_NUM_THREADS`, else the cores) is never exceeded.
enum ProductThreads {
  /// Multiplications from which on a product takes all threads: a few milliseconds' work.
  static let threshold = 1 << 27

  /// What OpenBLAS was set to when the first product was computed.
  private static let available = openblas_get_num_threads()

  /// Sets OpenBLAS for a product of `[rows, inner] · [inner, columns]`.
  static func prepare(rows: Int, inner: Int, columns: Int) {
    let wanted = rows * inner * columns < threshold ? 1 : available
    if available > 1, openblas_get_num_threads() != wanted { openblas_set_num_threads(wanted) }
  }
}
