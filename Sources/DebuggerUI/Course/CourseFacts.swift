import Lessons
import TerminalUI
import Trace

/// What the course looks at to see what was done: facts of the deck at one time.
package struct CourseFacts: Sendable, Equatable {
  /// The moment shown.
  package var position: Position?
  /// The node that ran last.
  package var current: ComputationGraph.Node?
  /// The node that is shown, and in which view.
  package var shown: String?
  /// The view of it.
  package var view: TensorView?
  /// The chosen cell.
  package var cell = Matrix.Place(row: 0, column: 0)
  /// The optimizer with its settings.
  package var optimizer: String?
  /// Whether training runs.
  package var isRunning = false
  /// The focused pane.
  package var pane: PaneID
  /// The row of the tables that was tried.
  package var tried: String?
  /// How many epochs have ended by this moment.
  package var epochs = 0
  /// Whether a gradient that was kept is shown with what was added to it.
  package var showsSum = false
  /// The first linear node, its weight, and the nodes of activation functions.
  package var firstLinear: String?
  /// The first linear node's weight.
  package var firstWeight: String?
  /// Whether the network has activation functions.
  package var hasActivations = false

  /// The facts of a state.
  package init(_ state: DebuggerState) {
    let moment = state.moment
    position = moment?.position
    current = moment?.current.flatMap { id in
      moment.flatMap { $0.graph.nodes.indices.contains(id) ? $0.graph.nodes[id] : nil }
    }
    (shown, view) = (state.shownNode, moment?.focus?.view)
    cell = state.cell
    optimizer = moment?.optimizer ?? state.description?.optimizer
    isRunning = state.status == .running
    pane = state.pane
    tried = state.guide.page == .tables ? state.guide.trial?.row : nil
    epochs = state.epochs.last { $0.step <= moment?.position.step ?? 0 }?.epoch ?? 0
    showsSum = moment?.explanation?.accumulation.isEmpty == false
    let graph = state.guideGraph
    let linear = graph?.nodes.first {
      $0.operation == "linear" && $0.kind == .operation && $0.inputs.count > 1
    }
    firstLinear = linear?.name
    firstWeight = linear.flatMap { node in graph?.nodes[node.inputs[1]].name }
    hasActivations = graph?.nodes.contains { ActivationNames.all.contains($0.operation) } ?? false
  }

  /// Whether the node that ran last is an activation; in a network without any, whatever follows the first layer.
  var isAtActivation: Bool {
    guard let current, current.kind == .operation else { return false }
    return hasActivations ? ActivationNames.all.contains(current.operation) : current.name != firstLinear
  }

  /// Whether gradients are kept from step to step.
  var keepsGradients: Bool { optimizer?.contains("zero_grad off") ?? false }

  /// The learning rate, as it is written.
  var learningRate: Substring? {
    guard let words = optimizer?.split(separator: " "), let place = words.firstIndex(of: "lr") else {
      return nil
    }
    return words.indices.contains(place + 1) ? words[place + 1] : nil
  }
}
