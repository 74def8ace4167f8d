import Foundation
import Recording
import Trace
import Training

/// What is known of a recording as `tapedeck info --json` prints it.
struct RecordingInfoObject: Encodable {
  struct Run: Encodable {
    let data, network, optimizer: String
    let batchSize, epochs, iterationsPerEpoch: Int
    let seed: UInt64
    let parameters: [String]
    let command: String?
    let settings: String?
    let program, machine: String
    let begun: JSONNumber
    /// In hexadecimal digits, since programs read numbers of JSON in double precision.
    let dataHash: String

    init(_ origin: RunOrigin) {
      let run = origin.description
      (data, network, optimizer) = (run.data, run.network, run.optimizer)
      (batchSize, epochs, iterationsPerEpoch) = (run.batchSize, run.epochs, run.iterationsPerEpoch)
      (seed, parameters) = (run.seed, run.parameterNames)
      (command, settings) = (RecordedCommand.line(origin.settings), origin.settings)
      (program, machine) = (origin.program, origin.machine)
      (begun, dataHash) = (JSONNumber(origin.begun), String(origin.dataHash, radix: 16))
    }
  }

  struct Part: Encodable {
    let name: String
    let rows, bytes: Int
  }

  struct Contents: Encodable {
    let bytes, format: Int
    let requires: String?
    let isFinished, isBeingWritten: Bool
    let repaired: [String]?
    let firstStep, lastStep: Int?
    let rows, rowsWithNorms: Int
    let gaps: [[Int]]
    let keyframes: [Int]
    let keyframeSpacing: Int?
    let hashes, graphs, epochs: Int
    let events: [String: Int]
    let thumbnails, thumbnailSteps: Int
    let parts: [Part]

    init(_ survey: RecordingSurvey) {
      (bytes, format, requires) = (survey.byteCount, survey.format, survey.requires)
      (isFinished, isBeingWritten) = (survey.isFinished, survey.isBeingWritten)
      repaired = survey.repaired?.split(separator: "\n").map(String.init)
      (firstStep, lastStep) = (survey.iterations?.lowerBound, survey.iterations?.upperBound)
      (rows, rowsWithNorms) = (survey.rows, survey.normRows)
      gaps = survey.gaps.map { [$0.lowerBound, $0.upperBound] }
      (keyframes, keyframeSpacing) = (survey.keyframes, survey.keyframeSpacing)
      (hashes, graphs, epochs) = (survey.hashes, survey.graphs, survey.epochs)
      events = Dictionary(survey.events.map { ($0.rawValue, $1) }, uniquingKeysWith: +)
      (thumbnails, thumbnailSteps) = (survey.thumbnails, survey.thumbnailIterations)
      parts = survey.parts.map { Part(name: $0.name, rows: $0.rows, bytes: $0.byteCount) }
    }
  }

  struct Replay: Encodable {
    let opens: String
    let reason: String?
    /// The steps that were run again and came to the same bits.
    let sameFrom, sameThrough: Int?
    /// The step that did not.
    let otherAt: Int?
    let sentence: String

    init(_ openness: Openness, _ proof: ReplayProof) {
      switch openness {
      case .all: (opens, reason) = ("all", nil)
      case .keyframes(let why): (opens, reason) = ("keyframes", why)
      case .nothing(let why): (opens, reason) = ("nothing", why)
      }
      switch proof {
      case .same(let steps): (sameFrom, sameThrough, otherAt) = (steps.lowerBound, steps.upperBound, nil)
      case .other(let step): (sameFrom, sameThrough, otherAt) = (nil, nil, step)
      case .none: (sameFrom, sameThrough, otherAt) = (nil, nil, nil)
      }
      sentence = RecordingInfoText.sentence(openness, proof)
    }
  }

  let file: String
  let isSound: Bool
  let problems: [String]
  let run: Run?
  let contents: Contents?
  let replay: Replay

  init(_ info: RecordingInfo) {
    (file, isSound) = (info.path, info.isSound)
    problems = [info.obstacle].compactMap(\.self) + (info.survey?.problems ?? [])
    run = info.origin.map(Run.init)
    contents = info.survey.map(Contents.init)
    replay = Replay(info.openness, info.proof)
  }
}

extension RecordingInfoText {
  /// What is known as one JSON object.
  ///
  /// - Throws: what the encoder throws.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(RecordingInfoObject(info)), as: UTF8.self)
  }
}
