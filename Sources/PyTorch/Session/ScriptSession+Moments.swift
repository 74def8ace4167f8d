import Localization
import Trace

/// The moments that the screen shows.
extension ScriptSession {
  mutating func take(_ message: MomentMessage) {
    guard message.status != .recorded else {
      let moment = makeMoment(message)
      return recording.begin(watchedStep(moment))
    }
    isMomentAsked = false
    shownTensor = nil
    // The answer to a question that came late: where the script waits at its end, nothing changes.
    if stage == .held, message.status == .running || message.status == .paused { return }
    let moment = makeMoment(message)
    headPosition = moment.position
    head = Place(step: moment.position.step, visit: message.visit)
    newest = moment
    record(recording.take(moment.graph, at: moment.position.step))
    switch message.status {
    case .running where stage == .paused: return show(moment, status: nil)
    case .running:
      let isNew = stage == .waiting || stage == .importing
      stage = .running
      return show(moment, status: isNew ? .running : nil)
    case .paused:
      // The answer to a question about a pause that is known changes nothing but the numbers.
      let isKnown = stage == .paused && cursor != nil
      stage = .paused
      keep(message, moment)
      guard !isKnown else { return showCursor() }
      cursor = nil
      for hit in message.hits {
        add(RunEvent(.breakpoint, at: moment.position, breakpointHit(hit).sentence))
      }
      if !message.hits.isEmpty { recordWhole(moment.position.step, sendsNow: true) }
      show(moment, status: .paused)
    case .halted, .ended: hold(message, moment)
    case .recorded: break
    }
  }

  /// The script waits at its end.
  private mutating func hold(_ message: MomentMessage, _ moment: Moment) {
    stage = .held
    cursor = nil
    publish(epochs.flush())
    keep(message, moment)
    guard message.status == .halted else { return show(moment, status: .finished) }
    let sentence = failureSentence ?? localized("The script has failed.")
    var moment = moment
    let failed = failure?.node.flatMap { moment.graph.node(named: $0.withVisibleControls) }
    if let failed {
      moment.current = failed.id
      let count = visits.step == moment.position.step ? visits.list.count { $0.phase == failed.phase } : 0
      moment.position = Position(step: moment.position.step, phase: failed.phase, node: count)
      if moment.states.indices.contains(failed.id) { moment.states[failed.id].progress = .failed }
      newest = moment
    }
    add(RunEvent(.error, at: moment.position, node: failed?.name, sentence))
    show(moment, status: .halted(sentence))
  }

  private func makeMoment(_ message: MomentMessage) -> Moment {
    let graph = ComputationGraph(nodes: nodes)
    let states = nodes.indices.map { place in
      var state = NodeState(
        progress: message.progress.indices.contains(place)
          ? NodeState.Progress(probe: message.progress[place]) : .waiting,
        valueNorm: norm(message.valueNorms, place), gradientNorm: norm(message.gradientNorms, place))
      state.sketch = message.sketches[place]
      return state
    }
    var moment = Moment(
      position: message.position, current: message.node.flatMap { nodes.indices.contains($0) ? $0 : nil },
      graph: graph,
      states: message.isWatched ? states : unwatchedStates(message),
      phaseNodeCount: kept.last { $0.step < message.position.step }.map {
        $0.count(of: message.position.phase)
      }
      .flatMap { $0 > message.position.node ? $0 : nil },
      parameters: parameters(message), loss: message.loss.flatMap { $0.isNaN ? nil : $0 })
    moment.optimizer = message.optimizer
    if let hit = message.hits.first { moment.hit = breakpointHit(hit) }
    if !message.isWatched, message.status != .running {
      moment.limitation =
        message.status == .ended
        ? localized("The nodes of the last step were not watched, so only parameters can be shown.")
        : localized(
          "The nodes of this step were not watched, so only parameters can be shown: . goes to a step that is."
        )
    }
    return moment
  }

  /// The states of nodes that were not watched: while the script runs those that were seen last, so that the graph does
  /// not blink; at its end without their norms, which are not the last step's.
  private func unwatchedStates(_ message: MomentMessage) -> [NodeState] {
    let last = [.running, .ended].contains(message.status) ? newest?.states ?? [] : []
    return nodes.indices.map { place in
      guard last.indices.contains(place) else { return NodeState() }
      return message.status == .running ? last[place] : NodeState(progress: last[place].progress)
    }
  }

  private func parameters(_ message: MomentMessage) -> [ParameterSnapshot] {
    (model?.parameters ?? []).enumerated().map { place, parameter in
      var snapshot = ParameterSnapshot(
        name: parameter.name.withVisibleControls, weightNorm: norm(message.weightNorms, place) ?? 0,
        gradientNorm: norm(message.parameterGradientNorms, place),
        updateRatio: norm(message.updateRatios, place),
        updateNorm: norm(message.updateNorms, place))
      snapshot.obstacle = parameter.obstacle?.withVisibleControls
      return snapshot
    }
  }

  /// A norm; nil for −1, which says that there is none.
  private func norm(_ norms: [Float], _ place: Int) -> Float? {
    guard norms.indices.contains(place), norms[place] != -1 else { return nil }
    return norms[place]
  }

  private func breakpointHit(_ hit: MomentMessage.Hit) -> BreakpointHit {
    let text = hit.text ?? settings.breakpoints.first { $0.id == hit.breakpoint }?.text ?? ""
    return BreakpointHit(
      breakpoint: hit.breakpoint, text: text.withVisibleControls, measured: hit.measured?.withVisibleControls)
  }

  private mutating func keep(_ message: MomentMessage, _ moment: Moment) {
    guard message.isWatched, visits.step == moment.position.step, !visits.list.isEmpty else { return }
    kept.removeAll { $0.step == moment.position.step }
    kept.append(watchedStep(moment))
    kept.removeFirst(max(0, kept.count - ScriptSession.mostKept))
  }

  /// The step that was watched up to a moment.
  private func watchedStep(_ moment: Moment) -> WatchedStep {
    var step = WatchedStep(
      step: moment.position.step, nodes: nodes, visits: visits.list, states: moment.states,
      parameters: moment.parameters, loss: moment.loss, optimizer: moment.optimizer)
    if visits.step == step.step { step.norms = visits.norms }
    return step
  }

  // MARK: Showing

  /// Shows the moment of the cursor.
  mutating func showCursor() {
    guard let cursor, let step = kept.first(where: { $0.step == cursor.step }) else {
      if let newest { show(newest, status: nil) }
      return
    }
    let moment = step.moment(after: cursor.visit, head: headPosition)
    show(moment, status: stage == .paused ? .paused : nil)
  }

  /// Shows a moment as soon as the numbers of its tensor are there.
  mutating func show(_ moment: Moment, status: RunUpdate.Status?) {
    let isPlaying = stage == .running
    var (node, view) = focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: isPlaying)
    // Of a step that was not watched there are parameters to look at.
    if node == nil, moment.limitation != nil {
      node = moment.graph.nodes.first { $0.kind == .parameter }
      view = focus.view ?? .value
    }
    // What went into an operator that failed says why it did.
    if focus.node == nil, let failed = node, moment.states.indices.contains(failed.id),
      moment.states[failed.id].progress == .failed, let input = failed.inputs.first
    {
      (node, view) = (moment.graph.nodes[input], .value)
    }
    // What was shown before is shown before.
    let status = status ?? pending?.status
    var shown = moment
    shown.source = excerpt(moment.current.map { moment.graph.nodes[$0] } ?? node)
    let name = isPlaying ? probeFocus?.node : node?.name
    let question = node.map { self.question(about: $0, view, in: shown, isPlaying: isPlaying) }
    shown.explanation = question.map(withoutNumbers)
    pending = Pending(moment: shown, status: status, awaited: .focus, question: question)
    shownCell = nil
    guard isConnected, let name else { return publishPending(because: nil) }
    guard !isPlaying else { return }
    if let last = shownTensor, last.node == name, last.view == view, last.part == focus.part,
      last.position == moment.position, last.place == cursor
    {
      return take(shown: last.message)
    }
    lastID += 1
    pending?.awaited = .tensor(lastID)
    say(
      .tensor(
        lastID, name, view, part: focus.part, cell: focus.followed.last { $0.node == name }?.cell,
        step: cursor?.step, visit: cursor?.visit, limit: ScriptSession.pausedCells))
  }

  mutating func take(_ tensor: TensorMessage) {
    if recording.hasAsked(tensor.id) {
      return record(recording.take(answer: tensor.snapshot, to: tensor.id, at: tensor.step))
    }
    let isAwaited =
      tensor.isFocus ? pending?.awaited == .focus : pending?.awaited == tensor.id.map { .tensor($0) }
    guard isAwaited else { return }
    take(shown: tensor)
  }

  private mutating func take(shown tensor: TensorMessage) {
    if let moment = pending?.moment, let question = pending?.question {
      // Of a thinned tensor each cell is asked for.
      let isWhole = tensor.snapshot?.thinning == nil
      shownTensor =
        isWhole
        ? ShownTensor(
          place: cursor, position: moment.position, node: question.graph.nodes[question.node].name,
          view: question.view, part: focus.part, message: tensor) : nil
    }
    pending?.moment.focus = tensor.snapshot
    guard stage != .running, tensor.snapshot != nil else {
      return publishPending(because: tensor.snapshot == nil ? tensor.remark : nil)
    }
    if let question = pending?.question {
      pending?.question?.known[StepTensor(question.node, question.view)] = tensor.shown
    }
    explain()
  }

  /// Shows the moment that waits, with the reason why its tensor has no numbers.
  mutating func publishPending(because reason: String?) {
    guard var pending else { return }
    self.pending = nil
    var update = RunUpdate()
    if let reason { pending.moment.limitation = pending.moment.limitation ?? reason }
    if pending.moment.graph != shownGraph {
      shownGraph = pending.moment.graph
      update.graph = shownGraph
    }
    pending.moment.graph = ComputationGraph()
    figures.add(to: &pending.moment, hasEnded: stage == .held || stage == .ended)
    update.moment = pending.moment
    update.status = pending.status
    post(update)
  }

  /// The user's file around the line that called an operator.
  private mutating func excerpt(_ node: ComputationGraph.Node?) -> SourceExcerpt? {
    let place = stage == .held ? failure?.place ?? node?.location : node?.location
    return place.flatMap { excerpt(at: $0) }
  }

  /// The error that ends the script, with the lines of the user's files that led to it.
  mutating func take(_ exception: ExceptionMessage) {
    failure = exception
    var update = RunUpdate()
    for frame in exception.frames ?? [] where frame.isScript == true {
      if let excerpt = excerpt(at: "\(frame.file):\(frame.line)") { update.traceback.append(excerpt) }
    }
    update.traceback.removeFirst(max(0, update.traceback.count - ScriptSession.mostFrames))
    post(update)
    found(diagnosis.take(exception, step: currentStep, nodes: nodes))
  }

  /// A file around one of its lines, `train.py:12`; nil where it cannot be read.
  private mutating func excerpt(at place: String) -> SourceExcerpt? {
    guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...])
    else { return nil }
    let path = String(place[..<colon])
    let lines = sources[path] ?? readLines(path) ?? []
    sources[path] = lines
    guard (1...max(1, lines.count)).contains(line), !lines.isEmpty else { return nil }
    let first = max(1, line - ScriptSession.linesAround)
    let last = min(lines.count, line + ScriptSession.linesAround)
    return SourceExcerpt(
      file: ScriptSession.shortPlace(path), firstLine: first,
      lines: lines[first - 1..<last].map(OutputLines.cleaned),
      line: line)
  }

  /// How many watched steps the probe keeps.
  private static let mostKept = 16
  /// The most frames of an error that are shown, the innermost.
  private static let mostFrames = 50
  /// How many lines before and after the current one are shown.
  private static let linesAround = 30
}

extension NodeState.Progress {
  /// The progress that a number of the probe's means.
  fileprivate init(probe number: Int) {
    self =
      switch number {
      case 1: .forward
      case 2: .backward
      case 3: .updated
      case 4: .failed
      default: .waiting
      }
  }
}
