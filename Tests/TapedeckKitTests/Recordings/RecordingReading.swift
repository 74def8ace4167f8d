import Dispatch
import Foundation
import Recording
import TapedeckKit
import Testing

/// Reads everything of a recording that a replay reads, and more; a damaged file may only bring up sentences.
struct RecordingReading {
  /// What came of a file.
  enum Outcome {
    /// It cannot be opened.
    case refused
    /// Some of it cannot be read, or is said to be wrong.
    case partial
    case whole
  }

  /// What is done beside reading, since it takes longer.
  struct Depth: OptionSet {
    let rawValue: Int
    static let replay = Depth(rawValue: 1)
    static let repair = Depth(rawValue: 2)
    static let difference = Depth(rawValue: 4)
    /// The recorded run is resumed, which changes the file.
    static let resume = Depth(rawValue: 8)
  }

  let path: String
  /// A whole recording to compare with.
  let other: String

  func read(_ depth: Depth) throws -> Outcome {
    if depth.contains(.repair) { try repair() }
    let reader: RecordingReader
    do { reader = try RecordingReader(path: path) } catch let error as RecordingError {
      #expect(error.description.hasSuffix("."))
      return .refused
    }
    var problems = 0
    func ask<Value>(_ question: () throws -> Value) throws -> Value? {
      do { return try question() } catch let error as RecordingError {
        #expect(error.description.hasSuffix("."))
        problems += 1
        return nil
      }
    }
    let last = reader.lastStep
    let places = reader.keyframeSteps
    for place in places.prefix(50) { _ = try ask { try reader.keyframe(atOrBefore: place) } }
    _ = try ask { try reader.scalars(in: 1...max(1, last), limit: 4_096) }
    _ = try ask { try reader.scalars(in: 5...5, limit: 1) }
    _ = try ask { try reader.stateHashes() }
    _ = try ask { try reader.step(atSeconds: 0.01) }
    _ = try ask { try reader.epochs() }
    _ = try ask { try reader.events() }
    for step in [1, last / 2, last] {
      _ = try ask { try reader.graph(at: step) }
      _ = try ask { try reader.hash(at: step) }
      _ = try ask { try reader.thumbnails(atOrBefore: step) }
    }
    let info = try RecordingInfo(path, ReplayedRun(), all: false)
    let text = RecordingInfoText(info)
    #expect(!text.lines.isEmpty)
    #expect(!text.json().isEmpty)
    if depth.contains(.difference) { try compare() }
    if depth.contains(.replay) { replay(reader, last) }
    if depth.contains(.resume) { resume(last) }
    return problems > 0 || !info.isSound ? .partial : .whole
  }

  /// What a repair writes is sound, if it writes anything.
  private func repair() throws {
    let output = path + ".repaired"
    defer { try? FileManager.default.removeItem(atPath: output) }
    do {
      let (_, report) = try RecordingFiles.repair(path, to: output, replacing: false)
      #expect(report?.kept.problems == [])
    } catch let error as RecordingError {
      #expect(error.description.hasSuffix("."))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  /// Records more steps as a resumed run does; what prevents it is reported in a sentence.
  private func resume(_ last: Int) {
    var options = RecordingWriter.Options()
    (options.existing, options.budget, options.writeDelay) = (.resume, 1 << 19, nil)
    do {
      let writer = try RecordingWriter(path: path, options: options)
      writer.record(
        (1...200).map {
          .scalars(
            StepScalars(
              step: last + $0, loss: 1, accuracy: nil, learningRate: 0.1, gradientNorms: [1, 2],
              seconds: Double($0)))
        } + [.hash(step: last + 1, 7), .fork(Position(step: last + 9, phase: .loss, node: 0))])
      writer.flush()
      if let problem = writer.status.problem { #expect(problem.hasSuffix(".")) }
      writer.finish()
    } catch {
      #expect("\(error)".hasSuffix("."))
      #expect(error is RecordingError, "\(error)")
    }
  }

  private func compare() throws {
    do {
      let difference = try RunDifference(path, other, ReplayedRun())
      #expect(!RunDifferenceText(difference).lines.isEmpty)
    } catch {
      #expect(!"\(error)".isEmpty)
    }
  }

  /// Plays it as the debugger does, and goes to some of its moments.
  private func replay(_ archive: RecordingReader, _ last: Int) {
    let arrival = DispatchSemaphore(value: 0)
    let plan = ReplayPlan(archive, file: "x", speed: nil)
    let runner = Runner(
      .replay(plan) { try ReplayedRun().experiment(archive) }, now: monotonicSeconds, limits: HistoryLimits(),
      onUpdate: { arrival.signal() })
    runner.start(isPaused: true, pace: nil)
    let moments = [last, 1, last / 2, 7]
    for step in [nil] + moments.map({ Optional($0) }) {
      if let step { runner.send(.seek(Position(step: max(1, step), phase: .loss, node: 0))) }
      var (isOver, hasFailed) = (false, false)
      while !isOver, arrival.wait(timeout: .now() + 20) == .success {
        switch runner.takeUpdate().status {
        case .paused, .finished: isOver = true
        case .failed: (isOver, hasFailed) = (true, true)
        default: break
        }
      }
      #expect(isOver, "the replay does not pause within 20 seconds at step \(step ?? 0)")
      if hasFailed { break }
    }
    runner.send(.quit)
    #expect(runner.waitForEnd(seconds: 20))
  }
}
