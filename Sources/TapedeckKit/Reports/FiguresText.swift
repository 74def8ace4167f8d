import Trace

/// Figures of predictions as JSON: the confusion matrix, precision and recall by class or label, errors of a regression,
/// and the samples that are predicted worst.
package struct FiguresText {
  private let figures: PredictionFigures

  /// A text of some figures.
  package init(_ figures: PredictionFigures) { self.figures = figures }

  /// One JSON object; what is not defined, as the precision of a class that is never predicted, is null.
  package var json: JSON {
    JSON([
      "of": figures.part.rawValue, "samples": figures.sampleCount, "ofSamples": figures.wholeCount,
      "step": figures.step, "firstStep": figures.firstStep,
      "classes": figures.classes.map(FiguresText.object),
      "labels": labels.map(FiguresText.object), "regression": numbers.map(FiguresText.object),
      "worst": figures.worst.map(FiguresText.object),
    ])
  }

  private var labels: LabelFigures? { if case .labels(let labels) = figures.content { labels } else { nil } }

  private var numbers: RegressionFigures? {
    if case .numbers(let numbers) = figures.content { numbers } else { nil }
  }

  private static func object(_ classes: ClassFigures) -> JSON {
    let count = classes.classCount
    return JSON([
      "accuracy": classes.accuracy, "precision": classes.average?.precision,
      "recall": classes.average?.recall,
      "f1": classes.average?.f1, "unlabelled": classes.unlabelledCount,
      "byClass": (0..<count).map { label in
        JSON([
          "class": label, "samples": classes.support[label], "precision": classes.precision(of: label),
          "recall": classes.recall(of: label), "f1": classes.f1(of: label),
        ])
      },
      // A row for each class, a column for each prediction.
      "confusion": classes.hasMatrix
        ? (0..<count).map { Array(classes.counts[$0 * count..<($0 + 1) * count]) } : nil,
    ])
  }

  private static func object(_ labels: LabelFigures) -> JSON {
    JSON([
      "exact": labels.exactShare,
      "byLabel": (0..<labels.labelCount).map { label in
        JSON([
          "label": label, "samples": labels.support(of: label), "accuracy": labels.accuracy(of: label),
          "precision": labels.precision(of: label), "recall": labels.recall(of: label),
          "f1": labels.f1(of: label), "falsePositives": labels.falsePositives[label],
          "falseNegatives": labels.falseNegatives[label],
        ])
      },
    ])
  }

  private static func object(_ numbers: RegressionFigures) -> JSON {
    JSON([
      "rootMeanSquareError": numbers.rootMeanSquareError, "meanAbsoluteError": numbers.meanAbsoluteError,
      "meanResidual": numbers.bias, "r2": numbers.r2, "notFinite": numbers.nonFiniteCount,
    ])
  }

  private static func object(_ worst: WorstSample) -> JSON {
    let sample = worst.sample
    return JSON([
      "index": sample.index, "loss": worst.loss, "label": sample.label, "prediction": sample.prediction,
      "probability": sample.probability, "target": sample.target, "output": sample.output,
      "step": worst.step, "row": worst.row,
    ])
  }
}
