/// What was measured of recordings, as lines for people and objects for programs.
struct BenchmarkRecordingText {
  /// A measured recording as JSON; seconds, or for a cost shares of the time without recording.
  struct Object: Encodable {
    let name, work, note: String
    let median, p10, p90, p95, target, targetPercentile: Double
    let samples: Int
    let isShare: Bool
  }

  private let measured: [BenchmarkRecording.Line]

  /// The text of what was measured.
  init(_ measured: [BenchmarkRecording.Line]) { self.measured = measured }

  /// A table, and a sentence a row; none where nothing was measured.
  var lines: [String] {
    guard !measured.isEmpty else { return [] }
    let rows = measured.map { line in
      func text(_ value: Double) -> String {
        line.recording.isShare ? "\(decimal(value * 100, 1)) %" : seconds(value)
      }
      let samples = line.samples
      return [
        line.recording.name, text(samples.median),
        "\(text(samples.percentile(10)))-\(text(samples.percentile(90)))", text(samples.percentile(95)),
        "\(line.recording.percentile == 50 ? "median" : "95 %") < \(text(line.recording.target))",
      ]
    }
    return TextColumns([["recording", "median", "10-90 %", "95 %", "target"]] + rows).lines
      + measured.map { "\($0.recording.name): \($0.recording.work); \($0.note)" }
  }

  /// The objects of the report.
  var objects: [Object] {
    measured.map { line in
      let samples = line.samples
      return Object(
        name: line.recording.name, work: line.recording.work, note: line.note, median: samples.median,
        p10: samples.percentile(10), p90: samples.percentile(90), p95: samples.percentile(95),
        target: line.recording.target, targetPercentile: line.recording.percentile,
        samples: samples.seconds.count, isShare: line.recording.isShare)
    }
  }
}
