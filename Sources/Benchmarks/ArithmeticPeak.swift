import Autograd

/// How many floating-point operations this processor does in float32 when it waits for nothing: the floor of any step's
/// time.
///
/// A fused multiply-add is two.
package struct ArithmeticPeak: Sendable, Equatable {
  /// Operations a second on one thread.
  package let oneThread: Double
  /// On all threads a product may take.
  package let allThreads: Double
  /// How many those are.
  package let threadCount: Int

  /// Measures the fastest of some trials of `multiplyAdds` each.
  static func measure(
    multiplyAdds: Int, trials: Int, threads: ProductThreads, now: () -> Double
  ) -> ArithmeticPeak {
    let count = min(threads.maximum ?? ProductThreads.available, ProductThreads.available)
    func speed(_ threads: Int) -> Double {
      var fastest = 0.0
      for _ in 0...trials {
        let start = now()
        let done = ArithmeticKernels.multiplyAdds(multiplyAdds, threads: threads)
        fastest = max(fastest, 2 * Double(done) / (now() - start))
      }
      return fastest
    }
    let one = speed(1)
    return ArithmeticPeak(
      oneThread: one, allThreads: count > 1 ? max(speed(count), one) : one, threadCount: count)
  }
}
