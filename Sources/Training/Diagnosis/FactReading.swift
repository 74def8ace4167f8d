import Autograd
import Datasets
import NN
import Trace

/// Makes the facts of a step from its tape: here tensors become the numbers that diagnosis judges.
struct FactReading {
  private let experiment: Experiment
  private let names: ModelNames
  private let trials: Trials

  /// A reading of an experiment's steps.
  init(_ experiment: Experiment, _ names: ModelNames) {
    (self.experiment, self.names) = (experiment, names)
    trials = Trials(experiment)
  }

  /// The learning rate now.
  var learningRate: Double { experiment.optimizer.learningRate }

  /// What the run is made of.
  var run: RunFacts {
    let (data, optimizer) = (experiment.trainData, experiment.optimizer)
    let held = Set(optimizer.parameters.map { ObjectIdentifier($0.tensor) })
    let samples = data.samplesPerEpoch
    var facts = RunFacts(
      parameters: names.orderedParameters.map { name, tensor in
        RunFacts.Parameter(
          name: name, shape: Array(tensor.shape), isListed: names.isListed(tensor) || names.isForeign(tensor),
          isHeld: held.contains(ObjectIdentifier(tensor)), requiresGradient: tensor.requiresGrad)
      },
      optimizer: optimizer.name,
      schedule: experiment.schedule.map {
        RunFacts.Schedule(
          name: $0.name, span: $0.span,
          stepsInEpoch: experiment.scheduleInterval == .step ? data.stepsPerEpoch : 1)
      },
      sampleCount: samples, batchSize: min(data.batchSize, samples),
      lastBatchSize: samples % data.batchSize == 0 ? min(data.batchSize, samples) : samples % data.batchSize,
      stepsPerEpoch: data.stepsPerEpoch, classNames: data.dataset.classNames,
      location: experiment.location.description,
      modulesWithModes: modulesWithModes.map { name, module, _ in
        RunFacts.ModuleWithModes(
          name: name, className: "\(type(of: module))", isDropout: module is Dropout)
      })
    facts.optimizerCount = 1
    facts.source = experiment.isOfOptions ? .options : .swift
    return facts
  }

  /// The modules that behave differently in training.
  private var modulesWithModes: [(name: String, module: any Module, isTraining: Bool)] {
    experiment.model.namedModules().compactMap { name, module in
      if let dropout = module as? Dropout, dropout.p > 0 { return (name, module, dropout.isTraining) }
      return (module as? BatchNorm1d).map { (name, module, $0.isTraining) }
    }
  }

  /// What was seen of a whole step; of the model's inputs only where they are wanted.
  func step(_ tape: Tape, loss: Double, withInputs: Bool) -> StepFacts {
    let reading = TapeReading(tape, names: names)
    var facts = StepFacts(step: tape.step, graph: reading.graph)
    let reached = FactReading.reached(by: tape)
    facts.parameters = parameters(tape, reading, reached)
    let isBroken = !loss.isFinite || facts.parameters.contains { !$0.norm.isFinite }
    facts.nodes = nodes(tape, reading, reached, isBroken: isBroken)
    facts.loss = Float(loss)
    facts.learningRate = experiment.optimizer.learningRate
    facts.batchCount = tape.batch?.count
    if let batch = tape.batch {
      if withInputs {
        facts.inputs = TargetReading.facts(
          of: batch.inputs, areImages: experiment.trainData.dataset.imageSize != nil)
      }
      facts.targets = TargetReading.facts(of: batch.targets, output: tape.output)
      facts.evaluationLoss = trials.evaluationLoss(of: batch, step: tape.step)
      if tape.step == 1 { facts.mixed = trials.mixed(batch, reading.graph) }
    }
    facts.modulesInEvaluationMode = modulesWithModes.filter { !$0.isTraining }.map(\.name)
    facts.calls = CallFacts(
      zeroGrads: tape.old.isEmpty || tape.kept.isEmpty ? 1 : 0,
      backwards: tape.backward.isEmpty ? [] : [CallFacts.Backward(samples: tape.batch?.count)],
      optimizerSteps: 1)
    return facts
  }

  /// The tensors that backward has sent something to.
  private static func reached(by tape: Tape) -> Set<ObjectIdentifier> {
    let places = tape.placesOfNodes
    var reached: Set<ObjectIdentifier> = []
    for entry in tape.backward {
      guard let place = places[ObjectIdentifier(entry.node)] else { continue }
      reached.insert(ObjectIdentifier(tape.forward[place].output))
      for case (let input, _?) in zip(tape.forward[place].inputs, entry.contributions) {
        reached.insert(ObjectIdentifier(input))
      }
    }
    return reached
  }

  /// What was measured of the nodes. Inputs and parameters are most of the numbers, and their values matter only where the loss
  /// reads them, or where something is NaN or infinite.
  private func nodes(
    _ tape: Tape, _ reading: TapeReading, _ reached: Set<ObjectIdentifier>, isBroken: Bool
  ) -> [NodeFacts] {
    var isCompared = [Bool](repeating: false, count: reading.graph.nodes.count)
    for node in reading.graph.nodes where node.phase == .loss {
      for input in node.inputs { isCompared[input] = true }
    }
    var facts = zip(reading.graph.nodes, reading.tensors).map { node, tensors in
      let isMeasured = isBroken || node.kind == .operation || isCompared[node.id]
      return NodeFacts(
        value: isMeasured ? tensors.value.flatMap { TensorStatistics(of: $0) } : nil,
        isReached: tensors.value.map { reached.contains(ObjectIdentifier($0)) } ?? false)
    }
    for entry in tape.forward {
      guard let id = reading.nodeOfTensor[ObjectIdentifier(entry.output)] else { continue }
      facts[id].units = UnitReading.units(of: entry)
      if entry.operation.name.hasSuffix("softmax"),
        let along = entry.operation as? any OperatorAlongDimension
      {
        facts[id].dimension = entry.output.shape.dimension(along.dim)
      }
      guard entry.phase == .loss else { continue }
      if let loss = entry.operation as? any ReducingLoss {
        facts[id].reduction = NodeFacts.Reduction(rawValue: loss.reduction.rawValue)
      }
      guard let given = entry.inputs.first,
        let source = reading.nodeOfTensor[ObjectIdentifier(given)]
      else { continue }
      facts[source].hasRowsOfProbabilities = TargetReading.hasRowsOfProbabilities(given)
    }
    return facts
  }

  private func parameters(
    _ tape: Tape, _ reading: TapeReading, _ reached: Set<ObjectIdentifier>
  ) -> [ParameterFacts] {
    names.orderedParameters.map { name, tensor in
      let before = tape.updates.first { $0.parameter === tensor }?.before
      var facts = ParameterFacts(
        name: name, norm: Float(tensor.sumOfSquares.squareRoot()),
        gradientNorm: tensor.grad.map { Float($0.sumOfSquares.squareRoot()) },
        gradientMagnitude: tensor.grad.flatMap(\.meanMagnitude),
        isReached: reached.contains(ObjectIdentifier(tensor)))
      facts.updateNorm = before.map { Float(SquaredDistance.between(tensor, $0).squareRoot()) }
      facts.isUnchanged = before.map { tensor.isClose(to: $0) }
      facts.keepsOldGradient = tape.kept(by: tensor) != nil
      if let gradient = tensor.grad, let before, let rows = before.equalRows(alsoIn: gradient) {
        facts.equalRows = ParameterFacts.EqualRows(first: rows.first, second: rows.second)
      }
      if !facts.isReached {
        (facts.cutNode, facts.cutLocation) = cut(
          after: reading.nodeOfTensor[ObjectIdentifier(tensor)], tape, reading)
      }
      return facts
    }
  }

  /// Where the way from a parameter to the loss is cut: at the first operator after it whose result has no history, or at the
  /// one that takes a value without its history. Of what is computed without gradients nothing is on the tape, so a parameter
  /// that is not on it, where a value is, is taken to have made that.
  private func cut(after id: Int?, _ tape: Tape, _ reading: TapeReading) -> (node: String?, location: String?)
  {
    let nodes = reading.graph.nodes
    guard let id else {
      let value = nodes.first {
        $0.kind == .input && $0.name.hasPrefix("constant") && $0.shape.first == tape.batch?.count
      }
      return (value?.name, value.flatMap { value in nodes.first { $0.inputs.contains(value.id) }?.location })
    }
    var isAfter = nodes.map { $0.id == id }
    for node in nodes where node.inputs.contains(where: { isAfter[$0] }) {
      isAfter[node.id] = true
      if let value = reading.tensors[node.id].value, !value.requiresGrad { return (node.name, node.location) }
    }
    guard let names = reading.detachment(after: id), let leaf = reading.graph.node(named: names.leaf) else {
      return (nil, nil)
    }
    return (names.source, nodes.first { $0.inputs.contains(leaf.id) }?.location)
  }
}
