/// A moment of a training run: the node that ran last. Moments are totally ordered.
package struct Position: Sendable, Hashable, Comparable, Codable {
  /// The iteration, from 1.
  package var iteration: Int
  /// The part of the iteration.
  package var phase: Phase
  /// The node within the phase, from 0.
  package var node: Int

  /// A moment of a run.
  package init(iteration: Int, phase: Phase, node: Int) {
    self.iteration = iteration
    self.phase = phase
    self.node = node
  }

  /// The first moment of every run.
  package static let start = Position(iteration: 1, phase: .batch, node: 0)

  /// The first moment of an iteration.
  package static func start(of iteration: Int) -> Position {
    Position(iteration: iteration, phase: .batch, node: 0)
  }

  /// Whether one moment comes before another.
  package static func < (left: Position, right: Position) -> Bool {
    (left.iteration, left.phase, left.node) < (right.iteration, right.phase, right.node)
  }
}
