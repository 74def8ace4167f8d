import Diagnosis
import Testing
import Trace

/// Makes the graph of a step by hand; each operator is called at a line of train.py.
struct GraphMaker {
  private(set) var graph = ComputationGraph()

  /// Adds data.
  mutating func input(_ name: String, _ shape: [Int]) -> Int {
    add(name, name, .input, nil, shape, [], .forward, nil)
  }

  /// Adds a trained tensor.
  mutating func parameter(_ name: String, _ shape: [Int]) -> Int {
    add(
      name, name.split(separator: ".").last.map(String.init) ?? name, .parameter, nil, shape, [], .forward,
      nil)
  }

  /// Adds an operator.
  mutating func call(
    _ operation: String, _ inputs: Int..., shape: [Int], in group: String? = nil, line: Int,
    phase: Phase = .forward
  ) -> Int {
    let name = group.map { "\($0).\(operation)" } ?? operation
    let isTaken = graph.node(named: name) != nil
    return add(
      isTaken ? "\(name)_2" : name, operation, .operation, group, shape, inputs, phase, "train.py:\(line)")
  }

  private mutating func add(
    _ name: String, _ operation: String, _ kind: ComputationGraph.Node.Kind, _ group: String?, _ shape: [Int],
    _ inputs: [Int], _ phase: Phase, _ location: String?
  ) -> Int {
    graph.nodes.append(
      ComputationGraph.Node(
        id: graph.nodes.count, name: name, operation: operation, kind: kind, group: group, shape: shape,
        inputs: inputs, phase: phase, location: location))
    return graph.nodes.count - 1
  }
}

extension StepFacts {
  /// A step whose graph is made by a function, with what a second one measures of it.
  static func made(
    _ step: Int = 1, _ build: (inout GraphMaker) -> Void, measure: (inout StepFacts) -> Void = { _ in }
  ) -> StepFacts {
    var maker = GraphMaker()
    build(&maker)
    var facts = StepFacts(step: step, graph: maker.graph)
    facts.nodes = maker.graph.nodes.map { _ in NodeFacts() }
    measure(&facts)
    return facts
  }

  /// A step of a network of two layers: `x`, `fc1.linear`, `fc1.relu`, `fc2.linear`, operators after it, and a loss.
  ///
  /// The loss is called at line 20, the first operator after `fc2.linear` at line 11.
  static func network(
    _ step: Int = 1, samples: Int = 32, outputs: Int = 10, then operations: [String] = [],
    loss: String = "cross_entropy", output: [Int]? = nil, target: [Int]? = nil,
    measure: (inout StepFacts) -> Void = { _ in }
  ) -> StepFacts {
    made(
      step,
      { maker in
        let x = maker.input("x", [samples, 4])
        let first = maker.parameter("fc1.weight", [16, 4])
        let second = maker.parameter("fc2.weight", [outputs, 16])
        var last = maker.call("linear", x, first, shape: [samples, 16], in: "fc1", line: 8)
        last = maker.call("relu", last, shape: [samples, 16], in: "fc1", line: 9)
        last = maker.call("linear", last, second, shape: [samples, outputs], in: "fc2", line: 10)
        for (place, operation) in operations.enumerated() {
          let isLast = place == operations.count - 1
          last = maker.call(
            operation, last, shape: isLast ? output ?? [samples, outputs] : [samples, outputs],
            line: 11 + place)
        }
        let y = maker.input("y", target ?? [samples])
        _ = maker.call(loss, last, y, shape: [], line: 20, phase: .loss)
      }, measure: measure)
  }

  /// The same as another step.
  func at(_ step: Int) -> StepFacts {
    var facts = self
    facts.step = step
    return facts
  }

  /// Says what was measured of a node.
  mutating func measure(_ name: String, _ change: (inout NodeFacts) -> Void) {
    guard let node = graph.node(named: name) else { return }
    change(&nodes[node.id])
  }
}

extension TensorStatistics {
  /// Of two numbers.
  static func between(_ minimum: Float, _ maximum: Float) -> TensorStatistics {
    TensorStatistics([minimum, maximum])
  }
}

extension RunFacts.Parameter {
  /// A parameter of a model that is as it should be.
  static func sound(_ name: String, optimizer: Int? = nil, model: String? = nil) -> RunFacts.Parameter {
    RunFacts.Parameter(
      name: name, shape: [4], isListed: true, isHeld: true, requiresGradient: true,
      location: "model.py:1", model: model, optimizer: optimizer)
  }

  /// The same with a change.
  func but(_ change: (inout RunFacts.Parameter) -> Void) -> RunFacts.Parameter {
    var parameter = self
    change(&parameter)
    return parameter
  }
}

extension RunFacts {
  /// A run of the network of ``StepFacts/network(_:samples:outputs:then:loss:output:target:measure:)`` without a fault.
  static func sound(_ change: (inout RunFacts) -> Void = { _ in }) -> RunFacts {
    var run = RunFacts(
      parameters: [.sound("fc1.weight"), .sound("fc2.weight")], optimizer: "SGD",
      optimizerLocation: "train.py:5", sampleCount: 320, batchSize: 32, lastBatchSize: 32, stepsPerEpoch: 10)
    change(&run)
    return run
  }
}

/// What one rule finds in some facts.
func findings(by rule: String, _ facts: [Fact]) throws -> [Finding] {
  var diagnosis = Diagnosis([try #require(Rule.named(rule))])
  for fact in facts { _ = diagnosis.take(fact) }
  return diagnosis.findings
}

/// What one rule finds in some steps.
func findings(by rule: String, in steps: StepFacts..., run: RunFacts = .sound()) throws -> [Finding] {
  try findings(by: rule, [.run(run)] + steps.map { .step($0) })
}

/// What all rules of structure find in some facts, each on one line.
func structureFindings(_ facts: [Fact]) -> [String] {
  var diagnosis = Diagnosis(Rule.all.filter { $0.timing == .structure })
  for fact in facts { _ = diagnosis.take(fact) }
  return diagnosis.findings.map(\.line)
}
