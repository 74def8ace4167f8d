import TerminalUI
import Trace

/// All that the screen shows, as one value. Only ``update(_:)`` changes it.
public struct DebuggerState: Sendable {
  /// What lies over the panes.
  public enum Overlay: Sendable, Equatable {
    /// The keys.
    case help
    /// Whether to quit although training runs.
    case quitQuestion
  }

  public var size: Size
  public var status = RunUpdate.Status.preparing
  public var description: RunDescription?
  public var moment: Moment?
  public var epochs: [EpochResult] = []
  public var trainLoss = LossCurve()
  public var speed = SpeedMeter()

  public var pane = Pane.graph
  public var isZoomed = false
  public var overlay: Overlay?
  public var isLossLogarithmic = false
  /// The choice of node and view that the run was last asked for.
  public var focus = Focus()
  /// The cell of the heat map that is read out.
  public var cell = Matrix.Place(row: 0, column: 0)
  public var nodePane = NodePaneState()
  /// The first row of the help text that is shown.
  public var helpRow = 0
  /// The first bar of the gradients pane.
  public var firstBar = 0
  public var graph = GraphPaneState()
  /// The search for a node; nil while there is none.
  public var find: GraphFind?
  public var breakpoints: [Breakpoint] = []
  /// The most iterations a second that training may make; nil for no limit.
  public var pace: Double?
  /// The moment that the user marked.
  public var mark: Position?
  /// What the user must know and has not waved aside yet, the newest last.
  public var warnings: [String] = []

  /// A screen of a size, before anything is known of the run.
  public init(size: Size, pace: Double? = nil) {
    self.size = size
    self.pace = pace
  }

  /// Whether training goes on by itself.
  public var isRunning: Bool { status == .running || status == .preparing }

  /// The node that is looked at: the chosen one, or the one of the shown tensor.
  public var shownNode: String? { focus.node ?? moment?.focus?.node ?? thumbnail?.node }

  /// The recorded picture of the node that is looked at, where its tensor is not at hand.
  var thumbnail: Thumbnail? {
    guard let moment, moment.focus == nil, !moment.thumbnails.isEmpty else { return nil }
    let (node, view) = focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: isRunning)
    let ofNode = moment.thumbnails.filter { $0.node == node?.name }
    return ofNode.first { $0.view == view } ?? (focus.view == nil ? ofNode.first : nil)
  }
}
