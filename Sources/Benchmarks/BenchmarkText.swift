import Foundation
import Localization
import Numbers
import TapedeckKit

/// A benchmark's report as a table for people or one JSON object for programs.
package struct BenchmarkText {
  private let report: BenchmarkReport

  /// The text of a report.
  package init(_ report: BenchmarkReport) { self.report = report }

  /// The peak, then one line per row, each with its work, and the meaning of the columns.
  package var table: String {
    let others = [
      graphs, BenchmarkDebuggerText(report.debuggers).lines, BenchmarkRecordingText(report.recordings).lines,
    ].filter { !$0.isEmpty }
    guard let peak = report.peak else {
      return (others.joined(separator: [""]) + quick).joined(separator: "\n")
    }
    let heading =
      ["row", "median", "10-90 %", "GFLOP/s", "x floor", "allocs", "memory"]
      + report.peers.flatMap { [$0.library.rawValue, "x faster", "at p10", "target"] }
    let cells = TextColumns([heading] + report.lines.map(cells)).lines
    return ([text(peak)] + cells + notes + others.flatMap { [""] + $0 }).joined(separator: "\n")
  }

  private func text(_ peak: ArithmeticPeak) -> String {
    let one =
      localized(
        "this processor (kernels: \(report.kernels)) peaks at \(decimal(peak.oneThread / 1e9, 1)) GFLOP/s on one thread"
      )
    guard peak.threadCount > 1 else { return one }
    return "\(one), \(decimal(peak.allThreads / 1e9, 1)) on \(peak.threadCount)"
  }

  /// The graphs in a table of their own, with what they are.
  private var graphs: [String] {
    guard !report.graphs.isEmpty else { return [] }
    let targets = BenchmarkGraph.targets
    let heading = ["graph", "layout", "10-90 %", "target", "draw", "10-90 %", "target"]
    func cells(_ samples: BenchmarkSamples, _ target: Double) -> [String] {
      [
        seconds(samples.median), "\(seconds(samples.percentile(10)))-\(seconds(samples.percentile(90)))",
        "< \(seconds(target))",
      ]
    }
    let rows = report.graphs.map { line in
      [line.graph.name] + cells(line.layout, targets.layout) + cells(line.draw, targets.draw)
    }
    return TextColumns([heading] + rows).lines + report.graphs.map { "\($0.graph.name): \($0.graph.work)" }
  }

  private func cells(_ line: BenchmarkReport.Line) -> [String] {
    let spread = line.samples
    return [
      line.row.name, seconds(spread.median),
      "\(seconds(spread.percentile(10)))-\(seconds(spread.percentile(90)))",
      decimal(line.operationsPerSecond / 1e9, 1), decimal(line.timesFloor, 2),
      decimal(line.allocationsPerStep, 1), line.peakMemory.map { "\($0 / 1_000_000) MB" } ?? "?",
    ]
      + report.peers.flatMap { peer in
        let target = line.row.targets[peer.library].map { decimal($0, 1) } ?? "-"
        guard let time = line.peers.first(where: { $0.library == peer.library }) else {
          return ["-", "-", "-", target]
        }
        return [
          seconds(time.samples.median), decimal(line.ratio(to: time), 2),
          decimal(line.ratioAtBest(to: time), 2), target,
        ]
      }
  }

  private var notes: [String] {
    let ratios = [
      localized(
        "x faster: the ratio of the medians; at p10: that of the 10th percentiles, which other work disturbs least"
      )
    ]
    let works = report.lines.map { "\($0.row.name): \($0.row.work)" }
    let images = report.images.map { [localized("images: \($0), in memory before the epoch starts")] } ?? []
    let peers = report.peers.map { "\($0.library.rawValue): \($0.version), in turn with ours" }
    return works + images + peers + (report.peers.isEmpty ? [] : ratios) + quick + [
      localized(
        "x floor: the time, divided by that of the matrix products of the step alone at the processor's peak"),
      localized("allocs: blocks of memory that a step allocates, besides those it reuses"),
    ]
  }

  private var quick: [String] {
    report.isQuick
      ? [localized("quick: one step per row, a tenth of the samples; the times mean nothing")] : []
  }

  /// The report as one JSON object; times in seconds.
  package func json() -> String {
    JSON([
      "peakOneThread": report.peak?.oneThread.json, "peakAllThreads": report.peak?.allThreads.json,
      "threads": report.peak?.threadCount, "quick": report.isQuick, "kernels": report.kernels,
      "images": report.images, "rows": report.lines.map(object),
      "graphs": report.graphs.map { line in
        let targets = BenchmarkGraph.targets
        return JSON([
          "name": line.graph.name, "work": line.graph.work, "layoutMedian": line.layout.median,
          "layoutP10": line.layout.percentile(10), "layoutP90": line.layout.percentile(90),
          "layoutTarget": targets.layout, "drawMedian": line.draw.median,
          "drawP10": line.draw.percentile(10), "drawP90": line.draw.percentile(90),
          "drawTarget": targets.draw,
        ])
      },
      "debuggers": BenchmarkDebuggerText(report.debuggers).objects,
      "recordings": BenchmarkRecordingText(report.recordings).objects,
    ]).text()
  }

  private func object(_ line: BenchmarkReport.Line) -> JSON {
    let peers = line.peers.map { peer in
      JSON([
        "library": peer.library.rawValue, "median": peer.samples.median, "p10": peer.samples.percentile(10),
        "p90": peer.samples.percentile(90), "timesFaster": line.ratio(to: peer),
        "timesFasterAtP10": line.ratioAtBest(to: peer),
        "target": line.row.targets[peer.library].flatMap(\.json),
      ])
    }
    return JSON([
      "name": line.row.name, "work": line.row.work, "median": line.samples.median,
      "p10": line.samples.percentile(10), "p90": line.samples.percentile(90),
      "operationsPerSecond": line.operationsPerSecond, "timesFloor": line.timesFloor,
      "allocationsPerStep": line.allocationsPerStep, "samples": line.samples.seconds.count,
      "peakMemoryBytes": line.peakMemory, "peers": peers,
    ])
  }
}

/// Cells in columns as wide as their widest, the first to the left and numbers to the right.
struct TextColumns {
  let lines: [String]

  init(_ rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    lines = rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
  }
}

/// A time with three digits and its unit: `85.0 ns`, `29.4 us`, `1.20 ms`, `12.9 s`.
func seconds(_ time: Double) -> String {
  let (value, unit) =
    time < 1e-6
    ? (time * 1e9, "ns") : time < 1e-3 ? (time * 1e6, "us") : time < 1 ? (time * 1e3, "ms") : (time, "s")
  return "\(decimal(value, value < 10 ? 2 : value < 100 ? 1 : 0)) \(unit)"
}

/// A number with a fixed count of places, the same in every language.
func decimal(_ value: Double, _ places: Int) -> String {
  NumberText.fixed(value, decimals: places)
}
