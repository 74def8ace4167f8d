import Autograd
import Bridge
import Trace

/// Runs a step of a script through the engine, node by node, and compares what each computes: forward with the engine's
/// own results from node to node, and backward from the gradient that PyTorch has of each operator's result.
package struct ScriptVerification {
  private let graph: ComputationGraph
  private let calls: [Int: OperatorCall]
  private let hasGradient: Set<Int>
  private let source: ([WantedCells]) -> [KnownCells]?
  private var runs: [Int: LocalRun] = [:]
  private var values: [StepTensor: Tensor] = [:]
  /// The nodes that are computed from nothing, such as a mask of a fixed shape: they are given to both.
  private var given: Set<Int> = []
  private var report = ScriptVerificationReport()

  /// The verification of a step's graph with the calls of its nodes; `source` gives a tensor's numbers.
  package init(
    _ graph: ComputationGraph, _ states: [NodeState], calls: [OperatorCall],
    source: @escaping ([WantedCells]) -> [KnownCells]?
  ) {
    self.graph = graph
    self.calls = Dictionary(calls.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
    hasGradient = Set(
      zip(graph.nodes.indices, states).compactMap { id, state in
        [.backward, .updated].contains(state.progress) ? id : nil
      })
    self.source = source
  }

  /// An operator that was run on its own.
  private struct LocalRun {
    var inputs: [StepTensor: Tensor]
    var outputs: [Tensor]
  }

  /// Runs the step and compares.
  package mutating func run() -> ScriptVerificationReport {
    report.expect(parameters: graph.nodes.count { $0.kind == .parameter && hasGradient.contains($0.id) })
    for node in graph.nodes {
      if node.kind == .operation { forward(node) }
      if report.difference != nil { return report }
    }
    guard !runsTwice else {
      report.noteSeveralBackwards()
      return report
    }
    for node in graph.nodes.reversed() where hasGradient.contains(node.id) {
      backward(to: node)
      if report.difference != nil { return report }
    }
    return report
  }

  // MARK: Forward

  private mutating func forward(_ node: ComputationGraph.Node) {
    let isGiven = calls[node.id]?.tensors.allSatisfy { given.contains($0.node) } ?? false
    if isGiven { given.insert(node.id) }
    guard !isGiven else { return }
    report.noteNode()
    guard let call = calls[node.id] else { return report.miss(node.operation, .notSeen) }
    do {
      var run = try run(call, from: \.values)
      var gap = compare(run, with: call)
      if let difference = gap, difference.exceeds {
        // Accumulated rounding is not a difference: the node is run again on PyTorch's own numbers.
        run = try self.run(call, from: { _ in [:] })
        gap = compare(run, with: call)
      }
      guard let gap else { return report.miss(node.operation, .noNumbers) }
      report.noteValue(gap, of: node)
      runs[node.id] = run
      for (place, output) in run.outputs.enumerated() {
        values[StepTensor(node.id, .value, output: place)] = output.detach()
      }
    } catch let obstacle as EngineCall.Obstacle {
      report.miss(node.operation, ScriptVerificationReport.Reason(obstacle))
    } catch {
      report.miss(node.operation, .refused("\(error)"))
    }
  }

  /// Runs a call on copies of its tensors, so that its derivative can be computed alone.
  private func run(
    _ call: OperatorCall, from own: (ScriptVerification) -> [StepTensor: Tensor]
  ) throws -> LocalRun {
    var inputs: [StepTensor: Tensor] = [:]
    for tensor in call.tensors {
      let place = StepTensor(tensor.node, .value, output: tensor.output)
      guard inputs[place] == nil else { continue }
      guard let value = own(self)[place] ?? theirs(place) else { throw EngineCall.Obstacle.option("Tensor") }
      inputs[place] = value.detach().requiringGrad(value.dtype.isFloatingPoint)
    }
    let engine = EngineCall(call: call, drawn: call.operation.hasPrefix("dropout") ? drawn(call) : nil) {
      inputs[StepTensor($0.node, .value, output: $0.output)] ?? .unknown([], .float32)
    }
    return LocalRun(inputs: inputs, outputs: try engine.run())
  }

  /// PyTorch's result of dropout; where it and its input are 0, the gradient tells whether the element was dropped.
  private func drawn(_ call: OperatorCall) -> Tensor? {
    guard let result = theirs(StepTensor(call.node, .value)), let input = call.tensors.first else {
      return nil
    }
    let isSole = graph.nodes.count { $0.inputs.contains(input.node) && hasGradient.contains($0.id) } == 1
    guard isSole, let passed = numbers(StepTensor(input.node, .gradient, output: input.output)),
      passed.values.count == result.elementCount
    else { return result }
    let values = result.array(Double.self)
    result.write { values[$0] == 0 && passed.values[$0] != 0 ? 1 : values[$0] }
    return result
  }

  private func compare(_ run: LocalRun, with call: OperatorCall) -> VerifiedGap? {
    var greatest: VerifiedGap?
    for (place, result) in call.results.enumerated() {
      guard let wanted = numbers(StepTensor(call.node, .value, output: place)),
        run.outputs.indices.contains(place)
      else { return nil }
      let gap = VerifiedGap(
        run.outputs[place].array(Double.self), wanted.values, tolerance: VerifiedGap.tolerance(result.dtype))
      if gap.isAbove(greatest) { greatest = gap }
    }
    return greatest
  }

  // MARK: Backward

  /// Whether backward went through a node more than once: its gradient is then the last one's, and a parameter's that of
  /// all.
  private var runsTwice: Bool {
    let operations = graph.nodes.filter { $0.kind == .operation && hasGradient.contains($0.id) }
    let found = source(operations.map { WantedCells(StepTensor($0.id, .gradient), cells: []) }) ?? []
    return found.contains { $0.count > 1 }
  }

  /// Compares the gradient of a node with what the operators that use it pass on.
  private mutating func backward(to node: ComputationGraph.Node) {
    let users = graph.nodes.filter {
      $0.kind == .operation && hasGradient.contains($0.id) && $0.inputs.contains(node.id)
    }
    guard !users.isEmpty, !node.shape.contains(0) else { return }
    let place = StepTensor(node.id, .value)
    let using = users.filter {
      calls[$0.id]?.tensors.contains { $0.node == node.id && $0.output == 0 } ?? true
    }
    guard using.allSatisfy({ runs[$0.id] != nil }), !using.isEmpty,
      let wanted = numbers(StepTensor(node.id, .gradient))
    else { return }
    var sum: [Double]?
    var tolerance = VerifiedGap.tolerance(wanted.dtype)
    for user in using {
      guard let run = runs[user.id], let passed = pass(through: run, user.id, to: place) else { return }
      sum = sum.map { zip($0, passed).map(+) } ?? passed
      for tensor in calls[user.id]?.results ?? [] {
        tolerance = max(tolerance, VerifiedGap.tolerance(tensor.dtype))
      }
    }
    guard let sum else { return }
    let gap = VerifiedGap(sum, wanted.values, tolerance: tolerance)
    report.noteGradient(gap, of: node)
  }

  /// What an operator passes on to one of its inputs, from PyTorch's gradient of its results; nil where that is not known.
  private func pass(through run: LocalRun, _ user: Int, to place: StepTensor) -> [Double]? {
    guard let input = run.inputs[place] else { return nil }
    input.grad = nil
    for (output, tensor) in run.outputs.enumerated() where tensor.requiresGrad {
      let upstream = StepTensor(user, .gradient, output: output)
      guard let gradient = theirs(upstream) else {
        // A result that nothing uses has none.
        if output > 0 || run.outputs.count > 1 { continue }
        return nil
      }
      do { try tensor.backward(gradient: gradient.to(tensor.dtype), retainGraph: true) } catch { return nil }
    }
    for other in run.inputs.values where other !== input { other.grad = nil }
    return input.grad?.array(Double.self) ?? [Double](repeating: 0, count: input.elementCount)
  }

  // MARK: Numbers

  private func numbers(_ place: StepTensor) -> KnownCells? {
    guard let found = source([WantedCells(place)])?.first, found.obstacle == nil,
      found.shape.count <= Shape.maximumRank, found.values.count == Shape(found.shape).elementCount
    else { return nil }
    return found
  }

  private func theirs(_ place: StepTensor) -> Tensor? {
    guard let found = numbers(place), let dtype = DType(torch: found.dtype) else { return nil }
    let tensor = Tensor.empty(Shape(found.shape), dtype)
    tensor.write { found.values[$0] }
    return tensor
  }
}
