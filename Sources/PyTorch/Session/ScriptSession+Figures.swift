import Localization
import Trace

/// How well the script predicts, while the screen shows that.
struct ScriptFigures: Sendable {
  /// What the screen needs, as it said last; nil where it has said nothing.
  var needs: ScreenNeeds?
  /// What the probe counted last.
  private var known: [PredictionFigures.Part: PredictionFigures] = [:]

  /// Takes what the probe has counted.
  mutating func take(_ message: FiguresMessage) { known[message.figures.part] = message.figures }

  /// Which figures the screen shows; nil where that is none.
  var wanted: ScreenNeeds.Figures? { needs?.figures }

  /// The figures that the screen shows; nil where they are not known.
  var shown: PredictionFigures? {
    guard let wanted else { return nil }
    if let part = wanted.part { return known[part] }
    return known[.validation] ?? known[.epoch] ?? known[.training]
  }

  /// Adds the figures to a moment, or why there are none; a script that has ended will count none.
  func add(to moment: inout Moment, hasEnded: Bool) {
    moment.figures = shown
    guard let wanted, shown == nil else { return }
    switch wanted.part {
    case .batch: moment.figuresObstacle = localized("A script's batches are counted for the whole epoch.")
    case _ where hasEnded:
      moment.figuresObstacle = localized(
        "The script has ended, and nothing was counted: open this view before it runs (--paused).")
    case .validation, .training:
      moment.figuresObstacle = localized(
        "Counted when the script evaluates while this is shown: its losses without gradients.")
    case .epoch, nil:
      moment.figuresObstacle = localized(
        "Counted as the script calls its loss while this is shown: of classes, labels and numbers.")
    }
  }
}

extension ScriptSession {
  /// Tells the probe what the screen needs from now on.
  mutating func show(_ needs: ScreenNeeds) {
    let before = figures.wanted
    figures.needs = needs
    guard stage != .starting, stage != .importing else { return }
    say(.show(needs))
    guard before != needs.figures else { return }
    guard needs.figures != nil, stage == .paused || stage == .held else { return }
    showCursor()
  }
}
