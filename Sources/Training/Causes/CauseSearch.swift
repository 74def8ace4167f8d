import Autograd
import Localization
import Numbers
import Trace

/// A search for the node and the step in which a tensor, or one cell of it, became NaN, infinite or zero.
///
/// It begins on the tape of the chosen moment. If a parameter had the defect already when the step began, it continues
/// through earlier steps; so it does where the gradient is kept, or the optimizer remembers the defect.
struct CauseSearch {
  /// What is known so far.
  private enum State {
    case answered(Cause)
    /// A parameter, its gradient or the optimizer's memory had the defect when the step began.
    ///
    /// `start` is the last keyframe in which it did not have the defect yet.
    case open(CauseTracer.Suspect, start: Int)
  }

  private let timeline: Timeline
  private let defect: Cause.Defect
  private let origin: Position
  /// The path so far, from the tensor or cell of the question.
  private var path: [Cause.Step] = []
  private var state: State?
  /// The tensor of the path's last step, if all of it is 0 too; since when is still to be found.
  private var zeros: Condition.TensorReference?

  /// A search for the cause of a defect in a node's tensor, or in one cell of it; nil with a sentence where there is
  /// nothing to explain.
  static func begin(
    _ node: String, _ view: TensorView, cell: Int?, on tape: Tape, at origin: Position, _ timeline: Timeline
  ) -> (search: CauseSearch?, obstacle: String?) {
    let reading = TapeReading(tape, names: timeline.names)
    guard let id = reading.graph.node(named: node)?.id else {
      return begin(before: node, view, cell: cell, at: origin, timeline)
    }
    if let passed = PassedGradient(by: id, on: tape, reading, at: origin, asked: view, cell) {
      var search = CauseSearch(timeline, defect: passed.defect, origin: origin)
      search.trace(passed, tape, at: origin)
      return (search, nil)
    }
    guard let tensor = reading.tensor(id, view) else {
      return (nil, absence(of: view, id, reading, at: origin, timeline.names))
    }
    guard let defect = CauseTracer.defect(of: tensor, cell: cell) else {
      let subject = subject(node, view)
      return (
        nil,
        cell == nil
          ? localized("No value of \(subject) is NaN, infinite or 0: nothing to explain.")
          : localized("This cell of \(subject) is not NaN, infinite or 0: nothing to explain.")
      )
    }
    // Where only some values are 0, a statement about the whole tensor would include the others.
    let isPartlyZero = defect == .zero && TensorMeasure.value(.zeros, of: tensor) < 1
    let first = cell ?? (isPartlyZero ? CauseTracer.firstCell(of: tensor, with: .zero) : nil)
    var search = CauseSearch(timeline, defect: defect, origin: origin)
    search.trace(id, view, cell: first, tape, reading, at: origin)
    return (search, nil)
  }

  /// A view in the middle of a sentence.
  static func words(_ view: TensorView) -> String {
    view == .update ? localized("last update") : view.word
  }

  /// A node's tensor in the middle of a sentence.
  private static func subject(_ node: String, _ view: TensorView) -> String {
    switch view {
    case .value: node
    case .gradient: localized("the gradient of \(node)")
    case .update: localized("the last update of \(node)")
    }
  }

  /// A search that begins at a parameter that forward has not reached yet.
  private static func begin(
    before node: String, _ view: TensorView, cell: Int?, at origin: Position, _ timeline: Timeline
  ) -> (search: CauseSearch?, obstacle: String?) {
    let parameter = timeline.names.orderedParameters.first { $0.name == node }?.tensor
    guard let parameter, view == .value else {
      return (nil, localized("\(node) has no \(words(view)) at this moment, so there is nothing to explain."))
    }
    guard let defect = CauseTracer.defect(of: parameter, cell: cell), cell != nil || defect != .zero else {
      return (
        nil,
        localized(
          "\(node) has no value that is NaN or infinite, so there is nothing to explain: choose a cell.")
      )
    }
    var step = Cause.Step(
      position: .start(of: origin.step), node: node, view: view,
      text: CauseTracer.counts(parameter, defect))
    if let cell {
      step.index = parameter.shape.index(of: cell)
      step.text = "= \(NumberText.cell(parameter.number(at: cell)))"
    }
    var search = CauseSearch(timeline, defect: defect, origin: origin)
    search.path = [step]
    search.ask(CauseTracer.Suspect(parameter: parameter, name: node, cell: cell), at: origin)
    return (search, nil)
  }

  private init(_ timeline: Timeline, defect: Cause.Defect, origin: Position) {
    self.timeline = timeline
    self.defect = defect
    self.origin = origin
  }

  /// Whether earlier steps have to be computed again for the answer.
  var needsThePast: Bool { if case .open = state { true } else { zeros != nil } }

  /// The answer, as far as it is known without earlier steps.
  var answer: Cause? { if case .answered(let cause) = state { cause } else { nil } }

  /// Finds the answer in earlier steps.
  ///
  /// - Parameters:
  ///   - watch: makes a watch for one breakpoint alone.
  ///   - willBegin: called at the start of each step on the way; throws to end the search.
  /// - Returns: the answer.
  /// - Throws: an operator's error, or what `willBegin` throws.
  mutating func run(
    watch: (Breakpoint) -> Watch, willBegin: @escaping (_ step: Int) throws -> Void
  ) throws -> Cause {
    while case .open(let suspect, let start) = state { try look(into: suspect, from: start, willBegin) }
    var cause = answer ?? Cause(defect: defect, path: path, conclusion: localized("nothing was found"))
    guard let zeros else { return cause }
    let breakpoint = Breakpoint(id: 0, condition: .comparison(.measure(.zeros, of: zeros), .less, 1))
    let last = try timeline.lastHit(of: watch(breakpoint), before: origin, willBegin: willBegin)
    let since = last.map { $0.position.step + 1 } ?? timeline.first.step
    cause.conclusion += CauseSearch.duration(
      since == timeline.first.step ? nil : since, of: cause.path.last)
    return cause
  }

  /// Searches the steps before for the one that gave a suspect the defect, and follows the path from there.
  private mutating func look(
    into suspect: CauseTracer.Suspect, from start: Int, _ willBegin: @escaping (Int) throws -> Void
  ) throws {
    var found: (position: Position, reading: TapeReading, end: CauseTracer.End, path: [Cause.Step])?
    let (timeline, defect) = (timeline, defect)
    let walk = Walk(
      timeline, to: .nextNode, limit: origin, watchedFrom: start, keepsKeyframes: false,
      willBegin: { step in
        try willBegin(step)
        return nil
      },
      visit: { visit in
        guard let broken = suspect.tensor(givenTo: defect, at: visit, timeline.state) else {
          return .stop(.nextNode)
        }
        let reading = TapeReading(visit.tape, names: timeline.names)
        guard let id = reading.nodeOfTensor[ObjectIdentifier(suspect.parameter)] else {
          return .stop(.nextNode)
        }
        var tracer = CauseTracer(visit.tape, reading, defect: defect)
        let end =
          switch suspect.part {
          case .value: tracer.trace(id, .value, cell: suspect.cell)
          case .gradient: tracer.trace(id, .gradient, cell: suspect.cell)
          case .memory(let slot):
            tracer.trace(
              id, memory: slot, CauseTracer.number(broken, of: suspect.cell ?? 0), cell: suspect.cell ?? 0)
          }
        found = (visit.position, reading, end, tracer.path)
        return .leave
      })
    _ = try walk.run()
    guard let found else {
      return conclude(localized("the step that made \(suspect.subject) \(defect.word) was not found"))
    }
    path += found.path
    follow(found.end, found.reading, at: found.position)
  }

  private mutating func trace(
    _ id: Int, _ view: TensorView, cell: Int?, _ tape: Tape, _ reading: TapeReading, at position: Position
  ) {
    var tracer = CauseTracer(tape, reading, defect: defect)
    let end = tracer.trace(id, view, cell: cell)
    path += tracer.path
    follow(end, reading, at: position)
  }

  /// Follows a gradient that a node has passed on and that is broken though the one that it received is not.
  private mutating func trace(_ passed: PassedGradient, _ tape: Tape, at position: Position) {
    var tracer = CauseTracer(tape, passed.reading, defect: defect)
    let end = tracer.trace(passed.target, .gradient, cell: passed.cell)
    // The target's gradient may not be complete, so it is the node that is shown.
    path = [passed.step] + tracer.path.dropFirst()
    follow(end, passed.reading, at: position)
  }

  private mutating func follow(_ end: CauseTracer.End, _ reading: TapeReading, at position: Position) {
    switch end {
    case .here(let conclusion):
      conclude(conclusion)
      if defect == .zero { zeros = whollyZero(path.last, reading) }
    case .earlier(let suspect): ask(suspect, at: position)
    }
  }

  private mutating func conclude(_ conclusion: String) {
    state = .answered(Cause(defect: defect, path: path, conclusion: conclusion))
  }

  /// Asks which step before a moment gave a suspect the defect.
  private mutating func ask(_ suspect: CauseTracer.Suspect, at position: Position) {
    let subject = suspect.subject
    if case .value = suspect.part, let entry = change(of: suspect, before: position) {
      return conclude(
        defect == .zero
          ? localized("\(subject) was set by hand to 0, in step \(entry.position.step)")
          : localized(
            "\(subject) was set by hand to a value that is not finite, in step \(entry.position.step)"))
    }
    guard let start = keyframe(before: position.step, without: suspect) else {
      return conclude(localized("\(subject) was \(defect.word) before the first step"))
    }
    state = .open(suspect, start: start)
  }

  /// The user's change, before a moment, that gave a parameter the defect.
  private func change(of suspect: CauseTracer.Suspect, before position: Position) -> ChangeLog.Entry? {
    timeline.changeLog.entries.last { entry in
      guard case .cell(suspect.name, let index, let value) = entry.change, entry.position < position,
        suspect.index.map({ $0 == index }) ?? true
      else { return false }
      return defect == .zero ? value == 0 : !Float(value).isFinite
    }
  }

  /// The last keyframe at or before a step in which a suspect does not have the defect yet; nil if there is none.
  private func keyframe(before step: Int, without suspect: CauseTracer.Suspect) -> Int? {
    let parameters = timeline.names.orderedParameters
    guard let place = parameters.firstIndex(where: { $0.tensor === suspect.parameter }) else { return nil }
    timeline.fetchKeyframe(before: step)
    return timeline.history.keyframes.frames.last { frame in
      guard frame.step <= step else { return false }
      return suspect.tensor(in: frame, at: place, timeline.state).map { !suspect.isBroken($0, defect) }
        ?? true
    }?.step
  }

  /// The tensor at the end of a path, if all of it is 0.
  private func whollyZero(_ last: Cause.Step?, _ reading: TapeReading) -> Condition.TensorReference? {
    guard let last, last.view != .update, let id = reading.graph.node(named: last.node)?.id,
      let tensor = reading.tensor(id, last.view), TensorMeasure.value(.zeros, of: tensor) == 1
    else { return nil }
    return Condition.TensorReference(node: last.node, view: last.view)
  }

  /// The step since which all of the tensor at the end of a path has been 0; nil for the start.
  private static func duration(_ since: Int?, of last: Cause.Step?) -> String {
    guard let last, last.index != nil else {
      return since.map { localized("; it has been so since step \($0)") }
        ?? localized("; it has been so from the start")
    }
    if last.view == .gradient {
      return since.map { localized("; all of the gradient of \(last.node) has been 0 since step \($0)") }
        ?? localized("; all of the gradient of \(last.node) has been 0 from the start")
    }
    return since.map { localized("; all of \(last.node) has been 0 since step \($0)") }
      ?? localized("; all of \(last.node) has been 0 from the start")
  }
}
