import Localization
import Numbers
import TerminalUI
import Trace

/// The derivative of softmax and cross-entropy for one sample, class by class: (A2 − y) ÷ m for the mean over m samples.
struct ClassTable {
  let sample: BatchSnapshot.Sample
  let label: Int
  /// What A2 − y is multiplied by.
  private let factor: Double
  private let names: ClassNames

  /// The name of the sample's class.
  var labelName: String { names.full(label) }

  /// The table of the chosen sample; nil except for cross-entropy whose backward has run.
  init?(_ state: DebuggerState) {
    guard let factor = state.moment?.explanation?.classFactor, let sample = state.chosenSample,
      let label = sample.label, sample.probabilities.indices.contains(label)
    else { return nil }
    self.sample = sample
    self.label = label
    self.factor = factor
    names = ClassNames(state.description?.classNames ?? [])
  }

  /// The header and a line for each class, in two columns side by side where there is room.
  func lines(width: Int) -> [TextLine] {
    let isNarrow = width < Self.fullWidth
    // A name takes what the numbers leave.
    let least = isNarrow ? 3 : 8
    let room = max(least, min(names.longest, 14, width - (isNarrow ? 17 : Self.fullWidth - least)))
    let header = TextLine(
      row(isNarrow, room, isNarrow ? "" : localized("class"), "A2", "y", "A2 − y", heading),
      .foreground(Accents.muted).bold)
    let rows = sample.probabilities.indices.map { line($0, isNarrow, room) }
    let gap = "    "
    guard width >= 2 * header.width + gap.count, rows.count > 3 else { return [header] + rows }
    let half = (rows.count + 1) / 2
    return [header + TextLine(gap) + header]
      + (0..<half).map { index in
        half + index < rows.count ? rows[index] + TextLine(gap) + rows[half + index] : rows[index]
      }
  }

  /// The factor as a heading: `÷ 64`, `× 0.5`.
  private var heading: String {
    let divisor = 1 / factor
    return divisor >= 1.5 && abs(divisor - divisor.rounded()) < 1e-6 * divisor
      ? "÷ \(Int(bounded: divisor.rounded(), to: 0...1 << 53))"
      : "× \(NumberText.trimmed(NumberText.measure(factor)))"
  }

  private static let fullWidth = 39

  private func line(_ index: Int, _ isNarrow: Bool, _ room: Int) -> TextLine {
    let probability = Double(sample.probabilities[index])
    let target = index == label ? 1.0 : 0
    let text = row(
      isNarrow, room, names.short(index, width: room), NumberText.measure(probability),
      "\(Int(target))", NumberText.measure(probability - target),
      NumberText.measure((probability - target) * factor))
    return TextLine(text, index == label ? .foreground(Accents.warning).bold : .plain)
  }

  /// A line of the table; a narrow one leaves out what A2 − y is made of.
  private func row(
    _ isNarrow: Bool, _ room: Int, _ name: String, _ output: String, _ target: String, _ difference: String,
    _ derivative: String
  ) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    func short(_ width: Int) -> String {
      let text = name.count > width ? String(name.prefix(max(0, width - 1))) + "…" : name
      return text + String(repeating: " ", count: width - text.count)
    }
    if isNarrow { return short(room) + padded(difference, 8) + padded(derivative, 9) }
    return short(room) + padded(output, 9) + padded(target, 3) + padded(difference, 9)
      + padded(derivative, 10)
  }
}
