import DebuggerUI
import Foundation
import TerminalUI
import Trace
import Training

/// The difference of two runs as lines for people, and as one JSON object.
package struct RunDifferenceText {
  private let difference: RunDifference
  private let parting: PartingText

  /// The text of a difference.
  package init(_ difference: RunDifference) {
    self.difference = difference
    parting = PartingText(
      difference.parting,
      lasts: (difference.left.reader.lastIteration, difference.right.reader.lastIteration))
  }

  /// Where they part.
  package var sentence: String { parting.sentence.withVisibleControls }

  /// The settings that differ, some steps of both curves, and where they part.
  package var lines: [String] {
    [sentence, ""] + settingLines.map(\.withVisibleControls) + [""] + curveLines
  }

  private var settingLines: [String] {
    guard !difference.settings.isEmpty else { return ["The settings are the same."] }
    return ["Settings that differ:"]
      + difference.settings.map { "  \($0.name): \($0.left) against \($0.right)" }
  }

  /// About a dozen steps of both.
  private var curveLines: [String] {
    let right = Dictionary(
      difference.right.losses.map { ($0.iteration, $0) }, uniquingKeysWith: { first, _ in first })
    let common = difference.left.losses.filter { right[$0.iteration] != nil }
    guard !common.isEmpty else { return ["The curves have no step in common."] }
    let places = Set((0...11).map { $0 * (common.count - 1) / 11 }).sorted()
    let rows = places.map { place -> String in
      let row = common[place]
      return column("\(row.iteration)", 8) + column(number(row.loss), 14)
        + column(number(right[row.iteration]?.loss ?? .nan), 14)
    }
    return [column("step", 8) + column("first loss", 14) + column("second loss", 14)] + rows
  }

  private func number(_ value: Float) -> String { NumberText.significant(Double(value), digits: 6) }

  private func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// All of it as one JSON object.
  ///
  /// - Throws: what the encoder throws.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(
      decoding: try encoder.encode(RunDifferenceObject(difference, parting)), as: UTF8.self)
  }

  /// What the screen shows.
  func state(size: Size) -> ComparisonState {
    func run(_ side: RunDifference.Side, _ other: RunDifference.Side) -> ComparisonState.Run {
      let names = [side, other].map { URL(filePath: $0.path).lastPathComponent }
      return ComparisonState.Run(
        name: names[0] == names[1] ? side.path : names[0],
        losses: side.losses.map { .init(iteration: $0.iteration, loss: $0.loss) }, epochs: side.epochs)
    }
    return ComparisonState(
      size: size, run(difference.left, difference.right), run(difference.right, difference.left),
      settings: difference.settings, verdict: sentence, step: parting.step)
  }
}

/// The difference of two runs as `tapedeck diff --json` prints it.
private struct RunDifferenceObject: Encodable {
  struct Setting: Encodable {
    let name, first, second: String
  }

  struct Point: Encodable {
    let step: Int
    let loss, accuracy: JSONNumber
  }

  struct Parting: Encodable {
    let step, lastStep: Int?
    let phase, node, tensor: String?
    let firstNorm, secondNorm: JSONNumber
    let notes: [String]
    let sentence: String
  }

  let first, second: String
  let isEqual: Bool
  let parting: Parting
  let settings: [Setting]
  let firstCurve, secondCurve: [Point]

  init(_ difference: RunDifference, _ text: PartingText) {
    (first, second, isEqual) = (difference.left.path, difference.right.path, difference.isEqual)
    settings = difference.settings.map { Setting(name: $0.name, first: $0.left, second: $0.right) }
    func curve(_ side: RunDifference.Side) -> [Point] {
      side.losses.map {
        Point(step: $0.iteration, loss: JSONNumber($0.loss), accuracy: JSONNumber($0.accuracy))
      }
    }
    (firstCurve, secondCurve) = (curve(difference.left), curve(difference.right))
    var (phase, node, tensor): (String?, String?, String?)
    var (norms, notes): ((Double?, Double?), [String]) = ((nil, nil), [])
    var last = text.step
    switch difference.parting {
    case .nowhere, .nothingInCommon: break
    case .steps(let steps, let reason): (last, notes) = (steps.upperBound, [reason])
    case .beginning(_, let found):
      (node, tensor, norms, notes) = (found.node, found.part, found.norms, found.notes)
    case .node(_, let place, let found):
      phase = place.name
      (node, tensor, norms, notes) = (found.node, found.part, found.norms, found.notes)
    }
    parting = Parting(
      step: text.step, lastStep: last, phase: phase, node: node, tensor: tensor,
      firstNorm: JSONNumber(norms.0), secondNorm: JSONNumber(norms.1), notes: notes, sentence: text.sentence)
  }
}
