import Localization
import Trace

/// Several ranks as one run: which of them the screen shows, how they are kept in step, and what they report side by side.
///
/// A value without processes or threads: what the ranks say and what the user asks for goes in, and what is to be done
/// comes out.
///
/// While the ranks run, each may go as far as it wants. A pause lets them all finish the same step. From then on the rank
/// that is shown leads, and the others go where it has been, so that no collective waits for one that is held.
package struct RankBoard: Sendable {
  /// What is to be done.
  package enum Effect: Sendable, Equatable {
    case send(Command, to: Int)
    /// All may continue.
    case open
    /// All are to stop after the same step.
    case holdAll
    /// The others are to follow this rank.
    case lead(Int)
    /// Ask a rank for the hashes of its parameters after a step.
    case ask(hashesOfStep: Int, of: Int)
    /// Say ``RankBoard/letThrough(_:)`` of a rank in a moment.
    case letThroughSoon(Int)
    case post(RunUpdate)
  }

  /// How the ranks are kept in step.
  enum Hold: Sendable, Equatable {
    case free, together, led
  }

  /// What is known of a rank.
  struct Seat: Sendable {
    /// What a screen that begins to show the rank needs of its news so far.
    var known = RunUpdate()
    var isPaused = false
  }

  var seats: [Int: Seat] = [:]
  var comparison = RankComparison()
  private(set) var shown = 0
  var hold = Hold.free
  var focus: Focus?
  private var needs: ScreenNeeds?
  var hasBegun = false
  var hasChosen = false
  /// Whether the rank that is shown has to stop where it is: it leads, and nobody has moved it since it is shown.
  private(set) var mustStop = false
  /// The rank whose error ended the run.
  var failed: Int?
  var effects: [Effect] = []

  /// The error that ended the run, in words; nil while there is none.
  var failure: String? {
    guard let failed, case .halted(let sentence)? = seats[failed]?.known.status else { return nil }
    return sentence
  }

  /// The ranks in order.
  var ranks: [Int] { comparison.ranks }

  /// The ranks of a run that has not begun.
  package init(_ ranks: [Int], isPaused: Bool) {
    for rank in ranks { add(rank) }
    // Each stops at its first node without a command.
    if isPaused { hold = .led }
  }

  /// Another rank has joined, or another process has taken its place.
  mutating func add(_ rank: Int) {
    if seats.isEmpty || rank < shown && !hasChosen { shown = rank }
    seats[rank] = Seat()
    comparison.add(rank)
    comparison.show(shown)
  }

  // MARK: What the user asks for

  /// Takes a command.
  package mutating func take(_ command: Command) -> [Effect] {
    answering { board in
      switch command {
      case .rank(let rank):
        board.hasChosen = true
        board.show(rank)
      case .run:
        (board.hold, board.mustStop) = (.free, false)
        board.effects.append(.open)
        board.sendAll(command)
      case .pause: board.pause()
      case .nextNode, .nextPhase, .nextStep, .goTo, .runTo: board.move(command)
      case .focus(let focus):
        board.focus = focus
        board.send(command)
      case .show(let needs):
        board.needs = needs
        board.send(command)
      case .breakpoints, .pace, .plot, .change, .note, .mark, .quit: board.sendAll(command)
      case .record(let path):
        for rank in board.ranks {
          board.effects.append(.send(.record(path: RankFiles.path(path, rank: rank)), to: rank))
        }
      case .previousNode, .previousPhase, .previousStep, .seek, .seekHead, .searchBack, .findCause,
        .checkGradient, .test, .extend:
        board.send(command)
      }
    }
  }

  private mutating func pause() {
    guard hasBegun else {
      lead()
      return sendAll(.pause)
    }
    switch hold {
    case .free:
      hold = .together
      effects.append(.holdAll)
    case .together: break
    case .led: send(.pause)
    }
  }

  /// Moves the rank that is shown; the others follow as far as they have to.
  private mutating func move(_ command: Command) {
    mustStop = false
    lead()
    for rank in ranks where rank != shown { effects.append(.send(.run, to: rank)) }
    send(command)
  }

  mutating func lead() {
    guard hold != .led else { return }
    hold = .led
    effects.append(.lead(shown))
  }

  private mutating func send(_ command: Command) { effects.append(.send(command, to: shown)) }

  private mutating func sendAll(_ command: Command) {
    // The one that is shown last: the others are ready for it then.
    for rank in ranks.filter({ $0 != shown }) + [shown] { effects.append(.send(command, to: rank)) }
  }

  /// Shows another rank, at the moment at which it is.
  mutating func show(_ rank: Int) {
    guard rank != shown, let seat = seats[rank] else { return }
    shown = rank
    mustStop = hold == .led
    comparison.show(rank)
    if hold == .led { effects.append(.lead(rank)) }
    var update = seat.known
    update.ranks = comparison.table
    effects.append(.post(update))
    if let focus { send(.focus(focus)) }
    if let needs { send(.show(needs)) }
    if mustStop, seat.known.status == .running { stop() }
  }

  /// Stops the rank that is shown at its next node, for which it may need the others.
  mutating func stop() {
    // Asked twice, it does not wait for the end of its step.
    send(.pause)
    send(.pause)
    effects.append(.letThroughSoon(shown))
  }

  /// A rank's process has ended without an error that it could report, as one does that is killed: the errors of
  /// others, whose connection to it was closed, follow from that.
  package mutating func died(_ rank: Int) -> [Effect] {
    answering { board in
      board.failed = rank
      board.show(rank)
    }
  }

  /// A rank that is shown and has not stopped is waiting for others in a collective: they continue until it reaches its next node.
  package mutating func letThrough(_ rank: Int) -> [Effect] {
    answering { board in
      guard rank == board.shown, board.hold == .led, board.seats[rank]?.isPaused == false else { return }
      for other in board.ranks where other != rank { board.effects.append(.send(.run, to: other)) }
    }
  }

  /// What the screen is to know first, and again when a rank has joined.
  package mutating func begin() -> [Effect] {
    answering { board in
      var update = RunUpdate()
      update.ranks = board.comparison.table
      board.effects.append(.post(update))
      if board.hold == .led { board.effects.append(.lead(board.shown)) }
    }
  }

  mutating func answering(_ body: (inout RankBoard) -> Void) -> [Effect] {
    effects = []
    body(&self)
    defer { effects = [] }
    return effects
  }
}
