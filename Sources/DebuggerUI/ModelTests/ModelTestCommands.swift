import Localization
import Trace

/// The commands that test a copy of the model; the run stays as it is.
enum ModelTestCommands {
  /// The most steps that a test may have.
  private static let most = 100_000

  static var rows: [CommandRow] {
    [
      .only(
        "overfit", help: localized("train a copy on this batch alone: a sound network learns it by heart")
      ) { $0.test(.overfit(steps: ModelTest.usualSteps.overfit)) }
      .taking(localized("[STEPS]"), example: "500") { (arguments, _) throws(ConsoleError) in
        let steps = try steps(arguments)
        return { $0.test(.overfit(steps: steps)) }
      }
      .needing(.overfit),
      .only(
        "lr-find",
        help: localized("train a copy at rising learning rates, plot its loss, and suggest a rate")
      ) { $0.test(.learningRates(steps: ModelTest.usualSteps.learningRates)) }
      .taking(localized("[STEPS]"), example: "200") { (arguments, _) throws(ConsoleError) in
        let steps = try steps(arguments)
        return { $0.test(.learningRates(steps: steps)) }
      }
      .needing(.findLearningRate),
      .only(
        "grad-check", help: localized("check every operator and parameter with finite differences")
      ) { $0.test(.gradients) }
      .needing(.checkGraph),
    ]
  }

  private static func steps(_ arguments: CommandArguments) throws(ConsoleError) -> Int {
    let word = try arguments.word()
    guard let number = Int(word.text), (10...most).contains(number) else {
      throw ConsoleError(
        localized("'\(word.text)' is not a number of steps: give one from 10 to \(most)."), at: word.column)
    }
    return number
  }
}

extension DebuggerState {
  /// Asks for a test of the model.
  fileprivate mutating func test(_ test: ModelTest) {
    let text =
      switch test {
      case .overfit: localized("training a copy on this batch …")
      case .learningRates: localized("training a copy with growing learning rates …")
      case .gradients: localized("checking every operator and parameter …")
      }
    ask(.test(test), waiting: text)
  }

  /// Shows what a test of the model has shown.
  mutating func show(_ result: ModelTestResult) {
    switch result {
    case .overfit(let test): show(OverfitOverlay(test))
    case .learningRates(let sweep): show(LearningRateOverlay(sweep))
    case .gradients(let check): show(GraphCheckOverlay(check))
    }
  }
}
