import Trace

/// A call of a loss function in the graph of a step.
struct LossCall {
  /// The loss.
  let node: ComputationGraph.Node
  /// What it is given as the output of the model.
  let given: ComputationGraph.Node
  /// What computed the numbers that it is given: `given`, or what comes before operators that only change the shape.
  let made: ComputationGraph.Node
  /// What the output is compared with; nil where that is not in the graph.
  let target: ComputationGraph.Node?

  /// How many classes the output has: its second dimension, or the only one.
  var classCount: Int { given.shape.count > 1 ? given.shape[1] : given.shape.first ?? 0 }

  /// How many labels there are: the numbers of the output by the number of classes.
  var rowCount: Int { classCount > 0 ? given.shape.reduce(1, *) / classCount : 0 }

  /// Whether a target is the number of a class, as its shape tells; true where the target is not known.
  var hasLabels: Bool { target.map { $0.shape.count == given.shape.count - 1 } ?? true }
}

extension StepFacts {
  /// The calls of loss functions, in their order. Where it is known what backward reached, only those that it reached.
  var lossCalls: [LossCall] { lossCalls(Operators.losses) }

  /// The calls of some loss functions.
  func lossCalls(_ names: Set<String>) -> [LossCall] {
    let nodes = graph.nodes
    let losses = nodes.indices.filter {
      nodes[$0].kind == .operation && names.contains(nodes[$0].operation) && nodes[$0].isSeen
    }
    guard !losses.isEmpty else { return [] }
    let isMeasured = self.nodes.contains { $0.isReached }
    let last = nodes.lastIndex { $0.kind == .operation }
    let sources = losses.count > 1 ? graph.sources : nil
    return losses.compactMap { place in
      guard !isMeasured || place == last || facts(of: place)?.isReached == true,
        let first = nodes[place].inputs.first, nodes.indices.contains(first)
      else { return nil }
      let target = nodes[place].inputs.dropFirst().first
      return LossCall(
        node: nodes[place], given: nodes[first],
        made: sources.map { nodes[$0[first]] } ?? graph.source(of: first),
        target: target.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil })
    }
  }

  /// What was measured of a node's value; nil where nothing was.
  func value(of node: ComputationGraph.Node) -> TensorStatistics? { facts(of: node.id)?.value }

  /// The one number that a loss came to; nil where it is not one, or was not measured.
  func number(of loss: ComputationGraph.Node) -> Double? {
    if let value = value(of: loss) { return value.count == 1 ? Double(value.mean) : nil }
    return loss.id == root?.id ? self.loss.map(Double.init) : nil
  }
}

extension ComputationGraph {
  /// What computed the numbers of a node: the node, or what comes before operators that only change the shape or the type.
  func source(of id: Int) -> Node {
    var node = nodes[id]
    while node.kind == .operation, node.isSeen, Operators.reshaping.contains(node.operation),
      let first = node.inputs.first,
      first < node.id, nodes.indices.contains(first)
    {
      node = nodes[first]
    }
    return node
  }

  /// Of each node, what computed its numbers.
  fileprivate var sources: [Int] {
    var sources = Array(nodes.indices)
    for place in nodes.indices {
      guard nodes[place].kind == .operation, Operators.reshaping.contains(nodes[place].operation),
        nodes[place].isSeen, let first = nodes[place].inputs.first, first < place,
        nodes.indices.contains(first)
      else { continue }
      sources[place] = sources[first]
    }
    return sources
  }

  /// Of each node, whether it is computed from one of some others, which count as such.
  func isComputed(from sources: Set<Int>) -> [Bool] {
    var isAfter = nodes.map { sources.contains($0.id) }
    for node in nodes where !isAfter[node.id] {
      isAfter[node.id] = node.inputs.contains { isAfter.indices.contains($0) && isAfter[$0] }
    }
    return isAfter
  }
}

extension ComputationGraph.Node {
  /// Whether its operator was seen. Of others a script's graph has only what backward knows: their inputs may be those of
  /// operators before them.
  var isSeen: Bool { remark?.contains("its operator was not seen") != true }
}

/// Operators by what they do, in PyTorch's words.
enum Operators {
  /// Those that compare an output with a target.
  static let losses: Set<String> = [
    "cross_entropy", "nll_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits", "mse_loss",
    "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "poisson_nll_loss", "soft_margin_loss",
    "multi_margin_loss",
  ]

  /// The losses that are 0 where the output is the target.
  static let regressionLosses: Set<String> = ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"]

  /// Those that leave numbers as they are, and change at most their shape, their type or which of them there are.
  static let reshaping: Set<String> = [
    "view", "reshape", "flatten", "unflatten", "ravel", "squeeze", "unsqueeze", "permute", "transpose", "t",
    "T", "mT", "movedim", "swapaxes", "swapdims", "contiguous", "clone", "to", "float", "double", "half",
    "bfloat16", "type", "type_as", "cpu", "cuda", "view_as", "reshape_as", "slice", "narrow", "select",
    "getitem",
    "atleast_1d", "atleast_2d",
  ]

  /// Those that read trained tensors after what they are applied to.
  static let weighted: Set<String> = [
    "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
    "batch_norm", "layer_norm", "group_norm", "instance_norm", "embedding", "matmul", "mm",
  ]

  /// Those whose results are numbers of any size and sign, or not below 0: never probabilities, nor their logarithms.
  static let layers: Set<String> = [
    "linear", "addmm", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
    "conv_transpose3d", "batch_norm", "layer_norm", "group_norm", "instance_norm", "relu", "leaky_relu",
    "elu",
    "gelu", "silu", "selu", "tanh", "bilinear",
  ]
}
