import Foundation
import Trace

/// What Tapedeck says to the probe.
package struct HostCommand: Encodable, Sendable, Equatable {
  /// The protocol's version.
  package static let version = 1

  /// A breakpoint with its text, which comes back in hits.
  struct Stop: Encodable, Sendable, Equatable {
    let breakpoint: Breakpoint

    private enum CodingKeys: String, CodingKey { case text }

    func encode(to encoder: any Encoder) throws {
      try breakpoint.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(breakpoint.text, forKey: .text)
    }
  }

  /// What several processes share.
  struct Gate: Encodable, Sendable, Equatable {
    let path: String
    let slot: Int
  }

  /// The kind of message.
  package let type: String
  var `protocol`: Int?
  var paused: Bool?
  var onExit: String?
  var history: Int?
  var stepEvery: Int?
  var breakpoints: [Stop]?
  var pace: Double?
  var holdAt: [String]?
  var lineBuffered: Bool?
  var outputMark: String?
  var gate: Gate?
  var timeout: Int?
  var node: String?
  var position: Position?
  var id: Int?
  var view: String?
  var part: String?
  var cell: Int?
  var step: Int?
  var visit: Int?
  var limit: Int?
  var change: Change?
  var stepsPerSecond: Double?
  var record: Wish?
  var diagnosis: String?
  var now: Bool?
  var steps: [Int]?
  var next: Bool?
  var soon: Bool?
  var this: Bool?
  var figures: Bool?
  var sketches: [String]?

  /// Steps that are wanted whole from the first one on.
  struct Wish: Encodable, Sendable, Equatable {
    var next: Bool
    var limit: Int
  }

  var tensors: [Wanted]?
  var calls: [Int]?

  /// A tensor of which cells are wanted.
  struct Wanted: Encodable, Sendable, Equatable {
    let node: Int
    let view: String
    let output: Int
    let cells: [Int]?

    init(_ wanted: WantedCells) {
      node = wanted.tensor.node
      view = wanted.tensor.view.rawValue
      output = wanted.tensor.output
      cells = wanted.cells
    }
  }

  /// A message without anything.
  init(_ type: String) { self.type = type }

  /// The first message, with what the user has asked for.
  ///
  /// `wholeStepBytes` is what a step may take in a recording that begins with the script; nil where there is none.
  static func hello(_ settings: ScriptSettings, wholeStepBytes: Int?) -> HostCommand {
    var command = HostCommand("hello")
    command.protocol = version
    command.paused = settings.isPaused
    command.onExit = settings.onExit.rawValue
    command.history = settings.historyBytes
    command.stepEvery = settings.stepEvery
    command.breakpoints = settings.breakpoints.map(Stop.init)
    command.pace = settings.pace
    command.holdAt = settings.holdsAtEnd ? ["end", "exit", "error"] : []
    command.lineBuffered = settings.holdsAtEnd || settings.outputMark != nil
    command.outputMark = settings.outputMark
    command.record = wholeStepBytes.map { Wish(next: true, limit: $0) }
    if settings.diagnosis != nil { command.diagnosis = settings.diagnosesThoroughly ? "thorough" : "sparing" }
    command.gate = settings.gate.map { Gate(path: $0.path, slot: $0.slot) }
    // Without a screen nobody pauses it, and the script's own limits hold.
    if settings.gate != nil, settings.holdsAtEnd { command.timeout = ScriptSettings.patience }
    return command
  }

  /// A message that is only its name: `run`, `nextNode`.
  static func plain(_ type: String) -> HostCommand { HostCommand(type) }

  /// Stops at the next node or the end of the step, whatever comes first.
  static var pauseNow: HostCommand {
    var command = HostCommand("pause")
    command.now = true
    return command
  }

  /// Runs to a node or into a module.
  static func run(to node: String) -> HostCommand {
    var command = HostCommand("runTo")
    command.node = node
    return command
  }

  /// Runs to a position.
  static func go(to position: Position) -> HostCommand {
    var command = HostCommand("goTo")
    command.position = position
    return command
  }

  /// Sends a tensor with every moment from now on.
  static func focus(_ wanted: Focus, limit: Int) -> HostCommand {
    var command = HostCommand("focus")
    (command.node, command.view, command.part) = (wanted.node, (wanted.view ?? .value).rawValue, wanted.part)
    command.limit = limit
    return command
  }

  /// Says with every moment how the values of these nodes are spread, and counts predictions where figures are shown.
  static func show(_ needs: ScreenNeeds) -> HostCommand {
    var command = HostCommand("show")
    command.sketches = needs.sketches.sorted()
    command.figures = needs.figures != nil
    return command
  }

  /// Asks for a tensor; of a step and a visit where a moment of the past is meant.
  static func tensor(
    _ id: Int, _ node: String, _ view: TensorView, part: String? = nil, cell: Int? = nil, step: Int?,
    visit: Int?, limit: Int
  ) -> HostCommand {
    var command = HostCommand("tensor")
    (command.id, command.node, command.view, command.limit) = (id, node, view.rawValue, limit)
    (command.part, command.cell) = (part, cell)
    (command.step, command.visit) = (step, visit)
    return command
  }

  /// Sends a step whole as soon as there is time for it, or just this one.
  ///
  /// Where `sendsNow` is set, the step in which the script waits is sent at once too.
  static func record(step: Int? = nil, sendsNow: Bool = false, limit: Int) -> HostCommand {
    var command = HostCommand("record")
    command.limit = limit
    if sendsNow { command.this = true }
    if let step { command.steps = [step] } else { command.soon = true }
    return command
  }

  /// Asks for cells of tensors and for the calls of nodes; of a step and a visit where a moment of the past is meant.
  static func cells(
    _ id: Int, _ tensors: [WantedCells], calls: [Int], step: Int?, visit: Int?
  ) -> HostCommand {
    var command = HostCommand("cells")
    (command.id, command.step, command.visit) = (id, step, visit)
    command.tensors = tensors.map(Wanted.init)
    command.calls = calls
    return command
  }

  /// Stops at these breakpoints.
  static func breakpoints(_ breakpoints: [Breakpoint]) -> HostCommand {
    var command = HostCommand("breakpoints")
    command.breakpoints = breakpoints.map(Stop.init)
    return command
  }

  /// Changes something.
  static func change(_ change: Change) -> HostCommand {
    var command = HostCommand("change")
    command.change = change
    return command
  }

  /// Asks for a hash of each parameter after a step.
  static func hashes(ofStep step: Int) -> HostCommand {
    var command = HostCommand("hashes")
    command.step = step
    return command
  }

  /// At most this many steps a second; nil for full speed.
  static func pace(_ pace: Double?) -> HostCommand {
    var command = HostCommand("pace")
    command.stepsPerSecond = pace
    return command
  }

  /// Ends the script, or lets it go on alone.
  static func quit(_ onExit: ScriptSettings.OnExit) -> HostCommand {
    var command = HostCommand("quit")
    command.onExit = onExit.rawValue
    return command
  }

  /// The message as it travels; nil where it cannot be written as JSON.
  package var frame: Frame? {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (try? encoder.encode(self)).map { Frame(header: $0) }
  }
}
