import Dispatch

/// Long loops over memory, cut into one piece for each thread that products may take.
///
/// A piece's numbers do not depend on where it begins, so neither does a result on the number of threads.
package enum ParallelLoop {
  /// Elements from which on a loop is worth waking other threads: more than their caches hold.
  private static let threshold = 1 << 18

  /// Calls `body` with ranges that together are `0..<count`, each a multiple of `unit` long but the last; `weight` is
  /// the number of elements behind each.
  package static func run(_ count: Int, weight: Int = 1, unit: Int = 1, _ body: (Range<Int>) -> Void) {
    let threads = count * weight < threshold ? 1 : ExecutionContext.current.productThreads.usable
    guard threads > 1 else { return body(0..<count) }
    let piece = max(unit, (count / threads / unit + 1) * unit)
    withoutActuallyEscaping(body) { body in
      let work = Work(body: body)
      DispatchQueue.concurrentPerform(iterations: threads) { index in
        let start = min(count, index * piece)
        let end = min(count, start + piece)
        if start < end { work.body(start..<end) }
      }
    }
  }

  /// `@unchecked Sendable`: every thread writes a piece of its own, and the caller waits for all of them.
  private struct Work: @unchecked Sendable {
    let body: (Range<Int>) -> Void
  }
}
