import Localization
import Trace

/// Takes the user's commands to a run: settings at once, movements when the run is paused.
///
/// Owner: the training queue.
final class Deck {
  /// Thrown to end a run that was told to quit.
  struct Quit: Error {}

  let publisher: Publisher
  private let gate: Gate
  /// The node and the view that are looked at.
  private(set) var focus = Focus()
  /// What the panes show beyond what every moment has.
  private(set) var needs = ScreenNeeds()
  /// Decides where the run stops; nil where nothing can be watched.
  let watch: Watch?
  private var inbox: [Command] = []

  /// A deck whose commands come through a gate.
  init(_ gate: Gate, publisher: Publisher, watch: Watch?) {
    self.gate = gate
    self.publisher = publisher
    self.watch = watch
  }

  /// Whether there is a request that has not been read yet.
  var hasRequests: Bool { gate.hasRequests }

  /// Whether a movement command is waiting.
  var hasCommands: Bool { !inbox.isEmpty }

  /// The next movement command.
  func next() -> Command? { inbox.isEmpty ? nil : inbox.removeFirst() }

  /// Waits until there is a request.
  func wait() { gate.wait() }

  /// Waits until there is a request, or until `seconds` have passed.
  func wait(seconds: Double) { gate.wait(seconds: seconds) }

  /// Drops everything up to the last pause command; returns whether there was one.
  func takePause() -> Bool {
    guard let pause = inbox.lastIndex(of: .pause) else { return false }
    inbox.removeFirst(pause + 1)
    return true
  }

  /// Takes the requests: carries out settings at once, queues movements.
  ///
  /// - Parameters:
  ///   - position: where the run is, for notes and marks.
  ///   - isPlaying: whether it runs until a command stops it.
  /// - Returns: the settings that are the run's own: its pace, where it is recorded, what is plotted, and how long it is.
  /// - Throws: ``Quit``.
  func collect(at position: Position, isPlaying: Bool) throws -> [Command] {
    let requests = gate.take()
    if requests.wantsMoment { publisher.askForMoment() }
    var settings: [Command] = []
    for command in requests.commands {
      switch command {
      case .focus(let wanted):
        focus = wanted
        publisher.askForChoice()
      case .show(let wanted): needs = wanted
      case .breakpoints(let wanted): watch?.set(wanted)
      case .note(let words): publisher.add(RunEvent(.note, at: position, words))
      case .mark(let seen): publisher.add(RunEvent(.mark, at: seen, localized("marked")))
      case .pace, .record, .plot, .extend: settings.append(command)
      case .quit: throw Quit()
      case .run where isPlaying && inbox.isEmpty: break
      case .seek:
        // Only the last of several seeks in a row is carried out, so that dragging does not lag behind.
        if case .seek = inbox.last { inbox.removeLast() }
        inbox.append(command)
      default: inbox.append(command)
      }
    }
    return settings
  }
}
