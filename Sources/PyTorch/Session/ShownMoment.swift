import Trace

/// What the screen shows of the script, and what it waits for.
struct ShownMoment: Sendable {
  /// What a moment waits for before it is shown.
  enum Awaited: Sendable, Equatable {
    case focus
    case tensor(Int)
    case cells(Int)
  }

  /// A moment that waits for the numbers of the tensor in it.
  struct Pending: Sendable {
    var moment: Moment
    var status: RunUpdate.Status?
    var awaited: Awaited
    /// What the shown node is explained from.
    var question: ExplanationQuestion?
    /// What the explanation asked for last.
    var asked = Asked()
    /// How often it has asked.
    var rounds = 0
  }

  /// What an explanation has asked for.
  struct Asked: Sendable {
    var cells: [WantedCells] = []
    var calls: [Int] = []
  }

  /// A tensor that is shown, with the moment it belongs to.
  struct ShownTensor: Sendable {
    var place: ScriptTimeline.Place?
    var position: Position
    var node: String
    var view: TensorView
    var part: String?
    var message: TensorMessage
  }

  var pending: Pending?
  /// What the user has chosen to see.
  var focus = Focus()
  /// What the probe was told to send with each moment.
  var probeFocus: Focus?
  /// The graph that the screen has.
  var graph: ComputationGraph?
  /// The tensor that was shown last, with the moment it belongs to.
  var tensor: ShownTensor?
  /// The cell that was explained last.
  var cell: FollowedCell?
  /// The calls of a step's nodes that are known.
  var calls: (step: Int, known: [Int: OperatorCall?]) = (0, [:])
}
