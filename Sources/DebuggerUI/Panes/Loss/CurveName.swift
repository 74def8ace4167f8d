import Localization
import Numbers
import Trace

/// One of the charts of the curves pane.
package enum CurveName: Hashable, Sendable {
  case loss
  case accuracy
  case series(PlotSeries)

  /// Those that are always there, in their order.
  static let usual: [CurveName] = [
    .loss, .accuracy, .series(.gradientNorm), .series(.updateRatio), .series(.learningRate),
    .series(.deadUnits),
  ]

  /// The name as it is typed after `:plot`.
  package var text: String {
    switch self {
    case .loss: "loss"
    case .accuracy: "accuracy"
    case .series(let series): series.text
    }
  }

  /// The title of the chart, with the unit where there is one.
  func title(isRegression: Bool) -> String {
    switch self {
    case .loss: localized("loss")
    case .accuracy: isRegression ? "R²" : localized("accuracy %")
    case .series(.learningRate): localized("learning rate")
    case .series(.gradientNorm): localized("gradient norm")
    case .series(.updateRatio): localized("update ÷ weight")
    case .series(.deadUnits): localized("dead units %")
    case .series(.measure(.zeros, of: _)): text + " %"
    case .series(.measure): text
    }
  }

  /// Why its chart is empty.
  var absence: String {
    switch self {
    case .loss: localized("the curve begins after the first step")
    case .accuracy: localized("no accuracy has been measured yet")
    case .series: localized("measured from the first step on in which it is shown")
    }
  }

  /// What its values are multiplied by, so that shares become percent.
  var factor: Double {
    switch self {
    case .accuracy, .series(.deadUnits), .series(.measure(.zeros, of: _)): 100
    case .loss, .series: 1
    }
  }

  /// The greatest value that it can have; nil for no limit.
  func top(isRegression: Bool) -> Double? {
    self == .accuracy && isRegression ? 1 : factor == 100 ? 100 : nil
  }

  /// Values that its axis always shows: shares of units begin at 0, and a tenth of a percent does not fill the chart.
  var always: [Double] {
    switch self {
    case .series(.deadUnits), .series(.measure(.zeros, of: _)): [0, 10]
    case .loss, .accuracy, .series: []
    }
  }

  /// Whether a logarithmic axis suits it.
  var allowsLogarithm: Bool { factor == 1 }

  /// Whether its axis is logarithmic until the user says otherwise.
  var isUsuallyLogarithmic: Bool { self == .series(.gradientNorm) || self == .series(.updateRatio) }

  /// A value as the legend writes it.
  func text(of value: Double) -> String {
    if self == .series(.learningRate) { return NumberText.setting(value) }
    return factor == 1 ? NumberText.loss(value) : NumberText.percent(value / factor)
  }
}
