/// One moment of a run: everything the panes show, all at the same position.
package struct Moment: Sendable, Equatable, Codable {
  /// The position in the run.
  package var position: Position
  /// As far as training has run.
  package var head: Position
  /// The node that ran last, by its id in the graph; nil in the batch phase.
  package var current: Int?
  /// The graph of the step.
  package var graph: ComputationGraph
  /// A state per node of the graph.
  package var states: [NodeState]
  /// How many nodes the phase has, where that is known from the step before.
  package var phaseNodeCount: Int?
  /// The magnitudes of the parameters, in the model's order.
  package var parameters: [ParameterSnapshot]
  /// The tensor in focus, if this moment has it.
  package var focus: TensorSnapshot?
  /// The cell of that tensor that is explained, by its place in row-major order; nil where there is none.
  package var cell: Int?
  /// The cells that were followed to find it.
  package var followed: [FollowedCell] = []
  /// This step's loss, once computed.
  package var loss: Float?
  /// The step's samples, and what the model makes of them.
  package var batch: BatchSnapshot?
  /// How well the model predicts; nil where that is not shown.
  package var figures: PredictionFigures?
  /// Why there are no figures, as a sentence; nil where there are, or where none are shown.
  package var figuresObstacle: String?
  /// What the node of the node pane does.
  package var explanation: Explanation?
  /// What the hand-written network makes of the step; nil where it was not asked for.
  package var byHand: ByHand?
  /// The optimizer with its settings at this moment, `SGD lr 0.1`; nil where they are not known.
  package var optimizer: String?
  /// The breakpoint that stopped the run here.
  package var hit: BreakpointHit?
  /// Why tensors are missing or only pictures, as a sentence; nil where every number is available.
  package var limitation: String?
  /// The user's file around the operator; nil where it is not known.
  package var source: SourceExcerpt?
  /// Small pictures in place of the tensors of a moment that cannot be computed again.
  package var thumbnails: [Thumbnail] = []

  /// A moment of a run; at the head unless that is given.
  package init(
    position: Position, head: Position? = nil, current: Int? = nil,
    graph: ComputationGraph = ComputationGraph(),
    states: [NodeState] = [],
    phaseNodeCount: Int? = nil, parameters: [ParameterSnapshot] = [], focus: TensorSnapshot? = nil,
    loss: Float? = nil, batch: BatchSnapshot? = nil, explanation: Explanation? = nil
  ) {
    self.position = position
    self.head = head ?? position
    self.current = current
    self.graph = graph
    self.states = states
    self.phaseNodeCount = phaseNodeCount
    self.parameters = parameters
    self.focus = focus
    self.loss = loss
    self.batch = batch
    self.explanation = explanation
  }

  /// Whether training has run farther than this.
  package var isBehindHead: Bool { position < head }
}
