import Diagnosis
import Testing
import Trace

/// Facts made by hand: of a network of linear layers `fc1`, `fc2`, … with an activation between them.
enum Made {
  /// The graph of one step: `x` → `fc1.linear` → `fc1.relu` → … → the loss.
  static func graph(
    layers: Int = 3, activation: String = "relu", loss: String = "cross_entropy", units: Int = 8
  ) -> ComputationGraph {
    var nodes: [ComputationGraph.Node] = []
    func add(
      _ name: String, _ operation: String, _ kind: ComputationGraph.Node.Kind, _ shape: [Int],
      _ inputs: [Int] = [], phase: Phase = .forward
    ) -> Int {
      let line = "model.py:\(nodes.count + 1)"
      nodes.append(
        ComputationGraph.Node(
          id: nodes.count, name: name, operation: operation, kind: kind, shape: shape, inputs: inputs,
          phase: phase, location: kind == .operation ? line : nil))
      return nodes.count - 1
    }
    var last = add("x", "x", .input, [64, units])
    for layer in 1...layers {
      let weight = add("fc\(layer).weight", "weight", .parameter, [units, units])
      let bias = add("fc\(layer).bias", "bias", .parameter, [units])
      last = add("fc\(layer).linear", "linear", .operation, [64, units], [last, weight, bias])
      if layer < layers {
        last = add("fc\(layer).\(activation)", activation, .operation, [64, units], [last])
      }
    }
    let target = add("y", "y", .input, [64], phase: .loss)
    _ = add(loss, loss, .operation, [], [last, target], phase: .loss)
    return ComputationGraph(nodes: nodes)
  }

  /// The facts of a step in which all is as usual, and what a test changes in them.
  static func step(
    _ number: Int, loss: Float = 2.3, graph: ComputationGraph = graph(), rate: Double? = 0.1,
    change: (inout StepFacts) -> Void = { _ in }
  ) -> Fact {
    var step = StepFacts(step: number, graph: graph)
    step.loss = loss
    step.learningRate = rate
    step.batchCount = 64
    step.nodes = graph.nodes.map { _ in
      NodeFacts(value: statistics(), gradientMagnitude: 0.01, isReached: true)
    }
    for node in graph.nodes where node.kind == .parameter {
      step.parameters.append(
        ParameterFacts(
          name: node.name, norm: 2, gradientNorm: 0.5, gradientMagnitude: 0.01, updateNorm: 0.002,
          isUnchanged: false, isReached: true))
    }
    change(&step)
    return .step(step)
  }

  /// The statistics of 512 numbers.
  static func statistics(
    mean: Float = 0, deviation: Float = 1, from minimum: Float = -3, to maximum: Float = 3
  ) -> TensorStatistics {
    var statistics = TensorStatistics([Float]())
    statistics.count = 512
    (statistics.mean, statistics.deviation) = (mean, deviation)
    (statistics.minimum, statistics.maximum) = (minimum, maximum)
    statistics.norm = 22
    return statistics
  }

  /// The loss of a step.
  static func loss(_ step: Int, _ loss: Float = 2.3, rate: Double? = 0.1) -> Fact {
    .losses([LossFacts(step: step, loss: loss, learningRate: rate)])
  }

  /// Steps with their losses, in order.
  static func steps(
    _ numbers: ClosedRange<Int>, loss: (Int) -> Float = { _ in 2.3 }, graph: ComputationGraph = graph(),
    rate: (Int) -> Double? = { _ in 0.1 }, change: (inout StepFacts) -> Void
  ) -> [Fact] {
    numbers.flatMap { number in
      [
        Made.loss(number, loss(number), rate: rate(number)),
        step(number, loss: loss(number), graph: graph, rate: rate(number), change: change),
      ]
    }
  }

  /// Steps in which all is as usual.
  static func steps(_ numbers: ClosedRange<Int>) -> [Fact] { steps(numbers, change: { _ in }) }

  /// The result of an epoch of 20 steps.
  static func epoch(
    _ number: Int, train: Double, validation: Double?, accuracy: (train: Double, validation: Double)? = nil,
    classes: [(samples: Int, mispredicted: Int)] = []
  ) -> Fact {
    .epoch(
      EpochFacts(
        result: EpochResult(
          epoch: number, step: 20 * number, loss: train, validationLoss: validation,
          trainAccuracy: accuracy?.train, validationAccuracy: accuracy?.validation, seconds: 1),
        classes: classes.map { EpochFacts.ClassCount(samples: $0.samples, mispredicted: $0.mispredicted) }))
  }

  /// What is known of a run in which two optimizers take turns.
  static var gan: RunFacts {
    var run = RunFacts()
    run.optimizerCount = 2
    return run
  }

  /// What one rule finds in facts.
  static func findings(
    _ rule: String, in facts: [Fact], run: RunFacts = RunFacts(), settings: [String: Double] = [:]
  ) throws -> [Finding] {
    let rule = try #require(Rule.named(rule))
    var diagnosis = Diagnosis([rule], settings: .init(thresholds: settings))
    _ = diagnosis.take(.run(run))
    for fact in facts { _ = diagnosis.take(fact) }
    for finding in diagnosis.findings {
      #expect(finding.rule == rule.name && !finding.what.hasSuffix("."))
      #expect(!finding.evidence.isEmpty && !finding.remedy.isEmpty)
      #expect((finding.evidence + [finding.cause] + finding.remedy).allSatisfy { $0.hasSuffix(".") })
    }
    return diagnosis.findings
  }

  /// Numbers from 0 to 1 that are the same in each run.
  static func noise(_ place: Int) -> Float { Float((place &* 2_654_435_761) % 1000) / 1000 }
}

extension StepFacts {
  /// Changes what was measured of a parameter.
  mutating func change(_ name: String, _ change: (inout ParameterFacts) -> Void) {
    for place in parameters.indices where parameters[place].name == name { change(&parameters[place]) }
  }
}
