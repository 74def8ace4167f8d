import Trace

/// The nodes of the step that was seen last, and the order in which they ran.
struct SeenStep: Sendable {
  private(set) var nodes: [ComputationGraph.Node] = []
  private var step = 0
  private var visits: [WatchedStep.Visit] = []
  private var norms: [WatchedStep.Norm] = []

  /// Takes the graph of a step.
  ///
  /// - Throws: ``ProbeError`` where it does not fit the nodes before.
  mutating func take(_ graph: GraphMessage) throws(ProbeError) { nodes = try graph.nodes(after: nodes) }

  /// Takes the visits of a step from one of them on.
  ///
  /// - Throws: ``ProbeError`` where some are missing.
  mutating func take(_ message: VisitsMessage) throws(ProbeError) {
    guard message.from <= visits.count else { throw .broken("visits with a gap") }
    visits = Array(visits.prefix(message.from)) + message.visits
    norms = (message.from == 0 ? [] : norms) + message.norms
    step = message.step
  }

  /// Whether the visits of a step are known.
  func hasVisits(of step: Int) -> Bool { self.step == step && !visits.isEmpty }

  /// How many nodes of a phase have run in a step, as far as that is known.
  func count(of phase: Phase, in step: Int) -> Int {
    self.step == step ? visits.count { $0.phase == phase } : 0
  }

  /// The step that was watched up to a moment.
  func watched(_ moment: Moment) -> WatchedStep {
    var watched = WatchedStep(
      step: moment.position.step, nodes: nodes, visits: visits, states: moment.states,
      parameters: moment.parameters, loss: moment.loss, optimizer: moment.optimizer)
    if step == watched.step { watched.norms = norms }
    return watched
  }
}
