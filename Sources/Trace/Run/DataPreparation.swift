/// What was done to the data before training, as a recording keeps it.
package struct DataPreparation: Sendable, Equatable, Codable {
  /// What was decided about a table, in one line.
  package var sentence: String
  /// The mean of each input that was taken from it; nil where inputs were left as they are.
  package var means: [Double]?
  /// What each input was then divided by; nil where inputs were left as they are.
  package var deviations: [Double]?
  /// The number that is to be come close to; nil where there are classes.
  package var regression: RegressionTarget?

  /// What was done to some data.
  package init(
    sentence: String, means: [Double]? = nil, deviations: [Double]? = nil, regression: RegressionTarget? = nil
  ) {
    self.sentence = sentence
    self.means = means
    self.deviations = deviations
    self.regression = regression
  }

  /// Whether inputs have mean 0 and deviation 1.
  package var isStandardized: Bool { means != nil }
}

/// The number that a regression is to come close to, and how it was scaled for training.
package struct RegressionTarget: Sendable, Equatable, Codable {
  /// Its name.
  package var name: String
  /// What was taken from it.
  package var mean: Double
  /// What it was then divided by.
  package var deviation: Double
  /// The variance of the scaled targets that are trained on.
  package var trainVariance: Double
  /// The variance of those that validate.
  package var validationVariance: Double

  /// A target.
  package init(
    name: String, mean: Double, deviation: Double, trainVariance: Double, validationVariance: Double
  ) {
    self.name = name
    self.mean = mean
    self.deviation = deviation
    self.trainVariance = trainVariance
    self.validationVariance = validationVariance
  }

  /// R² at a mean squared error of the training data: 1 less its share of the variance.
  ///
  /// **Source**: <https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html>
  package func trainR2(loss: Double) -> Double? { RegressionTarget.r2(loss, trainVariance) }

  /// R² at a mean squared error of the validation data; nil where these are all the same.
  package func validationR2(loss: Double) -> Double? { RegressionTarget.r2(loss, validationVariance) }

  /// The root of a mean squared error in the target's own units.
  package func error(loss: Double) -> Double { loss.squareRoot() * deviation }

  /// A scaled target or output in the target's own units.
  package func value(_ scaled: Float) -> Float { Float(Double(scaled) * deviation + mean) }

  private static func r2(_ loss: Double, _ variance: Double) -> Double? {
    variance > 0 && loss.isFinite ? 1 - loss / variance : nil
  }
}
