import Localization
import Trace

/// The moments that the screen shows.
extension ScriptSession {
  mutating func take(_ message: MomentMessage) {
    guard message.status != .recorded else {
      let moment = makeMoment(message)
      return recording.begin(seen.watched(moment))
    }
    probe.isMomentAsked = false
    shown.tensor = nil
    // The answer to a question that came late: where the script waits at its end, nothing changes.
    if stage == .held, message.status == .running || message.status == .paused { return }
    let moment = makeMoment(message)
    timeline.take(moment, after: message.visit)
    record(recording.take(moment.graph, at: moment.position.step))
    switch message.status {
    case .running where stage == .paused: return show(moment, status: nil)
    case .running:
      let isNew = stage == .waiting || stage == .importing
      stage = .running
      return show(moment, status: isNew ? .running : nil)
    case .paused:
      // The answer to a question about a pause that is known changes nothing but the numbers.
      let isKnown = stage == .paused && timeline.cursor != nil
      stage = .paused
      keep(message, moment)
      guard !isKnown else { return showCursor() }
      timeline.leavePast()
      for hit in message.hits {
        add(RunEvent(.breakpoint, at: moment.position, breakpointHit(hit).sentence))
      }
      tellFindingHit(at: moment.position)
      if moment.hit != nil { recordWhole(moment.position.step, sendsNow: true) }
      show(moment, status: .paused)
    case .halted, .ended: hold(message, moment)
    case .recorded: break
    }
  }

  /// The script waits at its end.
  private mutating func hold(_ message: MomentMessage, _ moment: Moment) {
    stage = .held
    timeline.leavePast()
    publish(epochs.flush())
    tellFindingHit(at: moment.position)
    keep(message, moment)
    guard message.status == .halted else { return show(moment, status: .finished) }
    let sentence = ending.sentence ?? localized("The script has failed.")
    var moment = moment
    let failed = ending.failure?.node.flatMap { moment.graph.node(named: $0.withVisibleControls) }
    if let failed {
      moment.current = failed.id
      let count = seen.count(of: failed.phase, in: moment.position.step)
      moment.position = Position(step: moment.position.step, phase: failed.phase, node: count)
      if moment.states.indices.contains(failed.id) { moment.states[failed.id].progress = .failed }
      timeline.replaceNewest(moment)
    }
    add(RunEvent(.error, at: moment.position, node: failed?.name, sentence))
    show(moment, status: .halted(sentence))
  }

  private func makeMoment(_ message: MomentMessage) -> Moment {
    let nodes = seen.nodes
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
      phaseNodeCount: timeline.count(of: message.position.phase, before: message.position.step)
        .flatMap { $0 > message.position.node ? $0 : nil },
      parameters: parameters(message), loss: message.loss.flatMap { $0.isNaN ? nil : $0 })
    moment.optimizer = message.optimizer
    let isStopped = message.status != .running && message.status != .recorded
    moment.hit = message.hits.first.map(breakpointHit) ?? (isStopped ? findingHit : nil)
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
    let last = [.running, .ended].contains(message.status) ? timeline.newest?.states ?? [] : []
    return seen.nodes.indices.map { place in
      guard last.indices.contains(place) else { return NodeState() }
      return message.status == .running ? last[place] : NodeState(progress: last[place].progress)
    }
  }

  private func parameters(_ message: MomentMessage) -> [ParameterSnapshot] {
    let norms = message.parameterNorms
    return (identity.model?.parameters ?? []).enumerated().map { place, parameter in
      var snapshot = ParameterSnapshot(
        name: parameter.name.withVisibleControls, weightNorm: norm(norms.weight, place) ?? 0,
        gradientNorm: norm(norms.gradient, place), updateRatio: norm(norms.updateRatio, place),
        updateNorm: norm(norms.update, place))
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
    guard message.isWatched, seen.hasVisits(of: moment.position.step) else { return }
    timeline.keep(seen.watched(moment))
  }

  // MARK: Showing

  /// Shows the moment of the cursor, or the newest.
  mutating func showCursor() {
    if let past = timeline.past {
      show(past, status: stage == .paused ? .paused : nil)
    } else if let newest = timeline.newest {
      show(newest, status: nil)
    }
  }

  /// Shows a moment as soon as the numbers of its tensor are there.
  mutating func show(_ moment: Moment, status: RunUpdate.Status?) {
    let isPlaying = stage == .running
    var (node, view) = shown.focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: isPlaying)
    // Of a step that was not watched there are parameters to look at.
    if node == nil, moment.limitation != nil {
      node = moment.graph.nodes.first { $0.kind == .parameter }
      view = shown.focus.view ?? .value
    }
    // The input of an operator that failed shows why.
    if shown.focus.node == nil, let failed = node, moment.states.indices.contains(failed.id),
      moment.states[failed.id].progress == .failed, let input = failed.inputs.first
    {
      (node, view) = (moment.graph.nodes[input], .value)
    }
    // A status that has not been shown is shown first.
    let status = status ?? shown.pending?.status
    var moment = moment
    moment.source = excerpt(moment.current.map { moment.graph.nodes[$0] } ?? node)
    let name = isPlaying ? shown.probeFocus?.node : node?.name
    let question = node.map { self.question(about: $0, view, in: moment, isPlaying: isPlaying) }
    moment.explanation = question.map(withoutNumbers)
    shown.pending = ShownMoment.Pending(
      moment: moment, status: status, awaited: .focus, question: question)
    shown.cell = nil
    guard probe.isConnected, let name else { return publishPending(because: nil) }
    guard !isPlaying else { return }
    if let last = shown.tensor, last.node == name, last.view == view, last.part == shown.focus.part,
      last.position == moment.position, last.place == timeline.cursor
    {
      return take(shown: last.message)
    }
    let id = probe.newID()
    shown.pending?.awaited = .tensor(id)
    say(
      .tensor(
        id, name, view, part: shown.focus.part, cell: shown.focus.followed.last { $0.node == name }?.cell,
        step: timeline.cursor?.step, visit: timeline.cursor?.visit, limit: ScriptSession.pausedCells))
  }

  mutating func take(_ tensor: TensorMessage) {
    if recording.hasAsked(tensor.id) {
      return record(recording.take(answer: tensor.snapshot, to: tensor.id, at: tensor.step))
    }
    let isAwaited =
      tensor.isFocus
      ? shown.pending?.awaited == .focus : shown.pending?.awaited == tensor.id.map { .tensor($0) }
    guard isAwaited else { return }
    take(shown: tensor)
  }

  private mutating func take(shown tensor: TensorMessage) {
    if let moment = shown.pending?.moment, let question = shown.pending?.question {
      // Of a thinned tensor each cell is asked for.
      let isWhole = tensor.snapshot?.thinning == nil
      shown.tensor =
        isWhole
        ? ShownMoment.ShownTensor(
          place: timeline.cursor, position: moment.position, node: question.graph.nodes[question.node].name,
          view: question.view, part: shown.focus.part, message: tensor) : nil
    }
    shown.pending?.moment.focus = tensor.snapshot
    guard stage != .running, tensor.snapshot != nil else {
      return publishPending(because: tensor.snapshot == nil ? tensor.remark : nil)
    }
    if let question = shown.pending?.question {
      shown.pending?.question?.known[StepTensor(question.node, question.view)] = tensor.shown
    }
    explain()
  }

  /// Shows the moment that waits, with the reason why its tensor has no numbers.
  mutating func publishPending(because reason: String?) {
    guard var pending = shown.pending else { return }
    shown.pending = nil
    var update = RunUpdate()
    if let reason { pending.moment.limitation = pending.moment.limitation ?? reason }
    if pending.moment.graph != shown.graph {
      shown.graph = pending.moment.graph
      update.graph = shown.graph
    }
    pending.moment.graph = ComputationGraph()
    figures.add(to: &pending.moment, stage: stage)
    update.moment = pending.moment
    update.status = pending.status
    post(update)
  }

  /// The user's file around the line that called an operator.
  private mutating func excerpt(_ node: ComputationGraph.Node?) -> SourceExcerpt? {
    let place = stage == .held ? ending.failure?.place ?? node?.location : node?.location
    return place.flatMap { sources.excerpt(at: $0) }
  }

  /// The error that ends the script, with the lines of the user's files that led to it.
  mutating func take(_ exception: ExceptionMessage) {
    ending.failure = exception
    var update = RunUpdate()
    for frame in exception.frames ?? [] where frame.isScript == true {
      if let excerpt = sources.excerpt(at: "\(frame.file):\(frame.line)") { update.traceback.append(excerpt) }
    }
    update.traceback.removeFirst(max(0, update.traceback.count - ScriptSession.mostFrames))
    post(update)
    found(diagnosis.take(exception, step: timeline.currentStep, nodes: seen.nodes))
  }

  /// The most frames of an error that are shown, the innermost.
  private static let mostFrames = 50
}

extension NodeState.Progress {
  /// The progress for a number from the probe.
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
