/// A step that was watched node by node, as far as it has been seen: what is needed to go back in it.
package struct WatchedStep: Sendable, Equatable, Codable {
  /// A node that ran in a step.
  package struct Visit: Sendable, Equatable, Codable {
    /// The phase in which it ran.
    package var phase: Phase
    /// The node's id; negative for none.
    package var node: Int

    /// A node that ran in a phase.
    package init(phase: Phase, node: Int) {
      self.phase = phase
      self.node = node
    }
  }

  /// A magnitude that a node had from a visit on.
  package struct Norm: Sendable, Equatable, Codable {
    /// The first visit after which the node had it.
    package var visit: Int
    /// The node's id.
    package var node: Int
    /// Whether it is that of the value or of the gradient.
    package var view: TensorView
    /// The Euclidean norm; nil for a tensor without values.
    package var norm: Float?

    /// A magnitude from a visit on.
    package init(visit: Int, node: Int, view: TensorView, norm: Float?) {
      (self.visit, self.node, self.view, self.norm) = (visit, node, view, norm)
    }
  }

  /// The step.
  package var step: Int
  /// Its nodes.
  package var nodes: [ComputationGraph.Node]
  /// The nodes that ran, in their order; one that ran forward and backward is there twice.
  package var visits: [Visit]
  /// How far each node had come when the step was last seen.
  package var states: [NodeState]
  /// The parameters when the step was last seen.
  package var parameters: [ParameterSnapshot]
  /// The norms of gradients as they came, and of parameters before and after their updates; nil where only those seen
  /// last are known.
  package var norms: [Norm]?
  /// The loss, once it was known.
  package var loss: Float?
  /// The optimizer with its settings.
  package var optimizer: String?
  /// What its operators were called with; nil where that was not told.
  package var calls: [OperatorCall]?

  /// A step of which some visits have been seen.
  package init(
    step: Int, nodes: [ComputationGraph.Node], visits: [Visit], states: [NodeState],
    parameters: [ParameterSnapshot], loss: Float?, optimizer: String?
  ) {
    self.step = step
    self.nodes = nodes
    self.visits = visits
    self.states = states
    self.parameters = parameters
    self.loss = loss
    self.optimizer = optimizer
  }

  /// The position of a visit.
  package func position(of visit: Int) -> Position {
    guard visits.indices.contains(visit) else { return .start(of: step) }
    let phase = visits[visit].phase
    return Position(step: step, phase: phase, node: visits[..<visit].count { $0.phase == phase })
  }

  /// The visit of a position; nil where there was none.
  package func visit(at position: Position) -> Int? {
    var count = 0
    for (place, visit) in visits.enumerated() where visit.phase == position.phase {
      if count == position.node { return place }
      count += 1
    }
    return nil
  }

  /// How many visits a phase has.
  package func count(of phase: Phase) -> Int { visits.count { $0.phase == phase } }

  /// The moment after a visit, without a tensor.
  package func moment(after visit: Int, head: Position) -> Moment {
    let position = position(of: visit)
    let node = visits.indices.contains(visit) ? visits[visit].node : -1
    var moment = Moment(
      position: position, head: head, current: nodes.indices.contains(node) ? node : nil,
      graph: ComputationGraph(nodes: nodes), states: states(after: visit),
      phaseNodeCount: count(of: position.phase), parameters: parameters(after: visit),
      loss: position.phase >= .loss ? loss : nil)
    moment.optimizer = optimizer
    return moment
  }

  /// The norms that nodes had after a visit: those whose first visit is the last of all that are not later.
  private func measured(_ view: TensorView, after visit: Int) -> [Int: Norm] {
    var found: [Int: Norm] = [:]
    for norm in norms ?? [] where norm.view == view && norm.visit <= visit {
      if let known = found[norm.node], known.visit > norm.visit { continue }
      found[norm.node] = norm
    }
    return found
  }

  /// The parameters' magnitudes after a visit.
  package func parameters(after visit: Int) -> [ParameterSnapshot] {
    guard norms != nil else { return parameters }
    let (values, gradients) = (measured(.value, after: visit), measured(.gradient, after: visit))
    let updated = Set(visits.prefix(visit + 1).filter { $0.phase == .update }.map(\.node))
    let ids = Dictionary(
      nodes.filter { $0.kind == .parameter }.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first }
    )
    return parameters.map { parameter in
      guard let id = ids[parameter.name] else { return parameter }
      var past = parameter
      past.gradientNorm = gradients[id]?.norm
      if let norm = values[id]?.norm { past.weightNorm = norm }
      if !updated.contains(id) { (past.updateRatio, past.updateNorm) = (nil, nil) }
      return past
    }
  }

  /// How far each node had come after a visit, with the norms of what was there already: as they were then, or where that
  /// is not known as they were seen last.
  package func states(after visit: Int) -> [NodeState] {
    var progress = [NodeState.Progress](repeating: .waiting, count: nodes.count)
    for visit in visits.prefix(visit + 1) where nodes.indices.contains(visit.node) {
      switch visit.phase {
      case .forward, .loss:
        progress[visit.node] = .forward
        for input in nodes[visit.node].inputs where progress[input] == .waiting { progress[input] = .forward }
      case .backward: progress[visit.node] = .backward
      case .update: progress[visit.node] = .updated
      case .batch, .zeroGrad: break
      }
    }
    let (values, gradients) = (measured(.value, after: visit), measured(.gradient, after: visit))
    return progress.enumerated().map { place, progress in
      let last = states.indices.contains(place) ? states[place] : NodeState()
      let hasGradient = progress == .backward || progress == .updated
      let gradientNorm = norms == nil ? last.gradientNorm : gradients[place]?.norm
      return NodeState(
        progress: progress,
        valueNorm: progress == .waiting ? nil : values[place].map(\.norm) ?? last.valueNorm,
        gradientNorm: hasGradient ? gradientNorm : nil)
    }
  }
}

extension WatchedStep {
  /// Where a movement leads.
  package enum Destination: Sendable, Equatable {
    case visit(Int)
    /// To a step before.
    case before
    /// To a step after.
    case after
  }

  /// Where a movement leads from a visit; nil for what is no movement from moment to moment.
  package func destination(of command: Command, from visit: Int) -> Destination? {
    let visit = min(max(0, visit), max(0, visits.count - 1))
    switch command {
    case .nextNode: return visit + 1 < visits.count ? .visit(visit + 1) : .after
    case .nextPhase:
      guard visits.indices.contains(visit) else { return .after }
      let next = visits.indices.dropFirst(visit).first { visits[$0].phase != visits[visit].phase }
      return next.map { .visit($0) } ?? .after
    case .previousNode: return visit > 0 ? .visit(visit - 1) : .before
    case .previousPhase:
      let first = firstOfPhase(at: visit)
      return first > 0 ? .visit(firstOfPhase(at: first - 1)) : .before
    case .runTo(let name):
      let next = visits.indices.dropFirst(visit + 1).first { runs(name, at: $0) }
      return next.map { .visit($0) } ?? .after
    case .nextStep: return .after
    case .previousStep: return .before
    default: return nil
    }
  }

  /// Whether a visit is that of a node, or of one in a module.
  private func runs(_ name: String, at visit: Int) -> Bool {
    guard nodes.indices.contains(visits[visit].node) else { return false }
    let node = nodes[visits[visit].node]
    return node.name == name || node.group == name || node.group?.hasPrefix(name + ".") == true
  }

  /// The first visit of the run of one phase in which a visit lies.
  package func firstOfPhase(at visit: Int) -> Int {
    guard visits.indices.contains(visit) else { return 0 }
    var first = visit
    while first > 0, visits[first - 1].phase == visits[visit].phase { first -= 1 }
    return first
  }
}
