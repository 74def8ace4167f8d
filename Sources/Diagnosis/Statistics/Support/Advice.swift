import Localization
import Numbers

/// What several rules say alike.
enum Advice {
  /// A measured number.
  static func figure(_ value: some BinaryFloatingPoint) -> String { NumberText.measure(Double(value)) }

  /// A lower learning rate, beside what it is now.
  static func lowerRate(_ rate: Double?) -> String {
    guard let rate, rate > 0 else {
      return localized("Lower the learning rate, by a factor of 10 to begin with.")
    }
    // A rate above 1 is a slip, not a choice.
    let (now, next) = (NumberText.setting(rate), NumberText.brief(min(0.1, rate / 10)))
    return localized("Lower the learning rate: it is \(now), try \(NumberText.trimmed(next)).")
  }

  /// A higher learning rate, beside what it is now.
  static func raiseRate(_ rate: Double?) -> String {
    guard let rate else { return localized("Raise the learning rate, by a factor of 10 to begin with.") }
    let now = NumberText.setting(rate)
    return localized("Raise the learning rate: it is \(now); 0.01 suits most runs with SGD, 0.001 with Adam.")
  }

  /// Weights drawn for the activation.
  static var initialize: String {
    localized(
      "Initialize the weights for their activation: kaiming_normal_ (kaimingNormal in Swift) before ReLU, xavier_uniform_ (xavierUniform) before tanh and sigmoid."
    )
  }

  /// A limit on the gradient.
  static var clip: String {
    localized("Limit the gradient before the step: clip_grad_norm_ (clipGradNorm in Swift).")
  }

  /// Normalization between layers.
  static var normalize: String {
    localized("Normalize between the layers: BatchNorm or LayerNorm.")
  }

  /// The loss at first and now.
  static func losses(_ losses: LossCourse) -> [String] {
    guard let start = losses.level.start, let recent = losses.level.recent else { return [] }
    return [
      localized(
        "The loss is \(NumberText.loss(recent)); in the first steps it was \(NumberText.loss(start)).")
    ]
  }
}
