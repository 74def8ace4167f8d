import Foundation
import PyTorch
import Testing
import Trace

/// A session with what it has asked for so far.
struct Talk {
  var session: ScriptSession
  var effects: [SessionEffect] = []
  var update = RunUpdate()
  var graph = ComputationGraph()

  init(isPaused: Bool = true, lines: [String] = [], explainer: (any StepExplainer)? = nil) {
    var settings = ScriptSettings(name: "train.py")
    settings.isPaused = isPaused
    settings.explainer = explainer
    session = ScriptSession(settings) { _ in lines.isEmpty ? nil : lines }
    add(session.begin())
  }

  mutating func add(_ new: [SessionEffect]) {
    effects += new
    for case .post(let news) in new { update.append(news) }
    update.complete(with: &graph)
  }

  mutating func take(_ message: ProbeMessage) throws { add(try session.take(message)) }

  mutating func take(_ json: String) throws { try take(Messages.message(json)) }

  mutating func take(_ command: Command) { add(session.take(command)) }

  /// In the first step.
  mutating func begin() throws {
    try take(Messages.hello)
    try take(#"{"type": "torch", "version": "1.13"}"#)
    try take(Messages.model)
    try take(Messages.graph)
  }

  /// Paused after two operators.
  mutating func pause() throws {
    try begin()
    try take(Messages.visits())
    try take(Messages.moment())
  }

  /// A message to the probe.
  struct Sent: Decodable {
    var type: String
    var `protocol`: Int?
    var paused: Bool?
    var onExit: String?
    var node: String?
    var step: Int?
    var visit: Int?
    var id: Int?
    var calls: [Int]?
    var tensors: [Wanted]?

    struct Wanted: Decodable, Equatable {
      var node: Int
      var view: String
      var cells: [Int]?
    }
  }

  /// What was sent to the probe last.
  func sent() throws -> Sent {
    var last: HostCommand?
    for case .send(let command) in effects { last = command }
    let header = try #require(last?.frame?.header)
    return try JSONDecoder().decode(Sent.self, from: header)
  }
}
