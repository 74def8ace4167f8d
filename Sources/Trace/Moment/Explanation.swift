/// What a node does, in NumPy, in PyTorch and as a formula, and how gradient flows through it.
package struct Explanation: Sendable, Equatable, Codable {
  /// One piece of gradient: what an operation sends to one of its inputs.
  package struct Contribution: Sendable, Equatable, Codable {
    /// The operation whose backward computed it, `fc1.linear`.
    package var source: String
    /// The node whose gradient it is a part of, `fc1.weight`.
    package var target: String
    /// The shape of the gradient that came in to the operation.
    package var upstreamShape: [Int]
    /// The norm of the gradient that came in to the operation.
    package var upstreamNorm: Float
    /// The shape of what it passes on.
    package var shape: [Int]
    /// The norm of what it passes on.
    package var norm: Float
    /// Which of the target's contributions it is, from 1.
    package var number: Int
    /// How many contributions the target has.
    package var count: Int
    /// The norm of the gradient that the target had kept from earlier steps; nil where it had none.
    package var kept: Float?

    /// A piece of gradient.
    package init(
      source: String, target: String, upstreamShape: [Int], upstreamNorm: Float, shape: [Int], norm: Float,
      number: Int, count: Int, kept: Float? = nil
    ) {
      self.source = source
      self.target = target
      self.upstreamShape = upstreamShape
      self.upstreamNorm = upstreamNorm
      self.shape = shape
      self.norm = norm
      self.number = number
      self.count = count
      self.kept = kept
    }
  }

  /// The lines of the hand-written network; empty for operators it does not have.
  package var numpy: [String]
  /// How what is shown differs from those lines: `W1 is fc1.weight.T`.
  package var notes: [String] = []
  /// The line in PyTorch; nil where none is known.
  package var pytorch: String?
  /// The operator's formula; nil for leaves.
  package var formula: String?
  /// The chain rule in general; nil before backward.
  package var derivative: String?
  /// The chain rule with this moment's numbers; empty before backward has reached the node.
  package var contributions: [Contribution]
  /// How a parameter's cell adds to the gradient that it had kept, with its numbers; empty where it had none.
  package var accumulation: [String] = []
  /// What softmax − onehot is multiplied by in the gradient that a loss of classes passes on, 1 ÷ 64 for a mean of 64;
  /// nil where that gradient is something else.
  package var classFactor: Double?
  /// What `zero_grad` did to the gradients, line by line; empty at other places of a step.
  package var zeroGrad: [String] = []
  /// How the chosen cell is computed, with this moment's numbers; nil where no rule says it.
  package var work: CellWork?
  /// The optimizer's own formula for a parameter's cell, line by line with its numbers; empty before its update.
  package var update: [String] = []

  /// An explanation.
  package init(
    numpy: [String] = [], pytorch: String? = nil, formula: String? = nil, derivative: String? = nil,
    contributions: [Contribution] = []
  ) {
    self.numpy = numpy
    self.pytorch = pytorch
    self.formula = formula
    self.derivative = derivative
    self.contributions = contributions
  }
}

extension Explanation {
  /// An operator's call in PyTorch's words, `relu(fc1.linear)`, and the line of the user's file.
  package init(callOf node: ComputationGraph.Node, in graph: ComputationGraph) {
    let inputs = node.inputs.filter(graph.nodes.indices.contains).map { graph.nodes[$0].name }
    self.init(
      pytorch: node.kind == .operation ? "\(node.operation)(\(inputs.joined(separator: ", ")))" : node.name)
    notes = [node.location.map { $0.split(separator: "/").last.map(String.init) ?? $0 }].compactMap { $0 }
  }
}
