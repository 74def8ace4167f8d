import Configuration
import DebuggerUI
import Foundation
import Localization

/// The settings as text: themselves a configuration file.
package struct ConfigurationText {
  private let configuration: Configuration
  private let environment: [String: String]

  /// The text of settings, of which all are there.
  package init(_ configuration: Configuration, environment: [String: String]) {
    (self.configuration, self.environment) = (configuration, environment)
  }

  /// What is in force, and where each value is from.
  package var lines: [String] {
    var lines = [header, ""]
    var table = ""
    for setting in configuration.settings {
      if setting.key.table != table {
        table = setting.key.table
        lines += ["", "[\(table)]"]
      }
      lines.append(line(setting))
    }
    lines += ["", "[keys]"]
    lines += configuration.keyChoices.map { choice in
      let keys = TOMLLiteral.list(choice.keys.map { .string($0) }).text
      return ConfigurationText.commented(
        "\(TOMLLiteral.key(choice.command)) = \(keys)", localized("line \(choice.commandPlace.line)"))
    }
    return lines + ["# " + localized("All other keys are as ? lists them.")]
  }

  private var header: String {
    guard let path = configuration.path else {
      return "# " + localized("There is no configuration file: neither XDG_CONFIG_HOME nor HOME is set.")
    }
    return FileManager.default.fileExists(atPath: path)
      ? "# \(path)"
      : "# " + localized("There is no \(path) yet; tapedeck config --example prints one.")
  }

  private func line(_ setting: Configuration.Setting) -> String {
    guard let value = setting.value else {
      return ConfigurationText.commented("# \(TOMLLiteral.key(setting.key.name))", localized("by itself"))
    }
    return ConfigurationText.commented(
      "\(TOMLLiteral.key(setting.key.name)) = \(value.text)", source(setting))
  }

  private func source(_ setting: Configuration.Setting) -> String {
    switch setting.source {
    case .environment(let variable): return variable
    case .file(let place): return localized("line \(place.line)")
    case .standard: break
    }
    // The locale's variables are the ones of all programs.
    let variable = ["LC_ALL", "LC_MESSAGES", "LANG"].first { !environment[$0, default: ""].isEmpty }
    return setting.key.fullName == "language" ? variable ?? localized("default") : localized("default")
  }

  private static func commented(_ text: String, _ comment: String) -> String {
    text.padding(toLength: max(text.count + 2, 32), withPad: " ", startingAt: 0) + "# " + comment
  }

  /// The settings as JSON.
  package func json() -> String {
    let settings = configuration.settings.map { setting -> JSON in
      var line: Int?
      if case .file(let place) = setting.source { line = place.line }
      return JSON([
        "key": setting.key.fullName, "value": setting.value.map(ConfigurationText.json) ?? .null,
        "source": ConfigurationText.kind(setting.source), "line": line,
        "variable": setting.key.variable,
      ])
    }
    let keys = configuration.keyChoices.map { choice in
      JSON([
        "command": choice.command, "keys": JSON.array(choice.keys.map { .string($0) }),
        "line": choice.commandPlace.line,
      ])
    }
    return JSON(["path": configuration.path, "settings": JSON.array(settings), "keys": JSON.array(keys)])
      .text()
  }

  private static func kind(_ source: Configuration.Source) -> String {
    switch source {
    case .environment: "environment"
    case .file: "file"
    case .standard: "default"
    }
  }

  private static func json(_ value: TOMLLiteral) -> JSON {
    switch value {
    case .string(let text), .other(let text): .string(text)
    case .list(let values): .array(values.map(json))
    case .integer, .number, .flag: .literal(value.text)
    }
  }

  /// A file with every key and command, each with what it is for; all of it is commented out.
  package static func example(_ keys: [SettingKey]) -> String {
    var lines = [
      "# " + localized("The configuration of tapedeck. Remove the # before a setting to use it."),
      "# " + localized("Options of the command line and environment variables take precedence:"),
      "# "
        + localized("TAPEDECK_ and the key in capitals, such as TAPEDECK_FRAME_RATE or TAPEDECK_TRAIN_LR."),
    ]
    var table = ""
    for key in keys {
      if key.table != table {
        table = key.table
        lines += ["", "[\(table)]"]
      }
      let value = (key.standard ?? key.example)?.text ?? "\"\""
      lines += [
        "", "# \(key.help)", "# " + localized("It takes \(key.kind.expected)."),
        "#\(TOMLLiteral.key(key.name)) = \(value)",
      ]
    }
    lines += [
      "", "[keys]", "",
      "# "
        + localized(
          "The keys of commands: one, a list, or [] for none. What loses its key can still be typed."),
      "# " + localized("What takes a value can have keys with it: \"goto 300\" = \"ctrl-g\"."),
    ]
    for group in CommandTable.standard.keyNames {
      lines += ["", "# \(group.heading)"]
      lines += group.commands.map { command in
        let keys = command.keys.map { TOMLLiteral.string($0) }
        let value = keys.count == 1 ? keys[0] : .list(keys)
        return commented("#\(TOMLLiteral.key(command.name)) = \(value.text)", command.help)
      }
    }
    return lines.joined(separator: "\n")
  }
}
