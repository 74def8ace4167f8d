import Localization
import Trace

/// What the batch pane keeps: which view it shows, of which samples, and what is chosen in it.
package struct BatchPaneState: StatePart {
  /// The view that was chosen.
  var view = BatchView.samples
  /// Whose predictions are counted; nil for those that suit the run.
  var part: PredictionFigures.Part?
  /// The chosen cell of the matrix: its row and its column.
  var cell = (row: 0, column: 0)
  /// The cell of the matrix whose samples are listed; nil for the worst of all.
  var listed: PredictionFigures.Cell?
  /// The chosen row of the table.
  var row = 0
  /// The chosen one of the worst samples, by its place among them.
  private(set) var worst = 0
  /// The sample that was chosen among them, whose place may change; nil for whichever is there.
  private var followed: WorstSample?
  /// Whether the chosen one is shown alone.
  var isOpen = false

  /// The samples, and nothing chosen.
  package init() {}

  /// Shows a view, of the worst samples those of all.
  mutating func show(_ view: BatchView) { (self.view, isOpen, listed) = (view, false, nil) }

  /// Chooses one of the worst samples.
  mutating func choose(_ place: Int, of samples: [WorstSample]) {
    worst = max(0, min(place, samples.count - 1))
    followed = samples.indices.contains(worst) ? samples[worst] : nil
  }

  /// Keeps the choice at its sample where that is still among the worst.
  mutating func follow(_ samples: [WorstSample], isScript: Bool) {
    guard let followed, !samples.isEmpty else { return }
    worst =
      samples.firstIndex { sample in
        sample.sample.index == followed.sample.index && sample.row == followed.row
          && (!isScript || sample.step == followed.step)
      } ?? worst
  }
}

/// A view of the batch pane.
enum BatchView: String, CaseIterable {
  /// The step's samples.
  case samples
  /// The confusion matrix; of a regression predictions against targets.
  case matrix
  /// Precision and recall by class or by label; of a regression the residuals.
  case classes
  /// The samples with the greatest losses.
  case worst

  /// The views that there are of some figures; of a script's there are no samples.
  static func all(of content: PredictionFigures.Content?, isScript: Bool) -> [BatchView] {
    var views = BatchView.allCases
    if isScript { views.removeAll { $0 == .samples } }
    switch content {
    case .labels: views.removeAll { $0 == .matrix }
    case .classes(let figures) where !figures.hasMatrix: views.removeAll { $0 == .matrix }
    default: break
    }
    return views
  }

  /// Its name on the screen.
  func word(_ content: PredictionFigures.Content?) -> String {
    switch (self, content) {
    case (.samples, _): localized("samples")
    case (.matrix, .numbers): localized("predicted against true")
    case (.matrix, _): localized("matrix")
    case (.classes, .numbers): localized("residuals")
    case (.classes, .labels): localized("by label")
    case (.classes, _): localized("by class")
    case (.worst, _): localized("worst")
    }
  }
}

extension DebuggerState {
  /// What the batch pane keeps.
  var batchPane: BatchPaneState {
    get { parts[BatchPaneState.self] }
    set { parts[BatchPaneState.self] = newValue }
  }

  /// The view of the batch pane, as far as there is one of these figures.
  var batchView: BatchView {
    let views = BatchView.all(of: moment?.figures?.content, isScript: description?.isScript == true)
    if views.contains(batchPane.view) { return batchPane.view }
    return batchPane.view == .samples ? views[0] : .classes
  }

  /// The figures that the run is asked for; nil where none are shown.
  var wantedFigures: ScreenNeeds.Figures? {
    guard areas[.batch] != nil, batchView != .samples else { return nil }
    return ScreenNeeds.Figures(part: batchPane.part, cell: batchView == .worst ? batchPane.listed : nil)
  }

  /// The chosen one of the worst samples; nil where it is not shown.
  var chosenWorst: WorstSample? {
    guard batchView == .worst, let figures = moment?.figures, figures.cell == batchPane.listed,
      case let worst = figures.worst, !worst.isEmpty
    else { return nil }
    return worst[max(0, min(batchPane.worst, worst.count - 1))]
  }
}
