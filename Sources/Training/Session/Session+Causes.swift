import Autograd
import Trace

extension Session {
  /// Looks for the node and the iteration in which a tensor, or one cell of it, became NaN, infinite or zero.
  ///
  /// - Throws: ``Jump``, where the way leads into the past.
  func find(causeOf node: String, _ view: TensorView, _ cell: Int?) throws -> Bool {
    let reading = TapeReading(tape, names: builder.names)
    guard let id = reading.graph.node(named: node)?.id else { return try findBeforeForward(node, view, cell) }
    guard let tensor = reading.tensor(id, view) else {
      warnings.append("\(node) has no \(view.rawValue) at this moment, so there is nothing to explain.")
      return false
    }
    guard let defect = defect(of: tensor, view, cell, before: reading.tensors[id].before) else {
      let what = cell == nil ? "No value of \(node) is" : "This cell of \(node) is not"
      warnings.append("\(what) NaN, infinite or 0: nothing to explain.")
      return false
    }
    var tracer = CauseTracer(tape, reading, defect: defect)
    let end = tracer.trace(id, view, cell: cell)
    return try follow(end, tracer.path, defect, from: position)
  }

  /// Looks for the cause in a parameter to which forward has not come yet.
  private func findBeforeForward(_ node: String, _ view: TensorView, _ cell: Int?) throws -> Bool {
    let parameter = builder.names.orderedParameters.first { $0.name == node }?.tensor
    guard let parameter, view == .value else {
      warnings.append("\(node) has no \(view.rawValue) at this moment, so there is nothing to explain.")
      return false
    }
    guard let defect = CauseTracer.defect(of: parameter, cell: cell), cell != nil || defect != .zero else {
      warnings.append("\(node) is NaN or infinite nowhere, so there is nothing to explain: choose a cell.")
      return false
    }
    var step = Cause.Step(
      position: Position(iteration: tape.iteration, phase: .batch, node: 0), node: node, view: view,
      text: CauseTracer.counts(parameter, defect))
    if let cell {
      step.index = parameter.shape.index(of: cell)
      step.text = "= \(NumberWords.text(parameter.number(at: cell)))"
    }
    return try follow(
      .earlier(parameter: parameter, name: node, cell: cell), [step], defect, from: position)
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
            conclusion: "the update that made \(inquiry.subject) \(inquiry.defect.word) was not found"),
          at: position)
      }
      transport.halt()
      return false
    }
    guard position.phase == .update, let update = tape.updates.last, inquiry.isAnswered(by: update) else {
      return true
    }
    self.inquiry = nil
    let reading = TapeReading(tape, names: builder.names)
    var tracer = CauseTracer(tape, reading, defect: inquiry.defect)
    guard let id = reading.nodeOfTensor[ObjectIdentifier(inquiry.parameter)] else { return false }
    let end = tracer.trace(id, .value, cell: inquiry.cell)
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
    case .earlier(let parameter, let name, let cell):
      let inquiry = CauseSearch(
        defect: defect, path: path, parameter: parameter, name: name, cell: cell, origin: origin)
      if let step = handMade(inquiry)?.position.iteration {
        let value = defect == .zero ? "0" : "a value that is not finite"
        let conclusion = "\(inquiry.subject) was set by hand to \(value), in step \(step)"
        tell(Cause(defect: defect, path: path, conclusion: conclusion), at: origin)
        return false
      }
      guard let start = soundKeyframe(of: inquiry, before: tape.iteration) else {
        let conclusion = "\(inquiry.subject) was \(defect.word) before the first step"
        tell(Cause(defect: defect, path: path, conclusion: conclusion), at: origin)
        return false
      }
      leaveHead()
      self.inquiry = inquiry
      throw wayBack(from: start, to: origin)
    }
  }

  /// The defect of what was asked about; of an update, that of the change in the cell.
  private func defect(
    of tensor: Tensor, _ view: TensorView, _ cell: Int?, before: Tensor?
  ) -> Cause.Defect? {
    guard view == .update, let cell, let before, (0..<tensor.elementCount).contains(cell) else {
      return CauseTracer.defect(of: tensor, cell: cell)
    }
    return CauseTracer.defect(of: tensor.number(at: cell) - before.number(at: cell))
  }

  /// The change by which the user made what is asked about so, before this moment.
  private func handMade(_ inquiry: CauseSearch) -> ChangeLog.Entry? {
    changeLog.entries.last { entry in
      guard case .cell(inquiry.name, let index, let value) = entry.change, entry.position < position,
        inquiry.cell.map({ inquiry.parameter.shape.index(of: $0) == index }) ?? true
      else { return false }
      return inquiry.defect == .zero ? value == 0 : !Float(value).isFinite
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

  /// The last keyframe at or before an iteration in which a parameter or its cell is sound; nil where none is.
  private func soundKeyframe(of inquiry: CauseSearch, before iteration: Int) -> Int? {
    let parameters = builder.names.orderedParameters
    guard let place = parameters.firstIndex(where: { $0.tensor === inquiry.parameter }) else { return nil }
    fetchKeyframe(before: iteration)
    return history.keyframes.frames.last { frame in
      frame.iteration <= iteration && isSound(frame.parameters[place], inquiry)
    }?.iteration
  }

  private func isSound(_ tensor: Tensor, _ inquiry: CauseSearch) -> Bool {
    guard let cell = inquiry.cell else { return TensorMeasure.isFinite(tensor) }
    let number = tensor.number(at: cell)
    return inquiry.defect == .zero ? number != 0 : number.isFinite
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
