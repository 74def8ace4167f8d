import Localization
import Numbers

/// Why a test of the model cannot be made here, as a sentence.
enum ModelTestError: Error, CustomStringConvertible {
  /// The batch's loss is NaN or infinite before the first step.
  case lossNotFinite(Double)
  /// A share of a loss that is 0 or below cannot be a goal.
  case lossNotPositive(Double)
  /// The batches of other steps are not here.
  case onlyThisBatch
  /// This step has no batch here.
  case noBatch

  var description: String {
    switch self {
    case .lossNotFinite(let loss):
      localized(
        "The loss of this batch is \(NumberText.loss(loss)) before the first step: the key w at its node finds where that began."
      )
    case .lossNotPositive(let loss):
      localized(
        "The loss of this batch is \(NumberText.loss(loss)), and the test expects one above 0, of which 1 % is the goal."
      )
    case .onlyThisBatch:
      localized(
        "The data of this run are not here, so there are no further batches to find a learning rate with: start it with its data."
      )
    case .noBatch:
      localized(
        "This step cannot be computed again, so its batch is not here: go to a step that can be, or start the run again."
      )
    }
  }
}
