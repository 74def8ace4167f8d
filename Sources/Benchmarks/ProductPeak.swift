import Autograd

/// How fast this machine multiplies matrices in float32: the floor of any step's time.
package struct ProductPeak: Sendable, Equatable {
  /// Floating-point operations a second on one thread.
  package let oneThread: Double
  /// On all threads a product may take.
  package let allThreads: Double
  /// How many those are.
  package let threadCount: Int

  /// Measures the fastest of some products of `[size, size]`.
  static func measure(
    size: Int, rounds: Int, threads: ProductThreads, now: () -> Double
  ) throws -> ProductPeak {
    let count = min(threads.maximum ?? ProductThreads.available, ProductThreads.available)
    let one = try speed(size, rounds, ProductThreads(maximum: 1), now)
    guard count > 1 else { return ProductPeak(oneThread: one, allThreads: one, threadCount: 1) }
    let all = max(try speed(size, rounds, threads, now), one)
    return ProductPeak(oneThread: one, allThreads: all, threadCount: count)
  }

  private static func speed(
    _ size: Int, _ rounds: Int, _ threads: ProductThreads, _ now: () -> Double
  ) throws -> Double {
    var generator = Generator(seed: 3)
    let (a, b) = (
      try Tensor.rand([size, size], generator: &generator),
      try Tensor.rand([size, size], generator: &generator)
    )
    return try ExecutionContext(productThreads: threads).run {
      var fastest = Double.infinity
      for _ in 0...rounds {
        let start = now()
        _ = try a.matmul(b)
        fastest = min(fastest, now() - start)
      }
      let operations = 2 * Double(size) * Double(size) * Double(size)
      return operations / fastest
    }
  }
}
