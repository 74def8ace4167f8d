import Localization

/// How the time of a step grows with one size, while the others stay fixed.
package struct BenchmarkScaling: Sendable {
  /// What grows.
  package enum Axis: String, Sendable, CaseIterable {
    case batch, width, depth

    /// The sizes measured.
    var sizes: [Int] {
      switch self {
      case .batch: [1, 4, 16, 64, 256, 1024, 4096]
      case .width: [8, 32, 128, 512, 1024, 2048, 4096]
      case .depth: [1, 3, 10, 30, 100, 300, 1000]
      }
    }

    /// The network at a size.
    func row(_ size: Int) -> BenchmarkRow {
      switch self {
      case .batch:
        BenchmarkRow(
          rawValue, work, layers: [784, 128, 64, 10], batchSize: size, optimizer: .adam
        )
      case .width:
        BenchmarkRow(
          rawValue, work, layers: [64, size, size, 10], batchSize: 64)
      case .depth:
        BenchmarkRow(
          rawValue, work, layers: Array(repeating: 64, count: size) + [10], batchSize: 64)
      }
    }

    var work: String {
      switch self {
      case .batch: localized("784-128-64-10, Adam, batches of that many samples")
      case .width: localized("64-width-width-10, SGD, batch 64")
      case .depth: localized("that many layers, all but the last of width 64, SGD, batch 64")
      }
    }

    /// What the time is divided by: the cost should be proportional to it.
    func unit(_ row: BenchmarkRow) -> (name: String, count: Int) {
      switch self {
      case .batch: ("sample", row.batchSize)
      case .width: ("weight", zip(row.layers, row.layers.dropFirst()).map { $0 * $1 }.reduce(0, +))
      case .depth: ("layer", row.layers.count - 1)
      }
    }
  }

  /// One size with what was measured.
  package struct Point: Sendable {
    /// What grows.
    package let axis: Axis
    /// Its size.
    package let size: Int
    /// The measurements.
    package let line: BenchmarkReport.Line
  }

  /// The sizes measured, in order.
  package internal(set) var points: [Point] = []

  /// One line per size, in a block for each axis.
  package var table: String {
    Axis.allCases.compactMap { axis in
      let chosen = points.filter { $0.axis == axis }
      guard let first = chosen.first else { return nil }
      let heading = [axis.rawValue, "median", "10-90 %", "GFLOP/s", "per \(axis.unit(first.line.row).name)"]
      let cells = chosen.map { point in
        let samples = point.line.samples
        return [
          "\(point.size)", seconds(samples.median),
          "\(seconds(samples.percentile(10)))-\(seconds(samples.percentile(90)))",
          decimal(point.line.operationsPerSecond / 1e9, 1),
          seconds(samples.median / Double(axis.unit(point.line.row).count)),
        ]
      }
      return (["\(axis.rawValue): \(axis.work)"] + TextColumns([heading] + cells).lines).joined(
        separator: "\n")
    }.joined(separator: "\n\n")
  }
}

extension Benchmark {
  /// Measures the time of a step against batch, width and depth.
  ///
  /// - Throws: ``BenchmarkError`` if the filter fits no axis.
  package func runScaling() throws -> BenchmarkScaling {
    var axes = BenchmarkScaling.Axis.allCases
    if let filter = options.filter {
      axes = axes.filter { $0.rawValue.contains(filter) }
      guard !axes.isEmpty else {
        throw BenchmarkError.noRow(filter: filter, known: BenchmarkScaling.Axis.allCases.map(\.rawValue))
      }
    }
    let peak = measurePeak()
    var result = BenchmarkScaling()
    for axis in axes {
      for size in axis.sizes {
        progress("\(axis.rawValue) \(size)")
        result.points.append(
          BenchmarkScaling.Point(axis: axis, size: size, line: try measureAlone(axis.row(size), peak)))
      }
    }
    return result
  }
}
