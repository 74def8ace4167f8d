import COpenBLAS

/// How many threads a matrix product, or a long loop, may take: one where it is small, several where it is large.
///
/// Into which parts it is cut depends on the sizes alone, so the numbers are the same on one thread and on many. The
/// threads are Tapedeck's own: waking OpenBLAS's costs more than a product of a usual network takes.
///
/// ```swift
/// // Leaves the other cores to somebody else.
/// let context = ExecutionContext(productThreads: ProductThreads(maximum: 1))
/// ```
public struct ProductThreads: Sendable, Equatable {
  /// The most threads that share a product or a loop; nil for as many as are ``available``.
  public let maximum: Int?

  /// A choice by size, of at most `maximum` threads.
  public init(maximum: Int? = nil) { self.maximum = maximum.map { max($0, 1) } }

  /// The most threads that share anything: `OPENBLAS_NUM_THREADS`, else one a core.
  public static var available: Int { Int(started) }

  /// The threads that a large piece of work takes.
  var usable: Int { min(maximum ?? .max, ProductThreads.available) }

  /// A choice by size that leaves one core to whoever shows the run, where there are several.
  public static var leavingOne: ProductThreads { ProductThreads(maximum: available - 1) }

  private static let started = openblas_get_num_threads()

  /// Keeps OpenBLAS's own threads out of products: ``ThreadTeam`` shares those out.
  static func takeOver() { _ = isTakenOver }

  private static let isTakenOver: Bool = {
    if started > 1 { openblas_set_num_threads(1) }
    return true
  }()
}
