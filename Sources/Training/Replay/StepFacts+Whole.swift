import Autograd
import Trace

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
