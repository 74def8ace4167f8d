import Autograd
import Trace

extension Session {
  /// Looks for the node and the iteration in which a tensor, or one cell of it, became NaN, infinite or zero.
  ///
  /// - Throws: ``Jump``, where the way leads into the past.
  func find(causeOf node: String, _ view: TensorView, _ cell: Int?) throws -> Bool {
    let reading = TapeReading(tape, names: builder.names)
    guard let id = reading.graph.node(named: node)?.id, let tensor = reading.tensor(id, view) else {
      warnings.append("\(node) has no \(view.rawValue) at this moment, so there is nothing to explain.")
      return false
    }
    guard let defect = CauseTracer.defect(of: tensor, cell: cell) else {
      let what = cell == nil ? "No value of \(node)" : "This cell of \(node)"
      warnings.append("\(what) is NaN, infinite or 0, so there is nothing to explain.")
      return false
    }
    var tracer = CauseTracer(tape, reading, defect: defect)
    let end = tracer.trace(id, view)
    return try follow(end, tracer.path, defect, from: position)
  }

  /// Looks at the node that has run on the way through the past; true if the way goes on.
  func inquire() throws -> Bool {
    guard let inquiry else { return false }
    if gate.hasRequests { try collect() }
    if isInterrupted, position < inquiry.origin {
      self.inquiry = nil
      try goBack(to: inquiry.origin)
      return false
    }
    if position >= inquiry.origin {
      self.inquiry = nil
      if position == inquiry.origin {
        tell(
          Cause(
            defect: inquiry.defect, path: inquiry.path,
            conclusion: "the update that made \(inquiry.name) \(inquiry.defect.word) was not found"),
          at: position)
      }
      transport.halt()
      return false
    }
    guard position.phase == .update, tape.updates.last?.parameter === inquiry.parameter,
      CauseTracer.defect(of: inquiry.parameter, cell: nil).map({ $0 != .zero }) ?? false
    else { return true }
    self.inquiry = nil
    let reading = TapeReading(tape, names: builder.names)
    var tracer = CauseTracer(tape, reading, defect: inquiry.defect)
    guard let id = reading.nodeOfTensor[ObjectIdentifier(inquiry.parameter)] else { return false }
    let end = tracer.trace(id, .value)
    _ = try follow(end, inquiry.path + tracer.path, inquiry.defect, from: inquiry.origin)
    try goBack(to: inquiry.origin)
    return false
  }

  /// Tells where a way ends, or goes on with it in the past.
  private func follow(
    _ end: CauseTracer.End, _ path: [Cause.Step], _ defect: Cause.Defect, from origin: Position
  ) throws -> Bool {
    switch end {
    case .here(let conclusion):
      let cause = Cause(defect: defect, path: path, conclusion: conclusion)
      if defect == .zero, let since = whollyZero(path) {
        return try search(back: since, for: .since(cause))
      }
      tell(cause, at: origin)
      return false
    case .earlier(_, let name) where handMade(name) != nil:
      let step = handMade(name)?.position.iteration ?? tape.iteration
      let conclusion = "\(name) was set by hand to a value that is not finite, in step \(step)"
      tell(Cause(defect: defect, path: path, conclusion: conclusion), at: origin)
      return false
    case .earlier(let parameter, let name):
      guard let start = soundKeyframe(of: parameter, before: tape.iteration) else {
        let conclusion = "\(name) was \(defect.word) before the first step"
        tell(Cause(defect: defect, path: path, conclusion: conclusion), at: origin)
        return false
      }
      leaveHead()
      inquiry = Inquiry(defect: defect, path: path, parameter: parameter, name: name, origin: origin)
      throw wayBack(from: start, to: origin)
    }
  }

  /// The change by which the user made a cell of a parameter NaN or infinite, before this moment.
  private func handMade(_ name: String) -> ChangeLog.Entry? {
    changeLog.entries.last { entry in
      guard case .cell(name, _, let value) = entry.change else { return false }
      return !Float(value).isFinite && entry.position < position
    }
  }

  /// A breakpoint at moments when the tensor at the end of a way was not yet all 0; nil where it is not all 0 now.
  private func whollyZero(_ path: [Cause.Step]) -> Breakpoint? {
    guard let last = path.last, last.view != .update, isAllZero(last) else {
      return nil
    }
    let tensor = Condition.TensorReference(node: last.node, view: last.view)
    return Breakpoint(id: 0, condition: .comparison(.measure(.zeros, of: tensor), .less, 1))
  }

  private func isAllZero(_ step: Cause.Step) -> Bool {
    let reading = TapeReading(tape, names: builder.names)
    guard let id = reading.graph.node(named: step.node)?.id, let tensor = reading.tensor(id, step.view) else {
      return false
    }
    return TensorMeasure.value(.zeros, of: tensor) == 1
  }

  /// The last keyframe at or before an iteration in which a parameter is finite; nil where it never was.
  private func soundKeyframe(of parameter: Tensor, before iteration: Int) -> Int? {
    guard let place = builder.names.orderedParameters.firstIndex(where: { $0.tensor === parameter }) else {
      return nil
    }
    fetchKeyframe(before: iteration)
    return history.keyframes.frames.last { frame in
      frame.iteration <= iteration && TensorMeasure.isFinite(frame.parameters[place])
    }?.iteration
  }

  /// Tells the answer.
  func tell(_ cause: Cause, at position: Position) {
    self.cause = cause
    events.append(RunEvent(.cause, at: position, node: cause.path.first?.node, cause.conclusion))
  }
}

extension TapeReading {
  /// A node's tensor in a view.
  func tensor(_ id: Int, _ view: TensorView) -> Tensor? {
    guard tensors.indices.contains(id) else { return nil }
    return view == .gradient ? tensors[id].gradient : tensors[id].value
  }
}
