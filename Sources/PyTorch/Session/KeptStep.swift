import Trace

/// A step that was watched, as far as it has been seen: what is needed to go back in it.
struct KeptStep: Sendable {
  /// How many of them are kept: as many as the probe keeps.
  static let limit = 16

  /// The step.
  var step: Int
  /// Its nodes.
  var nodes: [ComputationGraph.Node] = []
  /// Its nodes' turns, in the order in which they ran.
  var visits: [Visit] = []
  /// How far each node had come when the step was last seen.
  var states: [NodeState] = []
  /// The parameters when the step was last seen.
  var parameters: [ParameterSnapshot] = []
  /// The loss, once it was known.
  var loss: Float?
  /// The optimizer with its settings.
  var optimizer: String?

  /// The position of a visit.
  func position(of visit: Int) -> Position {
    guard visits.indices.contains(visit) else { return .start(of: step) }
    let phase = visits[visit].phase
    return Position(step: step, phase: phase, node: visits[..<visit].count { $0.phase == phase })
  }

  /// The visit of a position; nil where there was none.
  func visit(at position: Position) -> Int? {
    var count = 0
    for (place, visit) in visits.enumerated() where visit.phase == position.phase {
      if count == position.node { return place }
      count += 1
    }
    return nil
  }

  /// How many visits a phase has.
  func count(of phase: Phase) -> Int { visits.count { $0.phase == phase } }

  /// The first visit of the run of one phase in which a visit lies.
  func firstOfPhase(at visit: Int) -> Int {
    guard visits.indices.contains(visit) else { return 0 }
    var first = visit
    while first > 0, visits[first - 1].phase == visits[visit].phase { first -= 1 }
    return first
  }

  /// How far each node had come after a visit. The norms are those that were seen last, of what was there already.
  func states(after visit: Int) -> [NodeState] {
    var progress = [NodeState.Progress](repeating: .waiting, count: nodes.count)
    for turn in visits.prefix(visit + 1) where nodes.indices.contains(turn.node) {
      switch turn.phase {
      case .forward, .loss:
        progress[turn.node] = .forward
        for input in nodes[turn.node].inputs where progress[input] == .waiting { progress[input] = .forward }
      case .backward: progress[turn.node] = .backward
      case .update: progress[turn.node] = .updated
      case .batch, .zeroGrad: break
      }
    }
    return progress.enumerated().map { place, progress in
      let last = states.indices.contains(place) ? states[place] : NodeState()
      let hasGradient = progress == .backward || progress == .updated
      return NodeState(
        progress: progress, valueNorm: progress == .waiting ? nil : last.valueNorm,
        gradientNorm: hasGradient ? last.gradientNorm : nil)
    }
  }
}
