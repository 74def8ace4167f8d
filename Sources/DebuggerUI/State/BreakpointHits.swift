import Trace

/// How often each breakpoint has stopped the run; each moment counts once.
package struct BreakpointHits: Sendable, Equatable {
  private var positions: [Int: Set<Position>] = [:]

  /// No hits.
  package init() {}

  /// How often the breakpoint of a number was hit.
  package func count(of number: Int) -> Int { positions[number]?.count ?? 0 }

  /// Counts the hit of a moment, if it has one.
  mutating func take(_ moment: Moment) {
    guard let hit = moment.hit else { return }
    positions[hit.breakpoint, default: []].insert(moment.position)
  }

  /// A new future begins: the hits in the old one no longer count.
  mutating func fork(at position: Position) {
    positions = positions.mapValues { $0.filter { $0 < position } }
  }
}
