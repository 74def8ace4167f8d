import Localization
import Numbers
import Trace

/// What several rules say alike, in the words of what the user changes.
struct Advice {
  private let source: RunFacts.Source
  private let optimizer: String?

  /// Advice for the user of a run.
  init(_ run: RunFacts) { (source, optimizer) = (run.source, run.optimizer) }

  /// A text for the user of a script, of a Swift program where it is another there, and of the options of `tapedeck train` where
  /// it is yet another.
  func words(_ script: String, swift: String? = nil, option: String? = nil) -> String {
    switch source {
    case .script: script
    case .swift: swift ?? script
    case .options: option ?? swift ?? script
    }
  }

  /// Remedies that are code; none where options describe the run, of which none does the same.
  func ofPrograms(_ remedies: String...) -> [String] { source == .options ? [] : remedies }

  /// A lower learning rate, beside what it is now.
  func lowerRate(_ rate: Double?) -> String {
    guard let rate, rate > 0 else {
      return localized("Lower the learning rate, by a factor of 10 to begin with.")
    }
    // A rate above 1 is a slip, not a choice.
    let next = NumberText.trimmed(NumberText.brief(min(0.1, rate / 10)))
    return localized("Lower the learning rate: it is \(NumberText.setting(rate)), try \(next).")
      + typed(next)
  }

  /// A higher learning rate, beside what it is now.
  func raiseRate(_ rate: Double?) -> String {
    guard let rate else { return localized("Raise the learning rate, by a factor of 10 to begin with.") }
    let now = NumberText.setting(rate)
    return localized("Raise the learning rate: it is \(now); 0.01 suits most runs with SGD, 0.001 with Adam.")
      + typed(optimizer == "SGD" ? "0.01" : "0.001")
  }

  /// How a learning rate is set where options do it; nothing elsewhere.
  private func typed(_ rate: String) -> String {
    guard source == .options else { return "" }
    let rate = rate.replacing("−", with: "-")
    return " " + localized("Start with --lr \(rate), or type :lr \(rate) on the screen.")
  }

  /// Weights drawn for the activation.
  var initialize: String {
    let relu = words("kaiming_normal_", swift: "kaimingNormal", option: "--init kaimingNormal")
    let others = words("xavier_uniform_", swift: "xavierUniform", option: "--init xavierUniform")
    return localized(
      "Initialize the weights for their activation: \(relu) before ReLU, \(others) before tanh and sigmoid.")
  }

  /// A limit on the gradient.
  var clip: [String] {
    ofPrograms(
      localized(
        "Limit the gradient before the step: \(words("clip_grad_norm_", swift: "clipGradNorm"))."))
  }

  /// Normalization between layers.
  var normalize: [String] {
    ofPrograms(localized("Normalize between the layers: BatchNorm or LayerNorm."))
  }

  /// A parameter that is not to be trained.
  var freeze: String {
    let call = words("requires_grad_(False)", swift: "requiringGrad(false)")
    return localized("If this is on purpose, freeze with \(call): backward gets faster too.")
  }

  /// A measured number.
  static func figure(_ value: some BinaryFloatingPoint) -> String { NumberText.measure(Double(value)) }

  /// The loss at first and now.
  static func losses(_ losses: LossCourse) -> [String] {
    guard let start = losses.level.start, let recent = losses.level.recent else { return [] }
    return [
      localized(
        "The running mean of the loss is \(NumberText.loss(recent)); in the first steps the loss was \(NumberText.loss(start))."
      )
    ]
  }
}
