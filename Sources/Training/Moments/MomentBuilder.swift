import Autograd
import Localization
import NN
import Trace

/// Makes the ``Moment`` at a position: here, and only here, tensors become numbers for the screen.
struct MomentBuilder {
  let names: ModelNames
  let batches: BatchReading
  let experiment: Experiment
  private var optimizer: any Optimizer { experiment.optimizer }
  let switches: TrainingSwitches
  /// The last complete step's graph: what this step has not reached yet is drawn from it.
  private(set) var template: ComputationGraph?
  /// The optimizer's settings, and whether gradients are kept from step to step.
  var settingsSummary: String {
    experiment.settingsSummary + (switches.zeroGrad ? "" : " zero_grad off")
  }

  /// A builder for an experiment's runs.
  init(_ experiment: Experiment, switches: TrainingSwitches) {
    self.switches = switches
    names = ModelNames(experiment)
    self.experiment = experiment
    batches = BatchReading(
      model: experiment.model, data: experiment.trainData.dataset,
      regression: experiment.preparation?.regression)
  }

  /// Keeps a complete tape's graph as the template.
  mutating func learn(_ tape: Tape) { template = TapeReading(tape, names: names).graph }

  /// Takes a complete graph from a recording as the template.
  mutating func learn(_ graph: ComputationGraph) { template = graph }

  /// The moment at `position` of a tape; `focus` is the tensor to copy for the node pane,
  /// which while the run plays is not the one that ran last, and `needs` is what the panes show beyond that.
  func moment(
    of tape: Tape, at position: Position, focus: Focus, needs: ScreenNeeds = ScreenNeeds(), isPlaying: Bool
  ) -> Moment {
    let reading = TapeReading(tape, names: names)
    let graph = completed(reading.graph)
    let current = MomentBuilder.current(tape, position, reading)
    let (node, view) = focus.resolved(in: graph, at: position, current: current, isPlaying: isPlaying)
    let states = graph.nodes.map { node in
      node.id < reading.tensors.count
        ? state(reading.tensors[node.id], isSketched: needs.sketches.contains(node.name)) : NodeState()
    }
    let shown = node.flatMap { node in
      views(focus, view).lazy.compactMap { snapshot(node, $0, focus.part, reading) }.first
    }
    let cell = node.flatMap { self.cell(of: $0, focus, tape, reading, isPlaying: isPlaying) }
    if position.phase == .zeroGrad {
      return zeroGradMoment(
        at: position, tape, reading, graph, states, focus,
        batch: batches.snapshot(of: tape, needs, isPlaying: isPlaying))
    }
    var moment = Moment(
      position: position, current: current, graph: graph, states: states,
      phaseNodeCount: template.map { count(of: position.phase, in: $0) },
      parameters: names.orderedParameters.map { parameter($0, reading) },
      focus: shown, loss: loss(tape),
      batch: batches.snapshot(of: tape, needs, isPlaying: isPlaying),
      explanation: node.flatMap { node in
        node.id < reading.tensors.count
          ? ExplanationReading(tape, reading, optimizer: optimizer, norm: norm).explanation(
            of: node, cell: cell ?? 0, in: position.phase) : nil
      })
    moment.cell = cell
    moment.followed = focus.followed
    if !isPlaying, let node, let cell, let view = shown?.view, node.id < reading.tensors.count {
      moment.explanation?.work = WorkReading(tape, reading, allTerms: focus.wantsAllTerms).work(
        of: node.id, view, cell: cell)
    }
    moment.optimizer = settingsSummary
    return moment
  }

  /// The cell of a node to explain, by the thread that is followed; while the run plays the same one as long as it is
  /// followed.
  private func cell(
    of node: ComputationGraph.Node, _ focus: Focus, _ tape: Tape, _ reading: TapeReading, isPlaying: Bool
  ) -> Int? {
    if isPlaying, let known = focus.followed.last(where: { $0.node == node.name }) { return known.cell }
    return CellThread(tape, reading).cell(of: node.id, following: focus.followed)
  }

  /// The template, if this step has followed it so far; otherwise the graph so far.
  private func completed(_ graph: ComputationGraph) -> ComputationGraph {
    guard let template, graph.nodes.count <= template.nodes.count else { return graph }
    for (node, expected) in zip(graph.nodes, template.nodes) {
      guard node.name == expected.name, node.inputs == expected.inputs else { return graph }
    }
    var nodes = template.nodes
    nodes.replaceSubrange(graph.nodes.indices, with: graph.nodes)
    return ComputationGraph(nodes: nodes)
  }

  private func count(of phase: Phase, in graph: ComputationGraph) -> Int {
    switch phase {
    case .batch, .zeroGrad: 1
    case .forward, .loss: graph.nodes.count { $0.kind == .operation && $0.phase == phase }
    case .backward: graph.nodes.count { $0.kind == .operation }
    case .update: optimizer.parameters.count { $0.tensor.grad != nil }
    }
  }

  /// The name of the node that ran last.
  static func nodeName(of tape: Tape, at position: Position, _ names: ModelNames) -> String? {
    let reading = TapeReading(tape, names: names)
    return current(tape, position, reading).map { reading.graph.nodes[$0].name }
  }

  private static func current(_ tape: Tape, _ position: Position, _ reading: TapeReading) -> Int? {
    let tensor: Tensor?
    switch position.phase {
    case .batch: tensor = tape.batch?.inputs
    case .zeroGrad: tensor = nil
    case .forward, .loss: tensor = tape.forward.last?.output
    case .backward:
      let node = tape.backward.last?.node
      tensor = tape.forward.first { $0.output.node === node }?.output
    case .update: tensor = tape.updates.last?.parameter
    }
    return tensor.flatMap { reading.nodeOfTensor[ObjectIdentifier($0)] }
  }

  private func state(_ tensors: TapeReading.Tensors, isSketched: Bool) -> NodeState {
    var state = NodeState(
      progress: tensors.progress, valueNorm: tensors.value.map(norm), gradientNorm: tensors.gradient.map(norm)
    )
    if isSketched { state.sketch = tensors.value?.sketch }
    return state
  }

  func parameter(_ parameter: (name: String, tensor: Tensor), _ reading: TapeReading)
    -> ParameterSnapshot
  {
    let weightNorm = norm(parameter.tensor)
    let id = reading.nodeOfTensor[ObjectIdentifier(parameter.tensor)]
    let change = id.flatMap { id in
      let tensors = reading.tensors[id]
      return tensors.before.map { Kernel.norm(ofDifference: tensors.updated ?? parameter.tensor, $0) }
    }
    var snapshot = ParameterSnapshot(
      name: parameter.name, weightNorm: weightNorm, gradientNorm: parameter.tensor.grad.map(norm),
      updateRatio: change.flatMap { weightNorm == 0 ? nil : $0 / weightNorm }, updateNorm: change)
    let isUnused = id == nil && names.isForeign(parameter.tensor) && reading.hasLoss
    snapshot.obstacle =
      names.obstacle(toTraining: parameter.tensor) ?? (isUnused ? localized("not used") : nil)
    return snapshot
  }

  /// The view to show; unless the user chose it, the next best if the node does not have it yet.
  private func views(_ focus: Focus, _ usual: TensorView) -> [TensorView] {
    focus.view == nil ? [usual, .gradient, .value] : [usual]
  }

  private func snapshot(
    _ node: ComputationGraph.Node, _ view: TensorView, _ part: String?, _ reading: TapeReading
  ) -> TensorSnapshot? {
    // A parameter has its weights even before forward has reached it.
    let weights = names.orderedParameters.first { $0.name == node.name }?.tensor
    let tensors =
      node.id < reading.tensors.count ? reading.tensors[node.id] : TapeReading.Tensors(value: weights)
    let memory = weights.map(memory) ?? []
    if let part {
      guard let remembered = memory.first(where: { $0.name == part }) else { return nil }
      var snapshot = TensorSnapshot(
        node: node.name, view: view, shape: Array(remembered.tensor.shape),
        values: remembered.tensor.array())
      (snapshot.part, snapshot.parts) = (part, memory.map(\.name))
      return snapshot
    }
    let values: [Float]? =
      switch view {
      case .value: tensors.value?.array()
      case .gradient: tensors.gradient?.array()
      case .update: tensors.before.flatMap { before in tensors.updated.map { Kernel.difference($0, before) } }
      }
    var snapshot = values.map { TensorSnapshot(node: node.name, view: view, shape: node.shape, values: $0) }
    snapshot?.parts = memory.map(\.name)
    return snapshot
  }

  /// What the optimizer remembers of a parameter now, `exp_avg` and the like.
  private func memory(of parameter: Tensor) -> [Optimizer.NamedParameter] {
    guard let name = optimizer.parameters.first(where: { $0.tensor === parameter })?.name else { return [] }
    return optimizer.state.compactMap { state in
      state.name.hasPrefix(name + ".") ? (String(state.name.dropFirst(name.count + 1)), state.tensor) : nil
    }
  }

  func loss(_ tape: Tape) -> Float? {
    guard let last = tape.forward.last(where: { $0.phase == .loss }) else { return nil }
    return (try? last.output.item()).map { Float($0) }
  }

  func norm(_ tensor: Tensor) -> Float { Kernel.norm(of: tensor) }
}

/// Sums over a tensor's memory for the screen.
private enum Kernel {
  /// The Euclidean norm; not finite where a value is not.
  static func norm(of tensor: Tensor) -> Float { Float(tensor.sumOfSquares.squareRoot()) }

  static func norm(ofDifference after: Tensor, _ before: Tensor) -> Float {
    Float(SquaredDistance.between(after, before).squareRoot())
  }

  static func difference(_ after: Tensor, _ before: Tensor) -> [Float] {
    var result = after.array()
    let before = before.array()
    for index in 0..<min(result.count, before.count) { result[index] -= before[index] }
    return result
  }
}
