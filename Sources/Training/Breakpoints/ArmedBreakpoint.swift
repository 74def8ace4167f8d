import Autograd
import Trace

/// A breakpoint whose tensors are known.
struct ArmedBreakpoint {
  /// The node at which it waits.
  enum Place {
    case any
    case parameter(Tensor)
    /// A forward node, by its place among the names that are looked for.
    case operation(Int)
    case batch
    /// A node that never runs.
    case nowhere
  }

  let breakpoint: Breakpoint
  /// nil for a bare condition, which may hold anywhere.
  let place: Place?
  let condition: ArmedCondition?

  /// Whether the run is to stop.
  func isHit(_ facts: Facts) -> Bool {
    guard let place else {
      guard let condition, condition.isTouched(facts) else { return false }
      return condition.verdict(facts).isNew
    }
    guard isAt(place, facts) else { return false }
    return condition.map { $0.verdict(facts).holds } ?? true
  }

  /// What is told of a hit.
  func hit(_ facts: Facts) -> BreakpointHit {
    let measured = condition.map { $0.measured(facts).joined(separator: " and ") } ?? ""
    return BreakpointHit(
      breakpoint: breakpoint.id, text: breakpoint.text, measured: measured.isEmpty ? nil : measured)
  }

  private func isAt(_ place: Place, _ facts: Facts) -> Bool {
    let (arrival, phase) = (facts.arrival, facts.arrival.position.phase)
    switch place {
    case .any: return includes(phase)
    case .batch: return phase == .batch && includes(phase)
    case .operation(let place): return includes(phase) && facts.hasRun(place)
    // A parameter runs when it is updated; that its gradient has come is a stop only where it is asked for.
    case .parameter(let tensor):
      if arrival.update?.parameter === tensor { return includes(.update) }
      return breakpoint.phases.contains(.backward) && arrival.sendsGradient(to: tensor)
    case .nowhere: return false
    }
  }

  /// Whether a phase is meant: forward stands for the loss phase as well, since a node has its forward in one.
  private func includes(_ phase: Phase) -> Bool {
    breakpoint.phases.isEmpty || breakpoint.phases.contains(phase)
      || phase == .loss && breakpoint.phases.contains(.forward)
  }
}
