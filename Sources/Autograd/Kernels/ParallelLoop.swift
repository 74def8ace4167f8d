/// Long loops over memory, cut into one piece for each thread that may help.
///
/// A piece's numbers do not depend on where it begins, so neither does a result on the number of threads.
package enum ParallelLoop {
  /// Elements from which on a loop may gain by being shared.
  private static let threshold = 1 << 14
  /// Elements of a piece that is worth a thread of its own.
  private static let leastPiece = 1 << 13
  /// Elements that count as a nanosecond: a loop gets through more, but its data already lie with the threads that
  /// have computed them, and would have to travel to be worked on by one.
  private static let speed = 2

  /// Elements of a page of memory: a unit for pieces, since threads that write close to each other slow each other down.
  package static let page = 1 << 10

  /// Calls `body` with ranges that together are `0..<count`, each a multiple of `unit` long but the last; `weight` is
  /// the number of elements behind each.
  package static func run(
    _ count: Int, weight: Int = 1, unit: Int = 1, _ body: (Range<Int>) -> Void
  ) {
    guard count * weight >= threshold else { return body(0..<count) }
    let threads = min(ExecutionContext.current.productThreads.usable, count * weight / leastPiece)
    guard threads > 1 else { return body(0..<count) }
    let piece = ((count + threads - 1) / threads + unit - 1) / unit * unit
    ThreadTeam.shared.run((count + piece - 1) / piece, threads: threads, nanoseconds: count * weight / speed)
    { index in
      body(index * piece..<min(count, (index + 1) * piece))
    }
  }
}
