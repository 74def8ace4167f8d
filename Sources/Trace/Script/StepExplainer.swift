/// Explains the nodes of steps that ran outside the engine, from what can be asked for of them.
///
/// It keeps nothing: a question that cannot be answered yet is asked again with what the answer said is missing.
package protocol StepExplainer: Sendable {
  /// The explanation, or what it needs.
  func answer(_ question: ExplanationQuestion) -> ExplanationAnswer
}

/// A tensor of a step, by the node that has it.
package struct StepTensor: Sendable, Hashable {
  /// The node, by its id.
  package var node: Int
  /// Its value as forward read it, or its gradient.
  package var view: TensorView
  /// Which of the node's outputs it is.
  package var output = 0

  /// A tensor of a node.
  package init(_ node: Int, _ view: TensorView, output: Int = 0) {
    self.node = node
    self.view = view
    self.output = output
  }
}

/// A tensor's numbers, or some of them.
package struct KnownCells: Sendable, Equatable {
  /// The sizes of the dimensions.
  package var shape: [Int]
  /// The element type in PyTorch's word.
  package var dtype: String
  /// The places of the numbers in row-major order; nil where all are there.
  package var cells: [Int]?
  /// The numbers.
  package var values: [Double]
  /// Why there are none, as a part of a sentence; nil where there are.
  package var obstacle: String?
  /// How often backward has given the tensor a gradient in the step.
  package var count = 1

  /// The numbers of some cells, or of all.
  package init(
    shape: [Int], dtype: String, cells: [Int]? = nil, values: [Double], obstacle: String? = nil
  ) {
    self.shape = shape
    self.dtype = dtype
    self.cells = cells
    self.values = values
    self.obstacle = obstacle
  }
}

/// A tensor of which numbers are wanted.
package struct WantedCells: Sendable, Equatable {
  /// Which tensor.
  package var tensor: StepTensor
  /// Which of its cells, in row-major order; nil for all.
  package var cells: [Int]?

  /// Some cells of a tensor, or all.
  package init(_ tensor: StepTensor, cells: [Int]? = nil) {
    self.tensor = tensor
    self.cells = cells
  }
}

/// What a node and a cell of it are to be explained from.
package struct ExplanationQuestion: Sendable {
  /// The graph of the step.
  package var graph: ComputationGraph
  /// How far each of its nodes has come.
  package var states: [NodeState]
  /// Where in the step the run is.
  package var position: Position
  /// The node, by its id.
  package var node: Int
  /// The tensor of it that is shown.
  package var view: TensorView
  /// The cells that are followed, and whether all terms of the sum are wanted.
  package var focus: Focus
  /// The calls of nodes, as far as they are known; a node that has none has nil.
  package var calls: [Int: OperatorCall?] = [:]
  /// The numbers that are known.
  package var known: [StepTensor: KnownCells] = [:]
  /// Whether the arithmetic of a cell is wanted.
  package var wantsWork = true

  /// A question about a node.
  package init(
    _ graph: ComputationGraph, _ states: [NodeState], at position: Position, node: Int, _ view: TensorView,
    _ focus: Focus
  ) {
    self.graph = graph
    self.states = states
    self.position = position
    self.node = node
    self.view = view
    self.focus = focus
  }
}

/// What is said to a question.
package enum ExplanationAnswer: Sendable, Equatable {
  /// It takes the calls of these nodes and these numbers to answer it.
  case needs(calls: [Int], cells: [WantedCells])
  /// The node's explanation, and the cell that it is about.
  case explained(Explanation, cell: Int?)
}
