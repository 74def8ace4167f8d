import Foundation

/// How many threads a matrix product, or a long loop, may take: one where it is small, several where it is large.
///
/// No number depends on it.
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

  /// The most threads that share anything: one for each core that this process may use.
  public static let available = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// The threads that a large piece of work takes.
  var usable: Int { min(maximum ?? .max, ProductThreads.available) }

  /// A choice by size that leaves one core to whoever shows the run, where there are several.
  public static var leavingOne: ProductThreads { ProductThreads(maximum: available - 1) }
}
