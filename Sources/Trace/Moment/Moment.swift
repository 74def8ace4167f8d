/// What one moment of a run looks like: everything the panes show, of one and the same position.
public struct Moment: Sendable, Equatable, Codable {
  public var position: Position
  /// As far as training has run.
  public var head: Position
  /// The node that ran last, by its id in the graph; nil in the batch phase.
  public var current: Int?
  public var graph: ComputationGraph
  /// A state per node of the graph.
  public var states: [NodeState]
  /// How many nodes the phase has, where that is known from the iteration before.
  public var phaseNodeCount: Int?
  public var parameters: [ParameterSnapshot]
  /// The tensor that was asked for, where this moment has it.
  public var focus: TensorSnapshot?
  /// This iteration's loss, once computed.
  public var loss: Float?
  /// The iteration's samples, and what the model makes of them.
  public var batch: BatchSnapshot?
  /// What the node of the node pane does.
  public var explanation: Explanation?
  /// The optimizer with its settings at this moment, `SGD lr 0.1`; nil where they are not known.
  public var optimizer: String?
  /// The breakpoint that stopped the run here.
  public var hit: BreakpointHit?
  /// Why tensors are missing or are pictures only, as a sentence; nil where the moment is open to the last number.
  public var limitation: String?
  /// Small pictures that stand for the tensors of a moment that is not open.
  public var thumbnails: [Thumbnail] = []

  /// A moment of a run; at the head unless that is given.
  public init(
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
  public var isBehindHead: Bool { position < head }
}
