import Arrays
import Autograd
import NN
import Trace

/// The facts of a recorded run: those of some steps that are computed again, or were recorded whole, and the recorded numbers
/// of all.
package struct RecordedFacts {
  /// The steps that are looked at from the start on.
  private static let firstSteps = 3
  /// How many steps are looked at up to the one that broke: as many as show that the weights grew.
  private static let lastSteps = 5
  /// How many losses are passed on at most; those of longer runs are thinned, with the extremes kept.
  private static let mostLosses = 20_000

  private let run: RecordedRun
  private let mostSteps: Int
  private let mayContinue: () -> Bool

  /// The facts of a run.
  ///
  /// - Parameters:
  ///   - run: what was recorded, made again as far as that can be done here.
  ///   - mostSteps: how many steps to look at beside the first ones, at even distances.
  ///   - mayContinue: asked before each of these; false to look at no more.
  package init(_ run: RecordedRun, mostSteps: Int = 32, while mayContinue: @escaping () -> Bool = { true }) {
    (self.run, self.mostSteps, self.mayContinue) = (run, mostSteps, mayContinue)
  }

  /// Tells the facts in the order of the run.
  ///
  /// - Throws: an error of the archive, or what `tell` throws.
  package func tell(_ tell: (Fact) throws -> Void) throws {
    let archive = run.archive
    try tell(.run(runFacts))
    guard archive.lastStep > 0 else { return }
    var losses = try archive.scalars(in: 1...archive.lastStep, limit: RecordedFacts.mostLosses)[...]
    var epochs = try archive.epochs()[...]
    func tellNumbers(through step: Int) throws {
      while true {
        let (loss, epoch) = (losses.first, epochs.first)
        if let loss, loss.step <= step, loss.step <= epoch?.step ?? .max {
          losses.removeFirst()
          try tell(
            .loss(
              LossFacts(
                step: loss.step, loss: loss.loss,
                learningRate: loss.learningRate.isNaN ? nil : Double(loss.learningRate))))
        } else if let epoch, epoch.step <= step {
          epochs.removeFirst()
          try tell(.epoch(EpochFacts(result: epoch)))
        } else {
          return
        }
      }
    }
    for (place, step) in steps.enumerated() {
      guard mayContinue() else { break }
      try WorkProgress.reached(place, of: steps.count)
      try tellNumbers(through: step - 1)
      if let facts = try facts(of: step) { try tell(.step(facts)) }
    }
    try tellNumbers(through: archive.lastStep)
    for event in try archive.events() where event.kind == .error {
      try tell(.failure(FailureFacts(position: event.position, node: event.node, message: event.text)))
    }
  }

  private var runFacts: RunFacts {
    if let timeline = run.timeline { return FactReading(timeline.experiment, timeline.names).run }
    let origin = run.archive.origin
    let description = origin.description
    var facts = RunFacts(
      stepsPerEpoch: description.stepsPerEpoch > 0 ? description.stepsPerEpoch : nil,
      classNames: description.classNames)
    facts.source = description.isScript ? .script : origin.settings == nil ? .swift : .options
    return facts
  }

  /// The first step whose loss is not finite.
  private var broken: Int? {
    let archive = run.archive
    guard archive.lastStep > 0,
      let losses = try? archive.scalars(in: 1...archive.lastStep, limit: RecordedFacts.mostLosses)
    else { return nil }
    return losses.first { !$0.loss.isFinite }?.step
  }

  /// The steps to look at: the first ones, the last before numbers broke, and those with keyframes or recorded whole, from
  /// which nothing needs to be computed on the way.
  private var steps: [Int] {
    let archive = run.archive
    let first = (1...RecordedFacts.firstSteps).filter { $0 <= archive.lastStep }
    let last = broken.map { Array(max(1, $0 - RecordedFacts.lastSteps + 1)...$0) } ?? []
    let near = (archive.keyframeSteps + archive.wholeSteps).filter {
      $0 > RecordedFacts.firstSteps && $0 <= archive.lastStep
    }.sorted()
    let stride = max(1, (near.count + mostSteps - 1) / max(1, mostSteps))
    let chosen = near.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    return Array(Set(first + last + chosen)).sorted()
  }

  private func facts(of step: Int) throws -> StepFacts? {
    if let timeline = run.timeline, run.canRecompute(step) {
      var facts: StepFacts?
      let reading = FactReading(timeline.experiment, timeline.names)
      let builder = MomentBuilder(timeline.experiment, switches: timeline.switches)
      let walk = Walk(timeline, to: .endOf(step: step), keepsKeyframes: false) { visit in
        if visit.tape.step == step, let loss = builder.loss(visit.tape) {
          facts = reading.step(visit.tape, loss: Double(loss))
        }
        return .leave
      }
      _ = try walk.run()
      return facts
    }
    guard let whole = try run.archive.wholeStep(step) else { return nil }
    return StepFacts(whole, tensors: try run.archive.tensors(of: nil, at: step))
  }
}

extension StepFacts {
  /// What is known of a step that was recorded whole.
  init(_ whole: WatchedStep, tensors: [KeptTensor]) {
    self.init(step: whole.step, graph: ComputationGraph(nodes: whole.nodes))
    loss = whole.loss
    var values: [String: Tensor] = [:]
    var gradients: [String: Tensor] = [:]
    for kept in tensors where kept.part == nil {
      guard let tensor = try? kept.array.tensor() else { continue }
      if kept.view == .value { values[kept.node] = tensor } else { gradients[kept.node] = tensor }
    }
    let reached = Set(whole.visits.lazy.filter { $0.phase == .backward }.map(\.node))
    nodes = graph.nodes.map { node in
      let (value, gradient) = (values[node.name], gradients[node.name])
      let input = node.inputs.first.flatMap { values[graph.nodes[$0].name] }
      return NodeFacts(
        value: value.flatMap { TensorStatistics(of: $0) },
        gradient: gradient.flatMap { TensorStatistics(of: $0) },
        gradientMagnitude: gradient?.meanMagnitude,
        units: value.flatMap { UnitReading.units(of: node.operation, input: input, output: $0) },
        isReached: reached.contains(node.id))
    }
    for loss in lossNodes {
      guard let given = loss.inputs.first, let value = values[graph.nodes[given].name] else { continue }
      nodes[given].hasRowsOfProbabilities = TargetReading.hasRowsOfProbabilities(value)
    }
    parameters = whole.parameters.map { parameter in
      ParameterFacts(
        name: parameter.name, norm: parameter.weightNorm, gradientNorm: parameter.gradientNorm,
        gradientMagnitude: gradients[parameter.name]?.meanMagnitude, updateNorm: parameter.updateNorm,
        isReached: parameter.gradientNorm != nil)
    }
  }
}
