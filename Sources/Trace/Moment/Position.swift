/// A moment of a training run: the node that ran last. Moments are totally ordered.
package struct Position: Sendable, Hashable, Comparable, Codable {
  /// The step, from 1.
  package var step: Int
  /// The part of the step.
  package var phase: Phase
  /// The node within the phase, from 0.
  package var node: Int

  /// A moment of a run.
  package init(step: Int, phase: Phase, node: Int) {
    self.step = step
    self.phase = phase
    self.node = node
  }

  /// The first moment of every run.
  package static let start = Position(step: 1, phase: .batch, node: 0)

  /// The first moment of a step.
  package static func start(of step: Int) -> Position {
    Position(step: step, phase: .batch, node: 0)
  }

  /// The end of a step whose last node is not known.
  package static func end(of step: Int) -> Position { Position(step: step, phase: .update, node: 0) }

  /// Whether one moment comes before another.
  package static func < (left: Position, right: Position) -> Bool {
    (left.step, left.phase, left.node) < (right.step, right.phase, right.node)
  }

  private enum CodingKeys: String, CodingKey {
    case phase, node
    case step = "iteration"
  }
}
