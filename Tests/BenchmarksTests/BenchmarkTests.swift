import Benchmarks
import Foundation
import Synchronization
import Testing

struct BenchmarkTests {
  /// A clock that advances by a millisecond each time it is read.
  private final class Clock: Sendable {
    private let time = Mutex(0.0)
    @Sendable func now() -> Double {
      time.withLock { time in
        time += 0.001
        return time
      }
    }
  }

  private func quick(filter: String? = nil) throws -> BenchmarkReport {
    var options = Benchmark.Options()
    options.isQuick = true
    options.filter = filter
    let clock = Clock()
    return try Benchmark(options, now: clock.now).run()
  }

  @Test func everyRowRunsOnce() throws {
    let report = try quick()
    #expect(
      report.lines.map(\.row.name) == ["exercise", "exercise-step", "digits", "toy", "wide", "full-batch"])
    for line in report.lines {
      #expect(line.samples.seconds.count == 1)
      #expect(line.operationsPerSecond > 0)
      #expect(line.timesFloor > 0)
    }
    let lines = BenchmarkText(report).table.split(separator: "\n")
    #expect(lines[0].hasPrefix("this processor (kernels: "))
    #expect(lines[1].hasPrefix("row "))
    #expect(lines[2].hasPrefix("exercise "))
    #expect(lines[7].hasPrefix("full-batch "))
    #expect(Set(lines[1...7].map(\.count)).count == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(BenchmarkText(report).json().utf8)) as? [String: Any])
    #expect((object["rows"] as? [Any])?.count == 6)
    #expect(object["quick"] as? Bool == true)
  }

  @Test func aFilterThatFitsNoRowNamesTheRows() throws {
    let error = #expect(throws: BenchmarkError.self) { try quick(filter: "none") }
    #expect(
      error?.description
        == "--filter expects a part of exercise, exercise-step, digits, toy, wide, full-batch, graph, graph-skips, "
        + "debugger, debugger-exercise, recording-cost, recording-open, recording-seek, but got 'none'."
    )
  }

  @Test func recordingsAreMeasuredWithTheirTargets() throws {
    let report = try quick(filter: "recording")
    #expect(
      report.recordings.map(\.recording.name) == ["recording-cost", "recording-open", "recording-seek"])
    #expect(report.recordings.map(\.samples.seconds.count) == [1, 1, 1])
    #expect(report.peak == nil && report.lines.isEmpty)
    let lines = BenchmarkText(report).table.split(separator: "\n")
    #expect(lines[0].hasPrefix("recording ") && lines[0].hasSuffix(" target"))
    #expect(lines[1].hasSuffix("median < 5.0 %") && lines[1].contains("% "))
    #expect(lines[2].hasSuffix("median < 100 ms") && lines[3].hasSuffix("95 % < 150 ms"))
    #expect(lines[4].contains("CPU time of the training thread alone: ") && lines[4].contains(" keyframes"))
    let json = try JSONSerialization.jsonObject(with: Data(BenchmarkText(report).json().utf8))
    #expect(((json as? [String: Any])?["recordings"] as? [Any])?.count == 3)
  }

  @Test func graphsAloneAreLaidOutAndDrawnWithoutMatrixProducts() throws {
    let report = try quick(filter: "graph")
    #expect(report.graphs.map(\.graph.name) == ["graph", "graph-skips"])
    #expect(report.peak == nil && report.lines.isEmpty)
    let lines = BenchmarkText(report).table.split(separator: "\n")
    #expect(lines[0].hasPrefix("graph ") && lines[0].contains(" layout "))
    #expect(lines[1].hasPrefix("graph ") && lines[1].contains(" 1.00 ms "))
    #expect(lines[2].contains("< 16.0 ms") && lines[2].hasSuffix("< 2.00 ms"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(BenchmarkText(report).json().utf8)) as? [String: Any])
    #expect((object["graphs"] as? [Any])?.count == 2)
  }

  @Test func theDebuggersCostIsARatioOfTheSameSteps() throws {
    let report = try quick(filter: "debugger")
    #expect(report.debuggers.map(\.debugger.name) == ["debugger", "debugger-exercise"])
    for line in report.debuggers {
      for samples in [line.bare, line.loop, line.screen] { #expect(samples.seconds.allSatisfy { $0 > 0 }) }
      #expect(line.hooks.median == line.loop.median / line.bare.median)
      #expect(line.screenRatio.median == line.screen.median / line.loop.median)
      #expect(line.framesPerSecond > 0)
    }
    let lines = BenchmarkText(report).table.split(separator: "\n")
    #expect(lines[0].hasPrefix("debugger ") && lines[0].hasSuffix(" frames/s"))
    #expect(lines[1].contains("< 1.01") && lines[1].contains("< 1.03"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(BenchmarkText(report).json().utf8)) as? [String: Any])
    #expect((object["debuggers"] as? [Any])?.count == 2)
  }

  @Test func everyAxisOfTheScalingHasItsSizes() throws {
    var options = Benchmark.Options()
    options.isQuick = true
    options.filter = "batch"
    let clock = Clock()
    let scaling = try Benchmark(options, now: clock.now).runScaling()
    #expect(scaling.points.map(\.size) == [1, 4, 16, 64, 256, 1024, 4096])
    let lines = scaling.table.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(Set(lines.dropFirst().map(\.count)).count == 1)
  }

  @Test func aPercentileLiesBetweenTwoSamplesInProportion() {
    let samples = BenchmarkSamples([4, 1, 3, 2, 5])
    #expect(samples.median == 3)
    #expect(samples.percentile(10) == 1.4)
    #expect(samples.percentile(100) == 5)
    #expect(BenchmarkSamples([7]).percentile(90) == 7)
    #expect(BenchmarkSamples().median.isNaN)
  }

  @Test func whatIsMissingComesWithTheWayToInstallIt() {
    #expect(
      BenchmarkError.missing(package: "torch", python: "python3").description
        == "python3 has no torch: install it with 'python3 -m pip install torch numpy', or give another "
        + "interpreter to --peer.")
  }
}
