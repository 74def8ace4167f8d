import DebuggerUI
import Foundation
import Localization
import Recording
import Trace
import Training

/// Two recorded runs side by side: which settings differ, how both went, and where they diverge.
package struct RunDifference {
  /// One of the two.
  struct Side {
    let path: String
    let reader: RecordingReader
    let run: RecordedRun
    let losses: [StepScalars]
    let epochs: [EpochResult]

    init(_ path: String, _ run: ReplayedRun) throws {
      self.path = path
      reader = try RecordingReader(path: path)
      self.run = try run.recorded(reader)
      losses = try reader.scalars(in: 1...max(1, reader.lastStep), limit: RunDifference.curvePoints)
      epochs = try reader.epochs()
    }
  }

  /// Points of each curve.
  private static let curvePoints = 2_000

  let left: Side
  let right: Side
  /// The settings that are not the same.
  let settings: [ComparisonState.Setting]
  /// Where the runs diverge.
  package let divergence: Divergence

  /// Compares two recordings.
  ///
  /// - Parameters:
  ///   - left: The first file.
  ///   - right: The second one.
  ///   - run: How their experiments are made again.
  /// - Throws: `RecordingError` if one cannot be read, or an operator's error in a run that is run again.
  package init(_ left: String, _ right: String, _ run: ReplayedRun) throws {
    self.left = try Side(left, run)
    self.right = try Side(right, run)
    settings = RecordedChoice.differences(self.left.reader, self.right.reader)
    divergence = try RunComparison(
      RunComparison.Side(self.left.run, hashes: self.left.reader.stateHashes()),
      RunComparison.Side(self.right.run, hashes: self.right.reader.stateHashes())
    ).divergence()
  }

  /// Whether the runs are the same as far as both go.
  package var isEqual: Bool {
    switch divergence {
    case .nowhere, .nowhereInNumbers: true
    case .nothingInCommon, .beginning, .node, .steps: false
    }
  }
}

/// What was chosen for a run, in words.
struct RecordedChoice: Equatable {
  let name: String
  let value: String

  /// What people call a choice; an option is called by its name.
  static func word(for name: String) -> String {
    switch name {
    case "data": localized("data")
    case "network": localized("network")
    case "optimizer": localized("optimizer")
    case "epochs": localized("epochs")
    case "seed": localized("seed")
    case "steps per epoch": localized("steps per epoch")
    case "parameters": localized("parameters")
    case "samples": localized("samples")
    case "program": localized("program")
    case "machine": localized("machine")
    case "changed by hand": localized("changed by hand")
    default: name
    }
  }

  /// The choices of a recorded run.
  static func all(_ reader: RecordingReader) -> [RecordedChoice] {
    all(reader.origin) + [changes(reader)].compactMap(\.self)
  }

  /// What the user changed while it ran; nil where nothing was.
  static func changes(_ reader: RecordingReader) -> RecordedChoice? {
    let changes = ((try? reader.events()) ?? []).filter { $0.change != nil }
    guard !changes.isEmpty else { return nil }
    return RecordedChoice(
      name: "changed by hand",
      value: changes.map { localized("step \($0.position.step): \($0.text)") }.joined(separator: "; "))
  }

  /// The choices of the run of an origin.
  static func all(_ origin: RunOrigin) -> [RecordedChoice] {
    let run = origin.description
    var choices = [("data", run.data), ("network", run.network)]
    if let json = origin.settings, let settings = try? RecordedSettings(json: json).settings() {
      choices += RecordedCommand.options(settings).filter {
        // No result depends on the number of threads.
        !["--data", "--batch", "--epochs", "--seed", "--threads"].contains($0.option)
      }
      .map { ($0.option, $0.value) }
    } else {
      choices.append(("optimizer", run.optimizer))
    }
    choices += [
      ("batch", "\(run.batchSize)"), ("epochs", "\(run.epochs)"), ("seed", "\(run.seed)"),
      ("steps per epoch", "\(run.stepsPerEpoch)"),
      ("parameters", run.parameterNames.joined(separator: ", ")),
      ("samples", "hash \(String(origin.dataHash, radix: 16))"), ("program", origin.program),
      ("machine", origin.machine),
      ("arithmetic", origin.arithmetic.map { "\($0)" } ?? "–"),
    ]
    return choices.map { RecordedChoice(name: $0.0, value: $0.1) }
  }

  /// The choices in which two runs differ.
  static func differences(_ left: RecordingReader, _ right: RecordingReader) -> [ComparisonState.Setting] {
    let (left, right) = (all(left), all(right))
    let names = left.map(\.name) + right.map(\.name).filter { name in !left.contains { $0.name == name } }
    return names.compactMap { name in
      let values = [left, right].map { side in side.first { $0.name == name }?.value ?? "–" }
      return values[0] == values[1]
        ? nil : ComparisonState.Setting(name: name, left: values[0], right: values[1])
    }
  }
}
