import Foundation
import Trace

/// What Tapedeck says to the probe.
package struct HostCommand: Encodable, Sendable {
  /// The protocol's version.
  package static let version = 1

  /// A breakpoint with its text, which its hits repeat.
  struct Stop: Encodable, Sendable {
    let breakpoint: Breakpoint

    private enum CodingKeys: String, CodingKey { case text }

    func encode(to encoder: any Encoder) throws {
      try breakpoint.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(breakpoint.text, forKey: .text)
    }
  }

  /// What several processes share.
  struct Gate: Encodable, Sendable {
    let path: String
    let slot: Int
  }

  /// Steps that are wanted whole from the first one on.
  struct Wish: Encodable, Sendable {
    let next: Bool
    let limit: Int
  }

  /// A tensor of which cells are wanted.
  struct Wanted: Encodable, Sendable {
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

  /// What a message says beside its kind; what is nil is left out.
  typealias Members = KeyValuePairs<String, (any Encodable & Sendable)?>

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The kind of message.
  package let type: String
  private let members: [(name: Name, value: any Encodable & Sendable)]

  /// A message of a kind.
  init(_ type: String, _ members: Members = [:]) {
    self.type = type
    self.members = members.compactMap { name, value in value.map { (Name(stringValue: name), $0) } }
  }

  /// Writes the message as one object.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(type, forKey: Name(stringValue: "type"))
    for (name, value) in members { try container.encode(value, forKey: name) }
  }

  /// The first message, with what the user has asked for.
  ///
  /// `wholeStepBytes` is what a step may take in a recording that begins with the script; nil where there is none.
  static func hello(_ settings: ScriptSettings, wholeStepBytes: Int?) -> HostCommand {
    let diagnosis = settings.diagnosis.map { _ in settings.diagnosesThoroughly ? "thorough" : "sparing" }
    // Without a screen nobody pauses the script, and its own limits apply.
    let isPausedByOthers = settings.gate != nil && settings.holdsAtEnd
    return HostCommand(
      "hello",
      [
        "protocol": version, "paused": settings.isPaused, "onExit": settings.onExit.rawValue,
        "history": settings.historyBytes, "stepEvery": settings.stepEvery,
        "breakpoints": settings.breakpoints.map(Stop.init), "pace": settings.pace,
        "holdAt": settings.holdsAtEnd ? ["end", "exit", "error"] : [],
        "lineBuffered": settings.holdsAtEnd || settings.outputMark != nil,
        "outputMark": settings.outputMark, "record": wholeStepBytes.map { Wish(next: true, limit: $0) },
        "diagnosis": diagnosis, "gate": settings.gate.map { Gate(path: $0.path, slot: $0.slot) },
        "timeout": isPausedByOthers ? ScriptSettings.patience : nil,
      ])
  }

  /// A message that is only its name: `run`, `nextNode`.
  static func plain(_ type: String) -> HostCommand { HostCommand(type) }

  /// Stops at the next node or the end of the step, whichever comes first.
  static var pauseNow: HostCommand { HostCommand("pause", ["now": true]) }

  /// Runs to a node or into a module.
  static func run(to node: String) -> HostCommand { HostCommand("runTo", ["node": node]) }

  /// Runs to a position.
  static func go(to position: Position) -> HostCommand { HostCommand("goTo", ["position": position]) }

  /// Sends a tensor with every moment from now on.
  static func focus(_ wanted: Focus, limit: Int) -> HostCommand {
    HostCommand(
      "focus",
      [
        "node": wanted.node, "view": (wanted.view ?? .value).rawValue, "part": wanted.part, "limit": limit,
      ])
  }

  /// Says with every moment how the values of these nodes are spread, and counts predictions where figures are shown.
  static func show(_ needs: ScreenNeeds) -> HostCommand {
    HostCommand("show", ["sketches": needs.sketches.sorted(), "figures": needs.figures != nil])
  }

  /// Asks for a tensor; of a step and a visit where a moment of the past is meant.
  static func tensor(
    _ id: Int, _ node: String, _ view: TensorView, part: String? = nil, cell: Int? = nil, step: Int?,
    visit: Int?, limit: Int
  ) -> HostCommand {
    HostCommand(
      "tensor",
      [
        "id": id, "node": node, "view": view.rawValue, "part": part, "cell": cell, "step": step,
        "visit": visit, "limit": limit,
      ])
  }

  /// Sends a step whole as soon as there is time for it, or just this one.
  ///
  /// Where `sendsNow` is set, the step in which the script waits is sent at once too.
  static func record(step: Int? = nil, sendsNow: Bool = false, limit: Int) -> HostCommand {
    HostCommand(
      "record",
      [
        "limit": limit, "this": sendsNow ? true : nil, "steps": step.map { [$0] },
        "soon": step == nil ? true : nil,
      ])
  }

  /// Asks for cells of tensors and for the calls of nodes; of a step and a visit where a moment of the past is meant.
  static func cells(
    _ id: Int, _ tensors: [WantedCells], calls: [Int], step: Int?, visit: Int?
  ) -> HostCommand {
    HostCommand(
      "cells",
      ["id": id, "tensors": tensors.map(Wanted.init), "calls": calls, "step": step, "visit": visit])
  }

  /// Stops at these breakpoints.
  static func breakpoints(_ breakpoints: [Breakpoint]) -> HostCommand {
    HostCommand("breakpoints", ["breakpoints": breakpoints.map(Stop.init)])
  }

  /// Changes something.
  static func change(_ change: Change) -> HostCommand { HostCommand("change", ["change": change]) }

  /// Asks for a hash of each parameter after a step.
  static func hashes(ofStep step: Int) -> HostCommand { HostCommand("hashes", ["step": step]) }

  /// At most this many steps a second; nil for full speed.
  static func pace(_ pace: Double?) -> HostCommand { HostCommand("pace", ["stepsPerSecond": pace]) }

  /// Ends the script, or lets it run without the probe.
  static func quit(_ onExit: ScriptSettings.OnExit) -> HostCommand {
    HostCommand("quit", ["onExit": onExit.rawValue])
  }

  /// The message as it is sent; nil where it cannot be written as JSON.
  package var frame: Frame? {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (try? encoder.encode(self)).map { Frame(header: $0) }
  }
}
