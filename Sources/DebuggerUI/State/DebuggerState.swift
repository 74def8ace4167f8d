import Lessons
import TerminalUI
import Trace

/// What the screen shows of the run, and what the user has chosen, as one value.
///
/// The folders above keep what only they need in ``parts``: each pane its own state, and the command line its text.
package struct DebuggerState: Sendable {
  /// The size of the screen.
  package var size: Size
  /// What the run is doing.
  package var status = RunUpdate.Status.preparing
  /// What the run is capable of.
  package var capabilities = RunCapabilities.all
  /// What is trained; nil until the run says so.
  package var description: RunDescription?
  /// The error that has stopped the run, as a sentence; nil while there is none.
  package internal(set) var failure: String?
  /// The moment shown; nil before the first.
  package var moment: Moment?
  /// The graph of the last step that was seen through forward and loss.
  package var wholeGraph: ComputationGraph?
  /// The results of the epochs, thinned where they are many.
  package var epochs: [EpochResult] = []
  /// The loss of each step.
  package var trainLoss = LossCurve()
  /// The share of each batch that was predicted as labelled.
  package var trainAccuracy = LossCurve()
  /// How fast training runs.
  package var speed = SpeedMeter()
  /// The most steps a second that training may make; nil for no limit.
  package var pace: Double?
  /// Whether a run that is being prepared will pause before its first node.
  package var startsPaused: Bool
  /// What several processes say side by side; nil where there is one.
  package var ranks: RankTable?
  /// How the recording is doing; nil while nothing is recorded.
  package var recording: RecordingStatus?
  /// How far the run has come on its way to another moment; nil when it is not on its way.
  package var seek: RunUpdate.Progress?
  /// Whether the moment shown is only one on the way to where a paused run was sent.
  package var isPassing = false
  /// Warnings that the user has not dismissed, the newest last.
  package var warnings: [String] = []

  /// Where the run is to stop, in the order in which they were set.
  package var breakpoints: [Breakpoint] = []
  /// The greatest number that a breakpoint has had.
  package var lastBreakpointNumber = 0
  /// How often each breakpoint was hit.
  package var hits = BreakpointHits()
  /// What has happened in the run.
  package var events = EventLog()
  /// The moment that the user marked.
  package var mark: Position?

  /// The teaching texts, in the user's language.
  package var lessons = Lessons.current
  /// Tries a row of the tables, by its name, on a small tensor or on the one given; nil where nothing can be tried.
  package var tryOut: (@Sendable (String, TensorSnapshot?) -> LessonTrial?)?

  /// The pane that has the focus.
  package var pane: PaneID
  /// Whether that pane fills the screen.
  package var isZoomed = false
  /// The choice of node and view that the run was last asked for.
  package var focus = Focus()
  /// The chosen cell of the shown tensor.
  package var cell = Matrix.Place(row: 0, column: 0)
  /// Whether the cell that is followed was not chosen by the user: a run that goes on forgets it.
  package var followsByItself = true
  /// The chosen sample of the batch, by its place among those shown.
  package var sample = 0

  /// What lies over the panes; nil for nothing.
  package var overlay: (any Overlay)?
  /// What the last key did, or why it did nothing.
  package var notice: Notice?
  /// The cells inside each pane's frame, kept up to date from event to event.
  package var areas: [PaneID: Rect] = [:]
  /// What the event that is being taken asks for.
  var effects: [DebuggerEffect] = []
  /// What the panes and the command line keep for themselves.
  package var parts = StateParts()

  /// A screen of a size with the focus on a pane, before anything is known of the run.
  init(size: Size, pane: PaneID, pace: Double?, startsPaused: Bool, breakpoints: [Breakpoint]) {
    self.size = size
    self.pane = pane
    self.pace = pace
    self.startsPaused = startsPaused
    self.breakpoints = breakpoints
  }

  /// Whether training runs by itself.
  package var isRunning: Bool { status == .running || status == .preparing }

  /// Whether quitting now would lose something.
  var asksBeforeQuitting: Bool {
    // Quitting leaves a recording that is shown as it was.
    if let description, description.source != .live { return false }
    return switch status {
    case .running: true
    // Nothing has been computed yet.
    case .preparing: false
    case .paused: (recording != nil || !trainLoss.points.isEmpty) && failure == nil
    case .finished, .halted, .failed: false
    }
  }

  /// Whether a recording is played, whose pace is a multiple of the recorded time.
  var isReplay: Bool {
    if case .replay? = description?.source { true } else { false }
  }

  /// The results of the last epoch that was done at the moment shown.
  var shownEpoch: EpochResult? {
    guard let moment, moment.isBehindHead else { return epochs.last }
    return epochs.last { $0.step < moment.position.step }
  }

  /// The sample that was chosen in the batch; nil without a batch.
  var chosenSample: BatchSnapshot.Sample? {
    guard let samples = moment?.batch?.samples, samples.indices.contains(sample) else { return nil }
    return samples[sample]
  }
}

/// What the state asks for in answer to an event.
package enum DebuggerEffect: Sendable, Equatable {
  /// Send a command to the run.
  case command(Command)
  /// Leave the screen.
  case quit
  /// Interrupt the script.
  case interrupt
  /// Read the curves of a recording by its path, and take them as a ghost.
  case readGhost(String)
  /// Keep a text under a name for the next time that the program is started.
  case remember(String, String)
  /// Give a text to the clipboard.
  case copy(String)
  /// Have the terminal report the mouse, or leave the mouse to it.
  case mouse(Bool)
  /// Write a picture of the screen to a file.
  case save(ScreenPicture)
}
