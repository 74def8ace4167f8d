import Localization
import Numbers
import TerminalUI
import Trace

/// Figures as they are written.
enum FigureText {
  /// A share in percent; a dash where it is not defined.
  static func percent(_ share: Double?) -> String { share.map(NumberText.percent) ?? "–" }
}

/// Precision, recall and F1 of each class or label, as a table.
struct FigureTable {
  /// The columns that it has need of.
  static let width = 58

  let table: Table

  /// The table of some figures, with the row that is chosen.
  init(_ figures: PredictionFigures, _ state: DebuggerState, row: Int? = nil) {
    let names = state.figureNames(figures)
    let (row, isFocused) = (row ?? state.batchPane.row, state.pane == .batch)
    switch figures.content {
    case .classes(let classes): table = FigureTable.table(classes, names, row, isFocused)
    case .labels(let labels): table = FigureTable.table(labels, names, row, isFocused)
    case .numbers: table = Table(columns: [], rows: [])
    }
  }

  private static func table(
    _ classes: ClassFigures, _ names: ClassNames, _ chosen: Int, _ isFocused: Bool
  ) -> Table {
    let rows = classes.support.indices.map { label -> [TextLine] in
      let confused = classes.mostConfused(with: label)
      return [
        TextLine(names.short(label, width: 16)), TextLine(NumberText.grouped(classes.support[label])),
        percent(classes.precision(of: label)), percent(classes.recall(of: label)),
        percent(classes.f1(of: label)),
        TextLine(
          confused.map { "\(names.short($0.prediction, width: 10)) (\($0.count))" } ?? "",
          .foreground(Accents.muted)),
      ]
    }
    return Table(
      columns: columns(names, localized("class")) + [.init(localized("mistaken for"), .fill(1))],
      rows: rows + average(classes), selectedRow: isFocused ? min(chosen, rows.count - 1) : nil)
  }

  /// The mean over the classes, each of which counts as much.
  private static func average(_ classes: ClassFigures) -> [[TextLine]] {
    guard let average = classes.average else { return [] }
    let muted = Style.foreground(Accents.muted)
    return [
      [
        TextLine(localized("mean"), muted), TextLine(NumberText.grouped(classes.sampleCount), muted),
        TextLine(FigureText.percent(average.precision), muted),
        TextLine(FigureText.percent(average.recall), muted), TextLine(FigureText.percent(average.f1), muted),
      ]
    ]
  }

  private static func table(
    _ labels: LabelFigures, _ names: ClassNames, _ chosen: Int, _ isFocused: Bool
  ) -> Table {
    let muted = Style.foreground(Accents.muted)
    let rows = (0..<labels.labelCount).map { label in
      [
        TextLine(names.short(label, width: 16)), TextLine(NumberText.grouped(labels.support(of: label))),
        percent(labels.precision(of: label)), percent(labels.recall(of: label)),
        percent(labels.f1(of: label)),
        TextLine(
          localized(
            "\(labels.falsePositives[label]) wrongly, \(labels.falseNegatives[label]) missed"), muted),
      ]
    }
    return Table(
      columns: columns(names, localized("label")) + [.init(localized("mistakes"), .fill(1))], rows: rows,
      selectedRow: isFocused ? min(chosen, rows.count - 1) : nil)
  }

  private static func columns(_ names: ClassNames, _ head: String) -> [Table.Column] {
    [
      .init(head, .fixed(max(head.count, min(names.longest, 16), 5))),
      .init(localized("samples"), .fixed(max(8, localized("samples").count)), .right),
      .init(localized("precision"), .fixed(max(9, localized("precision").count)), .right),
      .init(localized("recall"), .fixed(max(8, localized("recall").count)), .right),
      .init("F1", .fixed(8), .right),
    ]
  }

  /// A share, the redder the smaller, and with a mark where less than half is right.
  private static func percent(_ share: Double?) -> TextLine {
    guard let share else { return TextLine("–", .foreground(Accents.muted)) }
    let color = share < 0.5 ? Accents.bad : share < 0.8 ? Accents.warning : Color.default
    return TextLine((share < 0.5 ? "▾ " : "") + NumberText.percent(share), .foreground(color))
  }
}
