import Configuration
import Diagnosis
import Localization
import Trace
import Training

/// What can be set of the diagnosis: which rules are muted, and their thresholds.
package enum DiagnosisSettings {
  private static let thresholds = "diagnosis.thresholds"

  /// Whose settings hold where `diagnose` trains: those of an experiment, but for its length.
  static let run = "diagnose"
  /// Whose settings hold where `diagnose` runs a PyTorch script.
  static let script = "diagnose torch"
  /// Whose settings hold where `diagnose` reads a recording: none, since that has its own.
  static let recording = "diagnose RECORDING"

  /// The keys of the configuration file.
  package static var keys: [SettingKey] {
    let names = Rule.all.map(\.name)
    let mute = SettingKey(
      "diagnosis", "mute",
      .words(of: names, localized("a list of names of rules, such as [\"dead-relu\"]")),
      help: localized(
        "The rules of diagnosis whose findings are hidden; tapedeck diagnose --rules lists all."),
      standard: .list([]), example: .list([.string("dead-relu")]))
    return [mute]
      + Rule.all.flatMap { rule in
        rule.thresholds.map { threshold in
          SettingKey(
            thresholds, "\(rule.name).\(threshold.name)",
            .number(localized("a number"), where: { $0.isFinite }), help: threshold.source(),
            standard: literal(threshold.value))
        }
      }
  }

  private static func literal(_ number: Double) -> TOMLLiteral {
    Int(exactly: number).map { .integer($0) } ?? .number(number)
  }

  /// What a configuration sets.
  static func settings(_ configuration: Configuration) -> Diagnosis.Settings {
    var settings = Diagnosis.Settings()
    if let names = configuration.text("diagnosis.mute") {
      settings.muted = Set(names.split(separator: ",").map(String.init))
    }
    for setting in configuration.settings where setting.key.table == thresholds {
      if let number = setting.argument.flatMap({ Double($0) }) {
        settings.thresholds[setting.key.name] = number
      }
    }
    return settings
  }

  /// Adds a threshold as an option of the command line has it, `dead-relu.share=0.6`.
  ///
  /// - Throws: ``SettingsError`` where there is no such threshold, or no number.
  package static func add(_ text: String, to settings: inout Diagnosis.Settings) throws(SettingsError) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let known = Rule.all.flatMap { rule in rule.thresholds.map { "\(rule.name).\($0.name)" } }
    guard parts.count == 2, let number = Double(parts[1]), number.isFinite else {
      throw SettingsError(
        option: "--threshold", expected: localized("a threshold and a number, such as dead-relu.share=0.6"),
        got: text)
    }
    guard known.contains(parts[0]) else {
      let near = NearestNames.names(to: parts[0], among: known).first
      throw SettingsError(
        option: "--threshold",
        expected: near.map { localized("a threshold such as \($0)") }
          ?? localized("a threshold that tapedeck diagnose --rules lists"), got: parts[0])
    }
    settings.thresholds[parts[0]] = number
  }

  /// Adds rules that are muted, `dead-relu,softmax-twice`.
  ///
  /// - Throws: ``SettingsError`` where there is no such rule.
  package static func mute(_ text: String, in settings: inout Diagnosis.Settings) throws(SettingsError) {
    let names = text.split(separator: ",").map(String.init)
    for name in names.isEmpty ? [text] : names {
      guard Rule.named(name) != nil else {
        let near = NearestNames.names(to: name, among: Rule.all.map(\.name)).first
        throw SettingsError(
          option: "--mute",
          expected: near.map { localized("a rule such as \($0)") }
            ?? localized("a rule that tapedeck diagnose --rules lists"), got: name)
      }
      settings.muted.insert(name)
    }
  }
}

extension Program {
  /// What the user has set of the diagnosis.
  package var diagnosis: Diagnosis.Settings { DiagnosisSettings.settings(configuration) }
}

extension Diagnosis.Settings {
  /// What makes an experiment, with these thresholds in place of its own.
  func set(in make: @escaping @Sendable () throws -> Experiment) -> @Sendable () throws -> Experiment {
    let thresholds = thresholds
    return {
      var experiment = try make()
      experiment.diagnosisSettings.thresholds.merge(thresholds) { _, own in own }
      return experiment
    }
  }

  /// An experiment that is made again, with these thresholds.
  func set(in replayed: ReplayedExperiment) -> ReplayedExperiment {
    guard var experiment = replayed.experiment else { return replayed }
    experiment.diagnosisSettings.thresholds.merge(thresholds) { _, own in own }
    return ReplayedExperiment(experiment, recomputability: replayed.recomputability)
  }
}
