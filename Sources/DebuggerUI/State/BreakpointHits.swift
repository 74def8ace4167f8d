import Trace

/// How often each breakpoint has stopped the run; a moment that is visited again is not counted again.
package struct BreakpointHits: Sendable, Equatable {
  private var positions: [Int: Set<Position>] = [:]

  /// No hits.
  package init() {}

  /// How often the breakpoint of a number was hit.
  package func count(of number: Int) -> Int { positions[number]?.count ?? 0 }

  /// Takes in a moment at which the run may have been stopped.
  mutating func take(_ moment: Moment) {
    guard let hit = moment.hit else { return }
    positions[hit.breakpoint, default: []].insert(moment.position)
  }

  /// Another future begins: what was hit in the old one is no more.
  mutating func fork(at position: Position) {
    positions = positions.mapValues { $0.filter { $0 < position } }
  }
}
