import Localization
import Trace

extension Experiment {
  /// The experiment in the words of the status line.
  package var description: RunDescription {
    var description = RunDescription(
      data: name, network: networkSummary, optimizer: settingsSummary, batchSize: trainData.batchSize,
      seed: seed,
      epochs: epochs, stepsPerEpoch: trainData.stepsPerEpoch,
      parameterNames: ModelNames(self).orderedParameters.map(\.name), classNames: trainData.dataset.classNames
    )
    description.preparation = preparation
    return description
  }

  /// The optimizer with what limits its gradients and changes its rate: `SGD lr 0.1 clip norm 1.0 StepLR`.
  var settingsSummary: String {
    [optimizer.summary, clipping?.summary, schedule?.name].compactMap { $0 }.joined(separator: " ")
  }

  /// The sizes of a chain of matrices, `64→128→10`; otherwise the number of parameters.
  private var networkSummary: String {
    let matrices = model.parameters().map(\.shape).filter { $0.rank == 2 }
    var sizes = matrices.prefix(1).map { $0[1] }
    for matrix in matrices {
      guard sizes.last == matrix[1] else {
        return localized("\(model.parameters().map(\.elementCount).reduce(0, +)) parameters")
      }
      sizes.append(matrix[0])
    }
    return sizes.map(String.init).joined(separator: "→")
  }
}
