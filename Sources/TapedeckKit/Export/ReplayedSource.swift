import Arrays
import DebuggerUI
import Export
import Recording
import TerminalUI
import Trace
import Training

/// A recording whose tensors and screens are computed again for an export.
struct ReplayedSource: ExportSource {
  let archive: any RunArchive
  /// The name of the recording's file.
  let file: String
  /// How its experiment is made again.
  let run: ReplayedRun
  /// Called with a sentence about what differs from the recording.
  let note: (String) -> Void

  func tensor(_ request: ExportRequest) throws -> TensorSnapshot {
    let step = request.step ?? archive.lastStep
    let moment = try Inspection(run.recorded(archive)).moment(
      Inspection.Target(step: step, phase: request.phase, node: request.node, view: request.view))
    guard let tensor = moment.focus else {
      throw ExportError.noTensor(
        node: request.node ?? "", view: request.view, phase: request.phase, step: step)
    }
    if let limitation = moment.limitation { note(limitation) }
    return tensor
  }

  func parameters(after step: Int) throws -> [NamedArray] {
    let parameters = try run.recorded(archive).parameters(after: step)
    if let limitation = parameters.limitation { note(limitation) }
    return parameters.arrays
  }

  func states(
    after steps: (_ recomputes: Bool) -> [Int], show: (Int, ExportedState) throws -> Void
  ) throws {
    let recorded = try run.recorded(archive)
    let steps = steps(recorded.recomputability == .all)
    for (place, step) in steps.enumerated() {
      try WorkProgress.reached(place, of: steps.count)
      let found: RecordedState?
      do { found = try recorded.state(after: step) } catch let error as InspectionError {
        note("\(error)")
        break
      }
      guard let found else { continue }
      try show(step, ExportedState(parameters: found.parameters, gradients: found.gradients))
    }
    recorded.takeProblems().forEach(note)
  }

  func tell(_ sentence: String) { note(sentence) }

  /// The same state and panes that `tapedeck replay` has, at the recorded times.
  func replay(
    _ plan: AnimationPlan, _ request: ExportRequest,
    show: @escaping (Buffer, AnimationPlan.Frame) throws -> Void
  ) throws {
    var state = screen(request)
    var frames = plan.frames[...]
    var notes: [String] = []
    // As on a screen that plays: the first parameter unless another node was requested.
    let focus = Focus(
      node: request.node ?? archive.origin.description.parameterNames.first,
      view: request.view ?? (request.node == nil ? .gradient : nil))
    let steps = plan.frames.map(\.step)
    try run.recorded(archive).moments(atEndsOf: steps, focus: focus, file: file) { _, update in
      guard let frame = frames.popFirst() else { return }
      try WorkProgress.reached(plan.frames.count - frames.count, of: plan.frames.count)
      var update = update
      if let limitation = update.moment?.limitation, !notes.contains(limitation) { notes.append(limitation) }
      // Between two screens the run is paused only because an animation takes longer to make than to show.
      update.status = frames.isEmpty ? update.status : .running
      _ = state.update(update, seconds: frame.seconds)
      try show(picture(state, request), frame)
    }
    notes.forEach(note)
  }

  /// Goes through a step as a user does with the key of the next node.
  func walk(_ step: Int, _ request: ExportRequest, show: @escaping (Buffer) throws -> Void) throws {
    var state = screen(request)
    var notes: [String] = []
    let focus = Focus(node: request.node, view: request.view)
    try run.recorded(archive).moments(through: step, focus: focus, file: file) { update in
      guard let moment = update.moment, moment.position.phase <= request.phase else { return false }
      if let limitation = moment.limitation, !notes.contains(limitation) { notes.append(limitation) }
      _ = state.update(update, seconds: 0)
      try show(picture(state, request))
      // The moment is that of the node, or else the last of the phase.
      let current = moment.current.map { moment.graph.nodes[$0].name }
      return moment.position.phase < request.phase || request.node == nil || current != request.node
        || request.animation.kind != nil
    }
    notes.forEach(note)
  }

  /// The debugger's screen before the first moment.
  private func screen(_ request: ExportRequest) -> DebuggerState {
    var state = DebuggerState(size: request.animation.size, pace: 1)
    state.themeChoice.name = request.theme?.rawValue
    if let pane = pane(request) { state.show(alone: pane, size: request.animation.size) }
    return state
  }

  private func picture(_ state: DebuggerState, _ request: ExportRequest) -> Buffer {
    state.picture(of: pane(request))
  }

  private func pane(_ request: ExportRequest) -> PaneID? {
    PaneTable.ids.first { $0.name == request.pane }
  }
}

extension ReplayedRun {
  /// A recorded run that is computed again without a screen.
  func recorded(_ archive: any RunArchive) throws -> RecordedRun {
    RecordedRun(
      archive, try experiment(archive), machine: Machine.description,
      bound: RecomputeBound(of: archive, now: threadSeconds))
  }
}
