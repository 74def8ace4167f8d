import Trace

extension Session {
  /// Changes something where the run stands; behind the head another future begins there.
  func change(_ change: Change, future: Future) {
    do {
      let text = try changes.describe(change)
      if past != nil { fork(future) }
      try changes.make(change)
      changeLog.add(change, at: position)
      events.append(RunEvent(.change, at: position, text, change: change))
    } catch {
      warnings.append("\(error)")
    }
  }

  /// Makes the changes again that were made at the moment the run has come to.
  func repeatChanges() throws {
    for change in changeLog.take(at: position) { try changes.make(change) }
  }

  /// Compares a parameter's gradient at a cell with a finite difference, and tells the answer.
  func checkGradient(of name: String, at cell: Int) {
    do {
      guard let parameter = builder.names.orderedParameters.first(where: { $0.name == name })?.tensor else {
        throw ChangeError.unknownParameter(name: name, known: builder.names.orderedParameters.map(\.name))
      }
      let check = try GradientProbe(tape).check(parameter, name: name, cell: cell)
      gradientCheck = check
      events.append(
        RunEvent(
          .check, at: position, node: name,
          "\(name)\(check.index): gradient \(Float(check.gradient)), finite difference \(Float(check.difference)), "
            + "relative error \(Float(check.relativeError))"))
    } catch {
      warnings.append("\(error)")
    }
  }

  /// The moment at the cursor becomes the head; what was after it is no more.
  private func fork(_ future: Future) {
    let old = head
    past = nil
    watchedFrom = 0
    isOver = false
    isFaithful = true
    history.forget(after: position.iteration)
    log?.fork(at: position)
    recorded?.forget(after: position.iteration)
    changeLog.removeAll(after: position)
    lastFinished = min(lastFinished, position.iteration - 1)
    loop?.forgetEpochs(after: position.iteration - 1)
    losses.removeAll { $0.iteration >= position.iteration }
    newFork = RunUpdate.Fork(position: position, future: future)
    let fate = future == .ghost ? "stays as a ghost" : "is forgotten"
    events.append(RunEvent(.fork, at: position, "the old future, to step \(old.iteration), \(fate)"))
  }
}
