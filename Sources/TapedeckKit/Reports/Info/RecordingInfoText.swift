import Foundation
import Localization
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
    info.isSound ? localized("\(info.path) is intact.") : localized("\(info.path) is damaged:")
  }

  var problems: [String] { [info.obstacle].compactMap(\.self) + (info.check?.problems ?? []) }

  private var rows: [(name: String, text: String)] {
    var rows: [(name: String, text: String)] = []
    if let origin = info.origin {
      let run = origin.description
      rows = [
        (
          localized("run"),
          run.isScript
            ? [run.data, run.network, run.optimizer].filter { !$0.isEmpty }.joined(separator: ", ")
            : localized(
              "\(run.data), \(run.network), \(run.optimizer), batch \(run.batchSize), seed \(run.seed)")
        ),
        (
          localized("made by"),
          run.isScript
            ? localized("a script: tapedeck torch \(run.data)")
            : RecordedCommand.line(origin.settings) ?? localized("another program")
        ),
        (localized("recorded"), date(origin.begun) + localized("by \(origin.program)")),
      ]
      if let preparation = run.preparation { rows.append((localized("data"), preparation.sentence)) }
      if let rank = run.rank { rows.append((localized("rank"), text(rank))) }
      rows += [
        (localized("machine"), origin.machine)
      ]
      if let version = origin.arithmetic {
        rows.append((localized("arithmetic"), localized("version \(version)")))
      }
    }
    if let check = info.check {
      rows += RecordingCheckText(check, info.origin?.description).rows
    } else {
      rows.append((localized("contents"), localized("nothing can be saved")))
    }
    rows.append((localized("replay"), RecordingInfoText.sentence(info.recomputability, info.proof)))
    return rows
  }

  /// `1 of 2; the others are run.tapedeck`, as far as these files are there.
  private func text(_ rank: RunDescription.Rank) -> String {
    let place = localized("\(rank.number) of \(rank.count)")
    let others = RankFiles.all(info.path, of: rank).filter {
      $0 != info.path && FileManager.default.fileExists(atPath: $0)
    }
    guard !others.isEmpty else { return place }
    return place + localized("; the others: \(others.joined(separator: ", "))")
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
        ? localized("step \(steps.lowerBound) was reproduced bit for bit")
        : localized("steps \(steps.lowerBound) to \(steps.upperBound) were reproduced bit for bit")
    case .other(let step):
      proved =
        localized(
          "step \(step) was not reproduced bit for bit, so the recorded numbers are shown"
        )
    case .none(let reason): proved = reason
    }
    switch recomputability {
    case .all: return localized("every step can be run again; \(proved)")
    case .keyframes(let reason): return localized("\(reason) Of these, \(proved)")
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
    var rows = [
      (localized("steps"), steps), (localized("numbers"), numbers), (localized("keyframes"), keyframes),
      (localized("events"), events),
    ]
    if !check.wholeSteps.isEmpty { rows.append((localized("whole"), wholeSteps)) }
    rows += [
      (
        localized("pictures"),
        localized("\(pictures) of \(amount(ofSteps: check.thumbnailSteps))") + ", \(graphs)"
      ), (localized("size"), size),
      (
        localized("format"),
        "\(check.format)" + (check.requires.map { localized(", for tapedeck \($0) or later") } ?? "")
          + (check.isBeingWritten ? localized("; being written now") : "")
      ),
    ]
    if let repaired = check.repaired {
      rows += repaired.split(separator: "\n").map(String.init).shortened.enumerated().map {
        ($0 == 0 ? localized("lost") : "", $1)
      }
    }
    return rows
  }

  /// The steps of which all values and gradients were recorded.
  private var wholeSteps: String {
    let (kept, leftOut) = (check.wholeTensors, check.wholeTensorsLeftOut)
    let list = check.wholeSteps.prefix(8).map(NumberText.grouped).joined(separator: ", ")
    let more = check.wholeSteps.count > 8 ? " …" : ""
    let steps =
      check.wholeSteps.count == 1
      ? localized("step \(list), all values and gradients: \(NumberText.grouped(kept)) tensors")
      : localized("steps \(list)\(more), all values and gradients: \(NumberText.grouped(kept)) tensors")
    return leftOut == 0
      ? steps : steps + localized("; \(NumberText.grouped(leftOut)) larger ones were left out")
  }

  private var steps: String {
    guard let steps = check.steps else { return localized("none") }
    let whole = run.flatMap { run -> Int? in
      let (count, overflow) = run.epochs.multipliedReportingOverflow(by: run.stepsPerEpoch)
      // A resumed run may be longer than its first settings say.
      return overflow || count < steps.upperBound ? nil : count
    }
    let missing = check.gaps.map { "\($0.lowerBound)–\($0.upperBound)" }
    return localized("\(steps.lowerBound) to \(steps.upperBound)")
      + (whole.map { localized(" of \($0)") } ?? "")
      + ", " + (check.epochs == 1 ? localized("1 epoch") : localized("\(check.epochs) epochs"))
      + (check.isFinished ? localized(", finished") : "")
      + (missing.isEmpty ? "" : localized(", without \(missing.joined(separator: ", "))"))
  }

  private var numbers: String {
    localized("\(amount(ofSteps: check.rows)) in full, gradient norms of \(check.normRows)")
  }

  private var keyframes: String {
    let spacing = check.keyframeSpacing.map { localized(", one every \(amount(ofSteps: $0))") } ?? ""
    let hashes = check.hashes == 1 ? localized("1 hash") : localized("\(check.hashes) hashes")
    return "\(check.keyframes.count)\(spacing), \(hashes)"
  }

  private var events: String {
    let kinds = RunEvent.Kind.allCases.compactMap { kind in
      check.events[kind].map { kind.amount($0) }
    }
    return kinds.isEmpty ? localized("none") : kinds.joined(separator: ", ")
  }

  private var size: String {
    let names = [
      "arrays": localized("keyframes"), "scalars": localized("numbers"), "thumbnails": localized("pictures"),
      "whole_steps": localized("whole steps"), "tensors": localized("whole steps"),
    ]
    let parts = check.parts.compactMap { part in names[part.name].map { ($0, part.byteCount) } }
    let large = Dictionary(parts, uniquingKeysWith: +).filter { $0.value > 0 }
      .sorted { $0.value > $1.value }.map { "\($0.key) \(NumberText.bytes($0.value))" }
    return NumberText.bytes(check.byteCount)
      + (large.isEmpty ? "" : ": " + large.joined(separator: ", "))
  }

  private var pictures: String {
    check.thumbnails == 1 ? localized("1 picture") : localized("\(check.thumbnails) pictures")
  }

  private var graphs: String {
    check.graphs == 1 ? localized("1 graph") : localized("\(check.graphs) graphs")
  }

  private func amount(ofSteps count: Int) -> String {
    count == 1 ? localized("1 step") : localized("\(count) steps")
  }
}

extension RunEvent.Kind {
  /// That many events of the kind, in words.
  fileprivate func amount(_ count: Int) -> String {
    switch self {
    case .breakpoint: count == 1 ? localized("1 breakpoint") : localized("\(count) breakpoints")
    case .pause: count == 1 ? localized("1 pause") : localized("\(count) pauses")
    case .change: count == 1 ? localized("1 change") : localized("\(count) changes")
    case .fork: count == 1 ? localized("1 fork") : localized("\(count) forks")
    case .mark: count == 1 ? localized("1 mark") : localized("\(count) marks")
    case .note: count == 1 ? localized("1 note") : localized("\(count) notes")
    case .check: count == 1 ? localized("1 check") : localized("\(count) checks")
    case .cause: count == 1 ? localized("1 cause") : localized("\(count) causes")
    case .warning: count == 1 ? localized("1 warning") : localized("\(count) warnings")
    case .error: count == 1 ? localized("1 error") : localized("\(count) errors")
    case .output:
      count == 1 ? localized("1 line of output") : localized("\(count) lines of output")
    case .errorOutput:
      count == 1 ? localized("1 line of errors") : localized("\(count) lines of errors")
    }
  }
}
