import Autograd
import Localization
import Trace

/// Why a moment has no figures.
enum FigureObstacle: Error, CustomStringConvertible {
  case noOutput
  case noFigures
  case noValidationData
  case epochNotCollected
  case notEvaluated
  case failed(String)

  /// The obstacle as a sentence.
  var description: String {
    switch self {
    case .noOutput: localized("The model has no output yet in this step: forward has not run.")
    case .noFigures:
      localized(
        "This output and its targets have no figures: they are neither classes, nor labels, nor numbers.")
    case .noValidationData: localized("This run has no validation set.")
    case .epochNotCollected:
      localized(
        "Figures of the epoch so far were not collected here: they are while steps are trained or played and this is shown."
      )
    case .notEvaluated:
      localized("Evaluated at the end of each epoch while this is shown; a pause evaluates it at once.")
    case .failed(let sentence): localized("It could not be evaluated: \(sentence)")
    }
  }
}

extension Moment {
  /// Adds the figures that the screen needs.
  mutating func addFigures(_ needs: ScreenNeeds, of tape: Tape, from log: FigureLog?, isPlaying: Bool) {
    guard let wanted = needs.figures, let log else { return }
    let found = log.figures(
      of: wanted, at: position, tape, loss: loss.map(Double.init), isPlaying: isPlaying)
    switch found {
    case .success(let found): figures = found
    case .failure(let obstacle): figuresObstacle = "\(obstacle)"
    }
  }
}
