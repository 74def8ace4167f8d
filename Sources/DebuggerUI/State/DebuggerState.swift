import TerminalUI
import Trace

/// All that the screen shows, as one value. Only ``update(_:)`` changes it.
package struct DebuggerState: Sendable {
  /// What lies over the panes.
  package enum Overlay: Sendable, Equatable {
    /// The keys.
    case help
    /// Whether to quit although a run or a recording goes on.
    case quitQuestion
    /// What becomes of the old future, if something is changed in the past.
    case futureQuestion(Change)
    /// How a value became NaN, infinite or zero.
    case cause(Cause)
    /// A gradient beside a finite difference.
    case gradientCheck(GradientCheck)
  }

  package var size: Size
  package var status = RunUpdate.Status.preparing
  package var description: RunDescription?
  package var moment: Moment?
  package var epochs: [EpochResult] = []
  package var trainLoss = LossCurve()
  /// The share of each batch that was predicted as labelled.
  package var trainAccuracy = LossCurve()
  package var lossPane = LossPaneState()
  package var speed = SpeedMeter()

  package var pane = Pane.graph
  package var isZoomed = false
  package var overlay: Overlay?
  package var isLossLogarithmic = false
  /// The choice of node and view that the run was last asked for.
  package var focus = Focus()
  /// The cell of the heat map that is read out.
  package var cell = Matrix.Place(row: 0, column: 0)
  package var nodePane = NodePaneState()
  /// The chosen sample of the batch, by its place among those shown.
  package var sample = 0
  /// The first line of the bridge pane.
  package var bridgeRow = 0
  /// The first row of the help text that is shown.
  package var helpRow = 0
  /// What the help is narrowed down to.
  package var helpSearch = TextInput()
  /// The first bar of the gradients pane.
  package var firstBar = 0
  package var graph = GraphPaneState()
  /// The search for a node; nil while there is none.
  package var find: GraphFind?
  /// The most iterations a second that training may make; nil for no limit.
  package var pace: Double?
  /// The moment that the user marked.
  package var mark: Position?
  /// How the recording is doing; nil while nothing is recorded.
  package var recording: RecordingStatus?
  /// How far a journey has come; nil when there is none.
  package var journey: RunUpdate.Journey?
  /// What the user must know and has not waved aside yet, the newest last.
  package var warnings: [String] = []

  /// The graph of the last iteration whose forward and loss were seen to their end.
  var wholeGraph: ComputationGraph?
  /// Where the run is to stop, in the order in which they were set.
  package var breakpoints: [Breakpoint] = []
  /// The greatest number that a breakpoint has had.
  package var lastBreakpointNumber = 0
  package var hits = BreakpointHits()
  package var events = EventLog()
  /// The row of the events pane that the user chose; nil for the newest event.
  package var eventsChoice: EventsChoice?
  /// The chosen step of the way to a cause.
  package var causeRow = 0
  /// The command line, while it is open.
  package var console: Console?
  /// The lines that were obeyed, the newest last.
  package var consoleHistory: [String] = []
  /// What the last key did, or why it did nothing.
  package var notice: Notice?
  /// Whether a run that is being prepared will stand before its first node.
  package var startsPaused: Bool

  /// A screen of a size, before anything is known of the run.
  ///
  /// The run must be given the breakpoints by whoever starts it.
  package init(size: Size, pace: Double? = nil, startsPaused: Bool = false, breakpoints: [Breakpoint] = []) {
    self.size = size
    self.pace = pace
    self.startsPaused = startsPaused
    self.breakpoints = breakpoints
  }

  /// Whether training goes on by itself.
  package var isRunning: Bool { status == .running || status == .preparing }

  /// Whether something would be lost by quitting without a word.
  var asksBeforeQuitting: Bool {
    // A recording that is shown is there afterwards as it was.
    if let description, description.source != .live { return false }
    return switch status {
    case .running, .preparing: true
    case .paused: recording != nil
    case .finished, .failed: false
    }
  }

  /// Whether a recording is played, whose pace is a multiple of the recorded time.
  var isReplay: Bool {
    if case .replay? = description?.source { true } else { false }
  }

  /// The node that is looked at: the chosen one, or the one of the shown tensor.
  package var shownNode: String? { focus.node ?? moment?.focus?.node ?? thumbnail?.node }

  /// The recorded picture of the node that is looked at, where its tensor is not at hand.
  var thumbnail: Thumbnail? {
    guard let moment, moment.focus == nil, !moment.thumbnails.isEmpty else { return nil }
    let (node, view) = focus.resolved(
      in: moment.graph, at: moment.position, current: moment.current, isPlaying: isRunning)
    let ofNode = moment.thumbnails.filter { $0.node == node?.name }
    return ofNode.first { $0.view == view } ?? (focus.view == nil ? ofNode.first : nil)
  }
}
