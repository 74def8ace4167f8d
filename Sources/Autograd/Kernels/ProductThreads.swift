import COpenBLAS

/// How many threads a matrix product takes: one where it is small, all that it may where it is large.
///
/// Waking OpenBLAS's threads costs more than a small product itself: measured on two cores, a training step of
/// the 64-128-10 network takes 46 µs on one thread and 290 µs on two. So products of fewer than
/// ``threshold`` multiplications stay on the calling thread. The choice depends on the sizes and on
/// ``maximum`` alone, never on what else the machine does.
///
/// ```swift
/// // Leaves the other cores to somebody else.
/// let context = ExecutionContext(productThreads: ProductThreads(maximum: 1))
/// ```
public struct ProductThreads: Sendable, Equatable {
  /// The most threads a product takes; nil for as many as OpenBLAS has.
  ///
  /// OpenBLAS has `OPENBLAS_NUM_THREADS` threads, else one a core; no setting here gives it more.
  public let maximum: Int?

  /// A choice by size, of at most `maximum` threads.
  public init(maximum: Int? = nil) { self.maximum = maximum.map { max($0, 1) } }

  /// The threads that OpenBLAS has, and the most that any product takes.
  public static var available: Int { Int(started) }

  /// The threads that a large piece of work takes.
  var usable: Int { min(maximum ?? .max, ProductThreads.available) }

  /// A choice by size that leaves one core to whoever shows the run, where there are several.
  public static var leavingOne: ProductThreads { ProductThreads(maximum: available - 1) }

  /// Multiplications from which on a product takes all threads it may: about a millisecond's work.
  static let threshold = 1 << 26

  /// What OpenBLAS was set to when the first product was computed.
  private static let started = openblas_get_num_threads()

  /// Sets OpenBLAS for a product of `[rows, inner] · [inner, columns]`.
  func prepare(rows: Int, inner: Int, columns: Int) {
    let available = ProductThreads.started
    guard available > 1 else { return }
    let most = maximum.map { Int32(clamping: min($0, Int(available))) } ?? available
    let wanted = rows * inner * columns < ProductThreads.threshold ? 1 : most
    if openblas_get_num_threads() != wanted { openblas_set_num_threads(wanted) }
  }
}
