import Trace

/// A moment as `tapedeck inspect --json` prints it.
struct MomentObject: Encodable {
  struct Tensor: Encodable {
    let node: String
    let view: String
    let shape: [Int]
    let count: Int
    let minimum, maximum, mean, deviation, norm, zeroShare: JSONNumber
    let nanCount, infiniteCount: Int
    let values: [JSONNumber]?

    init(_ tensor: TensorSnapshot, values isListed: Bool) {
      let statistics = tensor.statistics
      node = tensor.node
      view = tensor.view.rawValue
      shape = tensor.shape
      count = statistics.count
      (minimum, maximum) = (JSONNumber(statistics.minimum), JSONNumber(statistics.maximum))
      (mean, deviation) = (JSONNumber(statistics.mean), JSONNumber(statistics.deviation))
      (norm, zeroShare) = (JSONNumber(statistics.norm), JSONNumber(statistics.zeroShare))
      (nanCount, infiniteCount) = (statistics.nanCount, statistics.infiniteCount)
      values = isListed ? tensor.values.map { JSONNumber($0) } : nil
    }
  }

  struct Node: Encodable {
    let name: String
    let valueNorm, gradientNorm: JSONNumber

    init(_ node: ComputationGraph.Node, _ state: NodeState) {
      name = node.name
      (valueNorm, gradientNorm) = (JSONNumber(state.valueNorm), JSONNumber(state.gradientNorm))
    }
  }

  struct Parameter: Encodable {
    let name: String
    let weightNorm, gradientNorm, updateRatio: JSONNumber

    init(_ parameter: ParameterSnapshot) {
      name = parameter.name
      (weightNorm, gradientNorm) = (JSONNumber(parameter.weightNorm), JSONNumber(parameter.gradientNorm))
      updateRatio = JSONNumber(parameter.updateRatio)
    }
  }

  struct Contribution: Encodable {
    let source, target: String
    let upstreamShape: [Int]
    let upstreamNorm: JSONNumber
    let shape: [Int]
    let norm: JSONNumber
    let number, count: Int

    init(_ piece: Explanation.Contribution) {
      (source, target, upstreamShape, shape) = (piece.source, piece.target, piece.upstreamShape, piece.shape)
      (upstreamNorm, norm) = (JSONNumber(piece.upstreamNorm), JSONNumber(piece.norm))
      (number, count) = (piece.number, piece.count)
    }
  }

  struct Bridge: Encodable {
    let numpy: [String]
    let pytorch, formula, derivative: String?
    let contributions: [Contribution]
    let update: [String]

    init(_ explanation: Explanation) {
      (numpy, pytorch) = (explanation.numpy, explanation.pytorch)
      (formula, derivative) = (explanation.formula, explanation.derivative)
      contributions = explanation.contributions.map(Contribution.init)
      update = explanation.update
    }
  }

  struct Sample: Encodable {
    let index: Int
    let label, prediction: Int?
    let probability: JSONNumber

    init(_ sample: BatchSnapshot.Sample) {
      (index, label, prediction) = (sample.index, sample.label, sample.prediction)
      probability = JSONNumber(sample.probability)
    }
  }

  let step: Int
  let phase: String
  /// The place of the node in its phase, from 1 as on the screen.
  let nodeOfPhase: Int
  let ran: String?
  let optimizer: String?
  let loss: JSONNumber
  let tensor: Tensor?
  let bridge: Bridge?
  let nodes: [Node]
  let parameters: [Parameter]
  let batch: [Sample]

  /// A moment; the tensor's values are listed where that is wanted.
  init(_ moment: Moment, values: Bool) {
    (step, phase) = (moment.position.iteration, moment.position.phase.name)
    nodeOfPhase = moment.position.node + 1
    ran = moment.current.map { moment.graph.nodes[$0].name }
    optimizer = moment.optimizer
    loss = JSONNumber(moment.loss)
    tensor = moment.focus.map { Tensor($0, values: values) }
    bridge = moment.explanation.map(Bridge.init)
    nodes = zip(moment.graph.nodes, moment.states).map(Node.init)
    parameters = moment.parameters.map(Parameter.init)
    batch = moment.batch?.samples.map(Sample.init) ?? []
  }
}
