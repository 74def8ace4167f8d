import Autograd
import Localization
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
  func isHit(_ context: NodeContext) -> Bool {
    guard let place else {
      guard let condition, condition.isTouched(context) else { return false }
      return condition.verdict(context).isNew
    }
    guard isAt(place, context) else { return false }
    return condition.map { $0.verdict(context).holds } ?? true
  }

  /// The hit to report.
  func hit(_ context: NodeContext) -> BreakpointHit {
    let measured =
      condition.map { $0.measured(context).joined(separator: " " + localized("and") + " ") } ?? ""
    return BreakpointHit(
      breakpoint: breakpoint.id, text: breakpoint.text, measured: measured.isEmpty ? nil : measured)
  }

  private func isAt(_ place: Place, _ context: NodeContext) -> Bool {
    let (visit, phase) = (context.visit, context.visit.position.phase)
    switch place {
    case .any: return includes(phase)
    case .batch: return phase == .batch && includes(phase)
    case .operation(let place): return includes(phase) && context.hasRun(place)
    // A parameter runs when it is updated; the arrival of its gradient is a stop only for the phase backward.
    case .parameter(let tensor):
      if visit.update?.parameter === tensor { return includes(.update) }
      return breakpoint.phases.contains(.backward) && visit.sendsGradient(to: tensor)
    case .nowhere: return false
    }
  }

  /// Whether a phase is selected: `forward` includes the loss phase, since a node runs forward in one of the two.
  private func includes(_ phase: Phase) -> Bool {
    breakpoint.phases.isEmpty || breakpoint.phases.contains(phase)
      || phase == .loss && breakpoint.phases.contains(.forward)
  }
}
