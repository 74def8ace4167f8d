import Localization
import TapedeckKit

/// What the debugger costs, as a table and for JSON.
struct BenchmarkDebuggerText {
  private let measured: [BenchmarkDebugger.Line]

  init(_ measured: [BenchmarkDebugger.Line]) { self.measured = measured }

  /// A line a network, each with its work; nothing if none was measured.
  var lines: [String] {
    guard !measured.isEmpty else { return [] }
    let targets = BenchmarkDebugger.targets
    let heading = [
      "debugger", "step by hand", "in the loop", "ratio", "target", "diagnosed", "target", "on the screen",
      "ratio", "10-90 %",
      "target", "frames/s",
    ]
    let rows = measured.map { line in
      [
        line.debugger.name, seconds(line.bare.median), seconds(line.loop.median),
        decimal(line.hooks.median, 3), "< \(decimal(targets.hooks, 2))", decimal(line.diagnosis.median, 3),
        "< \(decimal(targets.diagnosis, 2))", seconds(line.screen.median),
        decimal(line.screenRatio.median, 3),
        "\(decimal(line.screenRatio.percentile(10), 3))-\(decimal(line.screenRatio.percentile(90), 3))",
        "< \(decimal(targets.screen, 2))", decimal(line.framesPerSecond, 1),
      ]
    }
    return TextColumns([heading] + rows).lines + measured.map { "\($0.debugger.name): \($0.debugger.work)" }
      + [localized("ratio: the median of the ratios within each round, in which they take turns")]
  }

  /// The same as JSON objects; times in seconds.
  var objects: [JSON] {
    measured.map { line in
      JSON([
        "name": line.debugger.name, "work": line.debugger.work, "byHand": line.bare.median,
        "inLoop": line.loop.median, "onScreen": line.screen.median, "hooksRatio": line.hooks.median,
        "hooksTarget": BenchmarkDebugger.targets.hooks, "diagnosisRatio": line.diagnosis.median,
        "diagnosisTarget": BenchmarkDebugger.targets.diagnosis, "screenRatio": line.screenRatio.median,
        "screenRatioP10": line.screenRatio.percentile(10), "screenRatioP90": line.screenRatio.percentile(90),
        "screenTarget": BenchmarkDebugger.targets.screen, "framesPerSecond": line.framesPerSecond,
      ])
    }
  }
}
