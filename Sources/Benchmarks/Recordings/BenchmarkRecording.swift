import Foundation
import Localization
import Recording
import TapedeckKit
import Trace
import Training

/// What recording costs, and how fast recordings open and seek.
package struct BenchmarkRecording: Sendable, Equatable {
  /// A measured recording.
  package struct Line: Sendable {
    /// The recording.
    package let recording: BenchmarkRecording
    /// What was measured: seconds, or for a cost the share that recording adds.
    package let samples: BenchmarkSamples
    /// More about the measurement, such as the file's size.
    package let note: String
  }

  /// What is measured.
  enum Measure: Sendable {
    case cost, opening, seeking
  }

  /// A short name, to choose it by.
  package let name: String
  /// What it is, in a sentence.
  package let work: String
  /// The percentile that is compared with the target; 50 is the median.
  package let percentile: Double
  /// The value to stay below.
  package let target: Double
  /// Whether the value is a share rather than seconds.
  package var isShare: Bool { measure == .cost }
  let measure: Measure

  /// The recordings of `tapedeck bench`.
  package static let all = [
    BenchmarkRecording(
      name: "recording-cost",
      work: localized(
        "784-128-64-10, Adam, batch 64: steps with and without recording, in turn; what recording adds"),
      percentile: 50, target: 0.05, measure: .cost),
    BenchmarkRecording(
      name: "recording-open", work: localized("1,000,000 steps: from the file's name to the first screen"),
      percentile: 50, target: 0.1, measure: .opening),
    BenchmarkRecording(
      name: "recording-seek",
      work: localized(
        "784-128-64-10, Adam, batch 64, 5 epochs of 60,000 images: to any step, nothing in memory"),
      percentile: 95, target: 0.15, measure: .seeking),
  ]

  /// Measures it, in a folder that is removed again; `now` gives seconds.
  ///
  /// - Throws: what the run or its recording throws.
  func measure(
    isQuick: Bool, environment: [String: String], now: @escaping @Sendable () -> Double = monotonicSeconds
  ) throws -> Line {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "run.tapedeck").path
    let runs = BenchmarkRecordedRuns(path: path, isQuick: isQuick, environment: environment, now: now)
    switch measure {
    case .cost:
      let (samples, note) = try runs.costs()
      return Line(recording: self, samples: samples, note: note)
    case .opening:
      try runs.makeLong()
      return Line(recording: self, samples: try runs.openings(), note: try runs.fileNote())
    case .seeking:
      try runs.makeImages()
      return Line(recording: self, samples: try runs.seeks(), note: try runs.fileNote())
    }
  }
}
