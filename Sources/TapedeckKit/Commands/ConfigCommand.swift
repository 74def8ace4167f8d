import ArgumentParser
import Configuration
import Foundation
import Localization
import Trace

/// `config`: the settings that are in force, and where each comes from.
package struct ConfigCommand: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "config",
      abstract: localized("Print the settings that are in force, and where each comes from."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Settings are read from $XDG_CONFIG_HOME/tapedeck/config.toml, usually ~/.config/tapedeck/config.toml. An option \
          of the command line takes precedence over an environment variable, TAPEDECK_ and the key in capitals, and that \
          over the file. A file with a mistake in it is not used: every command names the line and the column, and ends with exit \
          code 64.
          """),
        examples: [
          "config", "config --path", "config --json",
          "config --example > ~/.config/tapedeck/config.toml",
        ]))
  }

  @Flag(help: .localized("Print the path of the file only."))
  var path = false

  @Flag(help: .localized("Print a file with every key and what it is for, all of it commented out."))
  var example = false

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @OptionGroup var language: LanguageOption

  package init() {}

  package func validate() throws {
    guard [path, example, json].filter(\.self).count < 2 else {
      throw ValidationError(localized("--path, --example and --json cannot be combined: choose one."))
    }
  }

  /// Whether arguments ask for something that a file with a mistake in it does not stand in the way of.
  static func needsNoFile(_ arguments: [String]) -> Bool {
    arguments.first == "config" && (arguments.contains("--path") || arguments.contains("--example"))
  }

  package func run(in program: Program) throws {
    let environment = ProcessInfo.processInfo.environment
    if path {
      guard let path = ConfigurationFile.path(environment) else {
        throw ConfigurationError(
          localized("There is no configuration file: neither XDG_CONFIG_HOME nor HOME is set."), in: nil)
      }
      return try StandardOutput.printLine(path)
    }
    if example { return try StandardOutput.printLine(ConfigurationText.example(SettingKeys.all)) }
    let text = ConfigurationText(
      try Configuration.read(environment, all: true, choosesLanguage: false), environment: environment)
    try StandardOutput.printLine(
      json ? text.json() : text.lines.map(\.withVisibleControls).joined(separator: "\n"))
  }
}
