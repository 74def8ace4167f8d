import Foundation
import Trace

/// A message of the probe.
package enum ProbeMessage: Sendable {
  case hello(Hello)
  /// The script has imported torch.
  case torch(version: String)
  case status(String)
  case refused(Refusal)
  /// An error in the probe itself: the script continues without it.
  case trouble(String)
  case ended(code: Int?)
  case model(ModelMessage)
  case scalars(ScalarsMessage)
  case evaluation(EvaluationMessage)
  case epoch(EpochMessage)
  /// How well the script predicts.
  case figures(FiguresMessage)
  case graph(GraphMessage)
  case visits(VisitsMessage)
  case moment(MomentMessage)
  case tensor(TensorMessage)
  /// A tensor of a step that was asked for whole.
  case kept(KeptMessage)
  /// A step that was asked for whole has been sent.
  case recorded(RecordedMessage)
  /// A parameter or buffer as the script has left it.
  case state(StateMessage)
  /// All of them have been sent, or none.
  case stateEnded(StateEndMessage)
  case cells(CellsMessage)
  case event(EventMessage)
  case exception(ExceptionMessage)
  /// What the script is made of, for its diagnosis.
  case runFacts(RunFactsMessage)
  /// What was measured of a step, for its diagnosis.
  case stepFacts(StepFactsMessage)
  /// A pass of data through the model outside training, for its diagnosis.
  case evaluationFacts(EvaluationFactsMessage)
  /// A hash of each parameter, in the model's order, after a step; empty where the probe does not know them any more.
  case hashes(step: Int, [Int])
  /// What the script's tensors take on devices.
  case memory([DeviceMemory])
  /// A message of a later version, or one that is not needed.
  case other

  /// The first message.
  package struct Hello: Decodable, Sendable {
    let `protocol`: Int
    var python: String?
    var interpreter: String?
    var rank: Int?
    var localRank: Int?
    var worldSize: Int?
    var process: Int32?
  }

  /// Why a command was not carried out.
  package struct Refusal: Decodable, Sendable {
    var command: String?
    var id: Int?
    var text: String?
  }

  private struct Envelope: Decodable {
    let type: String
    var arrays: [ProbeArrays.Entry]?
    var version: String?
    var status: String?
    var text: String?
    var step: Int?
    var code: Int?
  }

  /// The message in a frame.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where it is none.
  package init(_ frame: Frame) throws(ProbeError) {
    let decoder = JSONDecoder()
    func read<Part: Decodable>(_ type: Part.Type) throws(ProbeError) -> Part {
      do { return try decoder.decode(type, from: frame.header) } catch {
        throw .broken("a header of the type \(Part.self) that cannot be read")
      }
    }
    let envelope = try read(Envelope.self)
    let arrays = try ProbeArrays(envelope.arrays ?? [], frame.payload)
    switch envelope.type {
    case "hello": self = .hello(try read(Hello.self))
    case "torch": self = .torch(version: envelope.version ?? "")
    case "status": self = .status(envelope.status ?? "")
    case "refused": self = .refused(try read(Refusal.self))
    case "trouble": self = .trouble(envelope.text ?? "")
    case "ended": self = .ended(code: envelope.code)
    case "model": self = .model(try read(ModelMessage.self))
    case "scalars": self = .scalars(try ScalarsMessage(try read(ScalarsMessage.Header.self), arrays))
    case "evaluation": self = .evaluation(EvaluationMessage(try read(EvaluationMessage.Header.self), arrays))
    case "epoch": self = .epoch(EpochMessage(try read(EpochMessage.Header.self), arrays))
    case "figures": self = .figures(try FiguresMessage(try read(FiguresMessage.Header.self), arrays))
    case "graph": self = .graph(try read(GraphMessage.self))
    case "visits": self = .visits(try VisitsMessage(try read(VisitsMessage.Header.self), arrays))
    case "moment": self = .moment(MomentMessage(try read(MomentMessage.Header.self), arrays))
    case "tensor": self = .tensor(TensorMessage(try read(TensorMessage.Header.self), arrays))
    case "kept": self = .kept(try KeptMessage(try read(KeptMessage.Header.self), arrays))
    case "recorded": self = .recorded(try read(RecordedMessage.self))
    case "state": self = .state(try StateMessage(try read(StateMessage.Header.self), arrays))
    case "stateEnded": self = .stateEnded(try read(StateEndMessage.self))
    case "cells": self = .cells(CellsMessage(try read(CellsMessage.Header.self), arrays))
    case "event": self = .event(try read(EventMessage.self))
    case "exception": self = .exception(try read(ExceptionMessage.self))
    case "runFacts": self = .runFacts(try read(RunFactsMessage.self))
    case "stepFacts": self = .stepFacts(StepFactsMessage(try read(StepFactsMessage.Header.self), arrays))
    case "evaluationFacts": self = .evaluationFacts(try read(EvaluationFactsMessage.self))
    case "hashes": self = .hashes(step: envelope.step ?? 0, arrays.integers("hash"))
    case "memory": self = .memory(try read(MemoryMessage.self).checked)
    default: self = .other
    }
  }
}

/// Something that happened in the script.
package struct EventMessage: Decodable, Sendable {
  let kind: String
  var step: Int?
  var text: String?
  var node: String?
  var change: Change?

  private enum CodingKeys: String, CodingKey { case kind, step, text, node, change }

  /// Reads an event; a change that this program does not know is left out.
  ///
  /// - Throws: what the decoder throws.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(String.self, forKey: .kind)
    step = try container.decodeIfPresent(Int.self, forKey: .step)
    text = try container.decodeIfPresent(String.self, forKey: .text)
    node = try container.decodeIfPresent(String.self, forKey: .node)
    change = try? container.decodeIfPresent(Change.self, forKey: .change)
  }
}

/// The error that ends the script.
package struct ExceptionMessage: Decodable, Sendable {
  var `class`: String?
  var text: String?
  var node: String?
  var location: String?
  var frames: [StackFrame]?
  /// The node and the place where a tensor was changed in place that backward needs.
  var changedBy: String?
  var changedAt: String?

  /// A frame of the stack, from the outermost.
  package struct StackFrame: Decodable, Sendable {
    let file: String
    let line: Int
    var isScript: Bool?
  }

  /// The error as in Python's last line.
  var sentence: String {
    let name = `class` ?? "Error"
    guard let text, !text.isEmpty else { return name }
    return "\(name): \(text)"
  }

  /// The line of the script that was running, `train.py:12`.
  var place: String? {
    location ?? frames?.last { $0.isScript == true }.map { "\($0.file):\($0.line)" }
  }
}
