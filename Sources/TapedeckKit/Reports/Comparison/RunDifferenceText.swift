import DebuggerUI
import Foundation
import Localization
import Numbers
import TerminalUI
import Trace

/// The difference of two runs as lines for people, and as one JSON object.
package struct RunDifferenceText {
  private let difference: RunDifference
  private let divergence: DivergenceText

  /// The text of a difference.
  package init(_ difference: RunDifference) {
    self.difference = difference
    divergence = DivergenceText(
      difference.divergence,
      lasts: (difference.left.reader.lastStep, difference.right.reader.lastStep))
  }

  /// Where they diverge.
  package var sentence: String { divergence.sentence.withVisibleControls }

  /// The settings that differ, some steps of both curves, and where they diverge.
  package var lines: [String] {
    [sentence, ""] + settingLines.map(\.withVisibleControls) + [""] + curveLines
  }

  private var settingLines: [String] {
    guard !difference.settings.isEmpty else {
      let isScript = [difference.left, difference.right].contains { $0.reader.origin.description.isScript }
      return [
        isScript
          ? localized("The recorded settings are the same; the arguments of a script are not recorded.")
          : localized("The settings are the same.")
      ]
    }
    return [localized("Settings that differ:")]
      + difference.settings.map {
        "  \(RecordedChoice.word(for: $0.name)): " + localized("\($0.left) against \($0.right)")
      }
  }

  /// About a dozen steps of both.
  private var curveLines: [String] {
    let right = Dictionary(
      difference.right.losses.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    let common = difference.left.losses.filter { right[$0.step] != nil }
    guard !common.isEmpty else { return [localized("The curves have no step in common.")] }
    let places = Set((0...11).map { $0 * (common.count - 1) / 11 }).sorted()
    let rows = places.map { place -> String in
      let row = common[place]
      return column("\(row.step)", 8) + column(NumberText.loss(Double(row.loss)), 14)
        + column(NumberText.loss(Double(right[row.step]?.loss ?? .nan)), 14)
    }
    return [
      column(localized("step"), 8) + column(localized("first loss"), 14)
        + column(localized("second loss"), 14)
    ] + rows
  }

  private func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  /// All of it as one JSON object.
  package func json() -> String {
    func curve(_ side: RunDifference.Side) -> [JSON] {
      side.losses.map { JSON(["step": $0.step, "loss": $0.loss, "accuracy": $0.accuracy]) }
    }
    return JSON([
      "first": difference.left.path, "second": difference.right.path, "isEqual": difference.isEqual,
      "parting": divergence.json,
      "settings": difference.settings.map { JSON(["name": $0.name, "first": $0.left, "second": $0.right]) },
      "firstCurve": curve(difference.left), "secondCurve": curve(difference.right),
    ]).text()
  }

  /// What the screen shows.
  func state(size: Size) -> ComparisonState {
    func run(_ side: RunDifference.Side, _ other: RunDifference.Side) -> ComparisonState.Run {
      let names = [side, other].map { URL(filePath: $0.path).lastPathComponent }
      return ComparisonState.Run(
        name: names[0] == names[1] ? side.path : names[0],
        losses: side.losses.map { .init(step: $0.step, loss: $0.loss) }, epochs: side.epochs)
    }
    return ComparisonState(
      size: size, run(difference.left, difference.right), run(difference.right, difference.left),
      settings: difference.settings.map {
        .init(name: RecordedChoice.word(for: $0.name), left: $0.left, right: $0.right)
      }, verdict: sentence, step: divergence.step)
  }
}
