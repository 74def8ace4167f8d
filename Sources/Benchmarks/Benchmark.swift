import Autograd
import Foundation
import Localization

/// Measures rows, and peers in turn with them.
package struct Benchmark {
  /// What to measure, and how.
  package struct Options: Sendable {
    /// Only rows with this in their name; nil for all.
    package var filter: String?
    /// Whether each row runs once, with few samples: to see that it works.
    package var isQuick = false
    /// The most threads a product takes; nil for a choice by size.
    package var threads: Int?
    /// The Python to run peers in; nil for none.
    package var python: String?
    /// The folder with the peers' scripts; nil for the built-in ones.
    package var peersFolder: String?
    /// The environment, which says where data is.
    package var environment: [String: String] = [:]

    /// All rows, without peers.
    package init() {}
  }

  let options: Options
  private let now: @Sendable () -> Double
  let progress: (String) -> Void

  /// A benchmark; `now` gives seconds, and `progress` is told what is measured next.
  package init(
    _ options: Options, now: @escaping @Sendable () -> Double, progress: @escaping (String) -> Void = { _ in }
  ) {
    self.options = options
    self.now = now
    self.progress = progress
  }

  /// Measures every chosen row.
  ///
  /// - Throws: ``BenchmarkError``, or what reading the data throws.
  package func run() throws -> BenchmarkReport {
    var rows = BenchmarkRow.all
    var graphs = BenchmarkGraph.all
    var debuggers = BenchmarkDebugger.all
    var recordings = BenchmarkRecording.all
    if let filter = options.filter {
      rows = rows.filter { $0.name.contains(filter) }
      graphs = graphs.filter { $0.name.contains(filter) }
      debuggers = debuggers.filter { $0.name.contains(filter) }
      recordings = recordings.filter { $0.name.contains(filter) }
      guard !rows.isEmpty || !graphs.isEmpty || !debuggers.isEmpty || !recordings.isEmpty else {
        throw BenchmarkError.noRow(filter: filter, known: Benchmark.names)
      }
    }
    let measured = graphs.map { graph in
      progress(graph.work)
      return graph.measure(isQuick: options.isQuick, now: now)
    }
    let costs = try debuggers.map { debugger in
      progress(debugger.work)
      return try debugger.measure(isQuick: options.isQuick, now: now)
    }
    let recorded = try recordings.map { recording in
      progress(recording.work)
      return try recording.measure(isQuick: options.isQuick, environment: options.environment)
    }
    guard !rows.isEmpty else {
      return BenchmarkReport(
        graphs: measured, debuggers: costs, recordings: recorded, isQuick: options.isQuick)
    }
    if options.isQuick { rows = rows.map(\.brief) }
    let peers = try startPeers()
    let peak = measurePeak()
    var report = BenchmarkReport(
      peak: peak, isQuick: options.isQuick,
      peers: peers.map { BenchmarkReport.Peer(library: $0.library, version: $0.version) })
    report.graphs = measured
    report.debuggers = costs
    report.recordings = recorded
    for row in rows {
      progress(row.work)
      report.lines.append(try measure(row, peak, peers, &report))
    }
    return report
  }

  /// The names of all that can be measured.
  private static var names: [String] {
    BenchmarkRow.all.map(\.name) + BenchmarkGraph.all.map(\.name) + BenchmarkDebugger.all.map(\.name)
      + BenchmarkRecording.all.map(\.name)
  }

  /// Measures the floor that the rows are compared with.
  func measurePeak() -> ArithmeticPeak {
    progress(localized("what the processor can do"))
    return ArithmeticPeak.measure(
      multiplyAdds: options.isQuick ? 100_000 : 2_000_000, trials: options.isQuick ? 2 : 100,
      threads: threads,
      now: now)
  }

  /// Measures a row without peers.
  func measureAlone(_ row: BenchmarkRow, _ peak: ArithmeticPeak) throws -> BenchmarkReport.Line {
    var report = BenchmarkReport(peak: peak, isQuick: options.isQuick, peers: [])
    return try measure(row, peak, [], &report)
  }

  private var threads: ProductThreads { ProductThreads(maximum: options.threads) }

  private func startPeers() throws -> [BenchmarkPeer] {
    guard let python = options.python else { return [] }
    let scripts = try PeerScripts(folder: options.peersFolder)
    return try BenchmarkPeer.Library.allCases.map {
      try BenchmarkPeer($0, python: python, scripts: scripts, environment: options.environment)
    }
  }

  private func measure(
    _ row: BenchmarkRow, _ peak: ArithmeticPeak, _ peers: [BenchmarkPeer], _ report: inout BenchmarkReport
  ) throws -> BenchmarkReport.Line {
    let memory = PeakMemory()
    var source: String?
    let workload = try BenchmarkWorkload(row, threads: threads) { count in
      let images = try BenchmarkImages(count: count, environment: options.environment)
      source = images.folder
      report.images = images.folder ?? "made up"
      return try images.dataset(count)
    }
    memory.restart()
    let asked = peers.filter { row.isMeasured(with: $0.library) }
    for peer in asked { try peer.prepare(row, threads: options.threads, imageFolder: source) }
    var own = try BenchmarkSide(nil, isQuick: options.isQuick) { try time(workload, $0) }
    let before = workload.systemAllocationCount
    var others = try asked.map {
      try BenchmarkSide($0.library, isQuick: options.isQuick, time: $0.run)
    }
    for _ in 0..<rounds(own.blockSeconds + others.map(\.blockSeconds).reduce(0, +)) {
      try own.takeBlock()
      for index in others.indices {
        try others[index].takeBlock()
        if !options.isQuick { try asked[index].waitUntilIdle() }
      }
    }
    return BenchmarkReport.Line(
      row: row, samples: own.samples,
      allocationsPerStep: Double(workload.systemAllocationCount - before) / Double(max(own.stepCount, 1)),
      peakMemory: memory.byteCount, floor: row.operationCount / peak.allThreads,
      peers: others.compactMap { side in
        side.library.map { BenchmarkReport.PeerTime(library: $0, samples: side.samples) }
      })
  }

  private func time(_ workload: BenchmarkWorkload, _ count: Int) throws -> Double {
    let start = now()
    try workload.run(count)
    return now() - start
  }

  /// Some thirty blocks; fewer where they take long, but never under three.
  private func rounds(_ seconds: Double) -> Int {
    options.isQuick ? 1 : min(30, max(3, Int(12 / max(seconds, 1e-9))))
  }
}
