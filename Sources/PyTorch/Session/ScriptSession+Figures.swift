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

  /// Adds the figures to a moment, or why there are none: what was counted goes with the script's process.
  func add(to moment: inout Moment, stage: ScriptSession.Stage) {
    moment.figures = shown
    guard let wanted, shown == nil else { return }
    switch wanted.part {
    case .batch: moment.figuresObstacle = localized("A script's batches are counted for the whole epoch.")
    case _ where stage == .ended:
      moment.figuresObstacle = localized(
        "The script's process is gone, and what it counted with it: open this view while it runs.")
    case _ where stage == .held:
      moment.figuresObstacle = localized(
        "Nothing was counted: the script called no loss of classes, labels or numbers on these samples.")
    case .validation, .training:
      moment.figuresObstacle = localized(
        "Counted when the script evaluates: its losses without gradients.")
    case .epoch, nil:
      moment.figuresObstacle = localized(
        "Counted as the script calls its loss: of classes, labels and numbers.")
    }
  }
}

extension ScriptSession {
  /// Takes what the probe has counted; at a moment that lacked it, it is shown at once.
  mutating func take(_ message: FiguresMessage) {
    let isMissing = figures.shown == nil
    figures.take(message)
    if isMissing, figures.shown != nil, stage == .paused || stage == .held { showCursor() }
  }

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
