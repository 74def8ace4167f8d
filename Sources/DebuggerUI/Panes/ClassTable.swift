import TerminalUI
import Trace

/// The derivative of softmax and cross-entropy for one sample, class by class: (A2 − y) ÷ m.
struct ClassTable {
  let sample: BatchSnapshot.Sample
  let label: Int
  private let batchCount: Int
  private let names: [String]

  /// The table of the chosen sample; nil but for cross-entropy once backward has begun.
  init?(_ state: DebuggerState) {
    guard let moment = state.moment, let batch = moment.batch, moment.position.phase >= .backward,
      let name = state.shownNode, moment.graph.node(named: name)?.operation == "cross_entropy",
      let sample = state.chosenSample, let label = sample.label, !sample.probabilities.isEmpty
    else { return nil }
    self.sample = sample
    self.label = label
    batchCount = max(1, batch.count)
    names = state.description?.classNames ?? []
  }

  /// The header and a line a class, in two columns side by side where there is room.
  func lines(width: Int) -> [TextLine] {
    let header = TextLine(
      row("class", "A2", "y", "A2 − y", "÷ \(batchCount)"), .foreground(Accents.muted).bold)
    let rows = sample.probabilities.indices.map(line)
    let gap = "    "
    guard width >= 2 * header.width + gap.count, rows.count > 3 else { return [header] + rows }
    let half = (rows.count + 1) / 2
    return [header + TextLine(gap) + header]
      + (0..<half).map { index in
        half + index < rows.count ? rows[index] + TextLine(gap) + rows[half + index] : rows[index]
      }
  }

  private func line(_ index: Int) -> TextLine {
    let probability = Double(sample.probabilities[index])
    let target = index == label ? 1.0 : 0
    let text = row(
      names.indices.contains(index) ? names[index] : "\(index)", number(probability), "\(Int(target))",
      number(probability - target), number((probability - target) / Double(batchCount)))
    return TextLine(text, index == label ? .foreground(Accents.warning).bold : .plain)
  }

  private func row(_ name: String, _ cells: String...) -> String {
    let widths = [9, 3, 9, 10]
    let columns = zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(1, width - cell.count)) + cell
    }
    let short = name.count > 8 ? String(name.prefix(7)) + "…" : name
    return short + String(repeating: " ", count: 8 - short.count) + columns.joined()
  }

  private func number(_ value: Double) -> String { NumberText.significant(value, digits: 3) }
}
