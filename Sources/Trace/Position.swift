/// A moment of a training run: the node that ran last. Moments are totally ordered.
public struct Position: Sendable, Hashable, Comparable {
  /// The iteration, from 1.
  public var iteration: Int
  /// The part of the iteration.
  public var phase: Phase
  /// The node within the phase, from 0.
  public var node: Int

  /// A moment of a run.
  public init(iteration: Int, phase: Phase, node: Int) {
    self.iteration = iteration
    self.phase = phase
    self.node = node
  }

  public static func < (left: Position, right: Position) -> Bool {
    (left.iteration, left.phase, left.node) < (right.iteration, right.phase, right.node)
  }
}
