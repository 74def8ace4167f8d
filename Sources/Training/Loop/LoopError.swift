import Autograd
import Datasets
import Localization

/// An error of an operator, with what the training loop knows of it: the sample, or the evaluation it happened in.
struct LoopError: Error, CustomStringConvertible {
  /// The sentences, the first of which names the line.
  let description: String
  /// The error itself.
  let cause: any Error

  /// An error of a label or an index that belongs to one sample of a batch; nil where it belongs to none.
  init?(_ error: any Error, of batch: Batch, from data: any Dataset) {
    guard case AutogradError.element(_, _, _, let index, let shape, _, _)? = error as? AutogradError,
      let row = index.first, shape[0] == batch.count, batch.indices.indices.contains(row)
    else { return nil }
    cause = error
    let (place, number) = (batch.indices[row], data.number(of: batch.indices[row]))
    description =
      place == number
      ? localized("\(error) This is sample \(number) of \(data.name).")
      : localized("\(error) This is sample \(place) of the set, number \(number) of \(data.name).")
  }

  /// An error in the evaluation after an epoch.
  init(_ error: any Error, inEvaluationAfter epoch: Int) {
    cause = (error as? LoopError)?.cause ?? error
    description = localized("\(error) This was in the evaluation after epoch \(epoch).")
  }
}
