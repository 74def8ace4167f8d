import TapedeckKit

/// What was measured of recordings, as lines for people and objects for programs.
struct BenchmarkRecordingText {
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

  /// The same as JSON objects: seconds, or for a cost shares of the time without recording.
  var objects: [JSON] {
    measured.map { line in
      let (recording, samples) = (line.recording, line.samples)
      return JSON([
        "name": recording.name, "work": recording.work, "note": line.note, "median": samples.median,
        "p10": samples.percentile(10), "p90": samples.percentile(90), "p95": samples.percentile(95),
        "target": recording.target, "targetPercentile": recording.percentile,
        "samples": samples.seconds.count, "isShare": recording.isShare,
      ])
    }
  }
}
