import Foundation
import Numbers
import Recording
import TerminalUI
import Trace
import Training

/// What is known about a recording as lines for people.
package struct RecordingInfoText {
  let info: RecordingInfo

  /// The text of what is known.
  package init(_ info: RecordingInfo) { self.info = info }

  /// The lines: first whether it is intact, and last how far it can be run again here.
  package var lines: [String] {
    let lines =
      [verdict] + problems.shortened.map { "  \($0)" } + [""]
      + rows.map { row in
        row.name.padding(toLength: 10, withPad: " ", startingAt: 0) + " " + row.text
      }
    return lines.map(\.withVisibleControls)
  }

  private var verdict: String {
    info.isSound ? "\(info.path) is intact." : "\(info.path) is damaged:"
  }

  var problems: [String] { [info.obstacle].compactMap(\.self) + (info.check?.problems ?? []) }

  private var rows: [(name: String, text: String)] {
    var rows: [(name: String, text: String)] = []
    if let origin = info.origin {
      let run = origin.description
      rows = [
        ("run", "\(run.data), \(run.network), \(run.optimizer), batch \(run.batchSize), seed \(run.seed)"),
        ("made by", RecordedCommand.line(origin.settings) ?? "another program"),
        ("recorded", "\(date(origin.begun))by \(origin.program)"),
        ("machine", origin.machine),
      ]
    }
    if let check = info.check {
      rows += RecordingCheckText(check, info.origin?.description).rows
    } else {
      rows.append(("contents", "nothing can be saved"))
    }
    rows.append(("replay", RecordingInfoText.sentence(info.recomputability, info.proof)))
    return rows
  }

  private func date(_ seconds: Double) -> String {
    guard (1...1e11).contains(seconds) else { return "" }
    return Date(timeIntervalSince1970: seconds).formatted(.iso8601) + " "
  }

  /// How far a recording can be run again here.
  static func sentence(_ recomputability: Recomputability, _ proof: ReplayProof) -> String {
    let proved: String
    switch proof {
    case .same(let steps):
      proved =
        steps.count == 1
        ? "step \(steps.lowerBound) was reproduced bit for bit"
        : "steps \(steps.lowerBound) to \(steps.upperBound) were reproduced bit for bit"
    case .other(let step):
      proved =
        "step \(step) was not reproduced bit for bit: this machine's arithmetic differs, so the recorded numbers "
        + "are shown"
    case .none(let reason): proved = reason
    }
    switch recomputability {
    case .all: return "every step can be run again; \(proved)"
    case .keyframes(let reason): return "\(reason) Of these, \(proved)"
    case .nothing(let reason): return reason
    }
  }
}

/// What is in a recording, as named lines.
struct RecordingCheckText {
  private let check: RecordingCheck
  private let run: RunDescription?

  init(_ check: RecordingCheck, _ run: RunDescription?) {
    self.check = check
    self.run = run
  }

  var rows: [(name: String, text: String)] {
    var rows = [("steps", steps), ("numbers", numbers), ("keyframes", keyframes), ("events", events)]
    rows += [
      (
        "pictures",
        "\(amount(check.thumbnails, "picture")) of \(amount(check.thumbnailSteps, "step")), "
          + amount(check.graphs, "graph")
      ), ("size", size),
      (
        "format",
        "\(check.format)" + (check.requires.map { ", for tapedeck \($0) or later" } ?? "")
          + (check.isBeingWritten ? "; being written now" : "")
      ),
    ]
    if let repaired = check.repaired {
      rows += repaired.split(separator: "\n").map(String.init).shortened.enumerated().map {
        ($0 == 0 ? "lost" : "", $1)
      }
    }
    return rows
  }

  private var steps: String {
    guard let steps = check.steps else { return "none" }
    let whole = run.flatMap { run -> Int? in
      let (count, overflow) = run.epochs.multipliedReportingOverflow(by: run.stepsPerEpoch)
      // A resumed run may be longer than its first settings say.
      return overflow || count < steps.upperBound ? nil : count
    }
    let missing = check.gaps.map { "\($0.lowerBound)–\($0.upperBound)" }
    return "\(steps.lowerBound) to \(steps.upperBound)" + (whole.map { " of \($0)" } ?? "")
      + ", \(amount(check.epochs, "epoch"))" + (check.isFinished ? ", finished" : "")
      + (missing.isEmpty ? "" : ", without \(missing.joined(separator: ", "))")
  }

  private var numbers: String {
    "\(amount(check.rows, "step")) in full, gradient norms of \(check.normRows)"
  }

  private var keyframes: String {
    let spacing = check.keyframeSpacing.map { ", one every \(amount($0, "step"))" } ?? ""
    return "\(check.keyframes.count)\(spacing), \(amount(check.hashes, "hash", "hashes"))"
  }

  private var events: String {
    let kinds = RunEvent.Kind.allCases.compactMap { kind in
      check.events[kind].map { amount($0, kind.rawValue) }
    }
    return kinds.isEmpty ? "none" : kinds.joined(separator: ", ")
  }

  private var size: String {
    let names = ["arrays": "keyframes", "scalars": "numbers", "thumbnails": "pictures"]
    let large = check.parts.filter { $0.byteCount > 0 && names[$0.name] != nil }
      .sorted { $0.byteCount > $1.byteCount }
      .map { "\(names[$0.name] ?? $0.name) \(NumberText.bytes($0.byteCount))" }
    return NumberText.bytes(check.byteCount)
      + (large.isEmpty ? "" : ": " + large.joined(separator: ", "))
  }

  private func amount(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
