import Localization
import Trace

/// What the user has set: in the environment, in the configuration file, or not at all.
package struct Configuration: Sendable {
  /// Where a value is from.
  package enum Source: Sendable, Equatable {
    /// An environment variable.
    case environment(String)
    /// The file.
    case file(TextPlace)
    /// Nothing is set.
    case standard
  }

  /// A key with the value that is in force.
  package struct Setting: Sendable {
    /// The key.
    package let key: SettingKey
    /// Its value; nil where that depends on others.
    package let value: TOMLLiteral?
    /// Where the value is from.
    package let source: Source

    /// The value as an option of the command line takes it; nil where none is set.
    package var argument: String? { source == .standard ? nil : value.flatMap(key.kind.argument) }
  }

  /// The keys of a command of the screen.
  package struct KeyChoice: Sendable, Equatable {
    /// The command, as it is typed.
    package let command: String
    /// Its keys; none to take them from it.
    package let keys: [String]
    /// Where the command is in the file.
    package let commandPlace: TextPlace
    /// Where the keys are.
    package let keysPlace: TextPlace
  }

  /// The file; nil where the environment names no folder for it.
  package let path: String?
  /// All settings, in the order of the keys.
  package private(set) var settings: [Setting]
  /// The table `[keys]`.
  package let keyChoices: [KeyChoice]

  /// Nothing is set.
  package init() { (path, settings, keyChoices) = (nil, [], []) }

  /// What a file and an environment set of some keys.
  ///
  /// - Throws: ``ConfigurationError`` for the first key or value that there is not.
  package init(
    _ keys: [SettingKey], file: ConfigurationFile?, environment: [String: String]
  ) throws(ConfigurationError) {
    path = file?.path
    if let file { try Configuration.check(file, keys) }
    var settings: [Setting] = []
    for key in keys {
      if let text = environment[key.variable], !text.isEmpty {
        let value = key.kind.value(text)
        try Configuration.check(value, key, named: key.variable, shown: text, in: nil, at: nil)
        settings.append(Setting(key: key, value: value, source: .environment(key.variable)))
      } else if let entry = file?.entries.first(where: { $0.isOf(key) }) {
        settings.append(Setting(key: key, value: entry.value, source: .file(entry.keyPlace)))
      } else {
        settings.append(Setting(key: key, value: key.standard, source: .standard))
      }
    }
    self.settings = settings
    var choices: [KeyChoice] = []
    for entry in file?.entries ?? [] where entry.path.first == keysTable && entry.path.count == 2 {
      choices.append(
        KeyChoice(
          command: entry.path[1], keys: try Configuration.keys(entry, file?.path),
          commandPlace: entry.keyPlace, keysPlace: entry.valuePlace))
    }
    keyChoices = choices
  }

  /// The settings without those of a table.
  package func without(table: String) -> Configuration {
    var other = self
    other.settings.removeAll { $0.key.table == table }
    return other
  }

  /// The setting of a key; nil where there is no such key.
  package func setting(_ fullName: String) -> Setting? { settings.first { $0.key.fullName == fullName } }

  /// The value of a key as a text; nil where none is set.
  package func text(_ fullName: String) -> String? { setting(fullName)?.argument }

  /// An error about something in the file.
  package func error(_ message: String, at place: TextPlace?) -> ConfigurationError {
    ConfigurationError(message, in: path, at: place)
  }

  private static func check(_ file: ConfigurationFile, _ keys: [SettingKey]) throws(ConfigurationError) {
    let tables = Set(keys.map(\.table)).subtracting([""]).union([keysTable])
    for entry in file.entries {
      if entry.path.first == keysTable, entry.path.count == 2 { continue }
      if tables.contains(entry.path.joined(separator: ".")), entry.value == .other("{}") { continue }
      guard let key = keys.first(where: entry.isOf) else {
        throw ConfigurationError(unknown(entry, keys, tables), in: file.path, at: entry.keyPlace)
      }
      try check(
        entry.value, key, named: key.fullName, shown: entry.value.text, in: file.path, at: entry.valuePlace)
    }
  }

  private static func check(
    _ value: TOMLLiteral, _ key: SettingKey, named name: String, shown: String, in path: String?,
    at place: TextPlace?
  ) throws(ConfigurationError) {
    guard key.kind.argument(value) == nil else { return }
    var near: String?
    if let text = Configuration.wrongWord(in: value, key) {
      near = NearestNames.names(to: text, among: key.kind.words).first
    }
    throw ConfigurationError(
      near.map {
        localized("\(name) expects \(key.kind.expected), but got \(shown); did you mean '\($0)'?")
      } ?? localized("\(name) expects \(key.kind.expected), but got \(shown)."), in: path, at: place)
  }

  /// The word of a value, or of a list, that is none of a key's words.
  private static func wrongWord(in value: TOMLLiteral, _ key: SettingKey) -> String? {
    let values = if case .list(let all) = value { all } else { [value] }
    for case .string(let text) in values where !key.kind.words.contains(text) { return text }
    return nil
  }

  private static func unknown(
    _ entry: ConfigurationFile.Entry, _ keys: [SettingKey], _ tables: Set<String>
  ) -> String {
    let name = entry.path.joined(separator: ".")
    if entry.path.count > 1, !tables.contains(entry.path[0]) {
      let near = NearestNames.names(to: entry.path[0], among: tables).first
      return near.map { localized("There is no table [\(entry.path[0])]; did you mean [\($0)]?") }
        ?? localized(
          "There is no table [\(entry.path[0])], only \(tables.sorted().map { "[\($0)]" }.joined(separator: ", "))."
        )
    }
    if let sentence = unknownInNested(entry, keys, tables) { return sentence }
    let own = entry.path.last ?? ""
    if let table = keys.first(where: { $0.name == own })?.table {
      return table.isEmpty
        ? localized("'\(own)' belongs above all tables, not in [\(entry.path[0])].")
        : localized("'\(own)' belongs in the table [\(table)].")
    }
    let table = entry.path.count > 1 ? entry.path[0] : ""
    let names = keys.filter { $0.table == table }.map(\.name)
    let near = NearestNames.names(to: own, among: names + (table.isEmpty ? Array(tables) : [])).first
    return near.map { localized("There is no key '\(name)'; did you mean '\($0)'?") }
      ?? localized("There is no key '\(name)'; there are \(names.joined(separator: ", ")).")
  }

  /// What is wrong with a key of a table in a table, `[diagnosis.thresholds]`; nil where it is in no such table.
  private static func unknownInNested(
    _ entry: ConfigurationFile.Entry, _ keys: [SettingKey], _ tables: Set<String>
  ) -> String? {
    let path = entry.path.joined(separator: ".")
    let nested = tables.filter { $0.contains(".") && path.hasPrefix("\($0).") }
    guard let table = nested.max(by: { $0.count < $1.count }) else { return nil }
    let own = String(path.dropFirst(table.count + 1))
    let names = keys.filter { $0.table == table }.map(\.name)
    return NearestNames.names(to: own, among: names).first.map {
      localized("There is no key '\(own)' in [\(table)]; did you mean '\($0)'?")
    } ?? localized("There is no key '\(own)' in [\(table)]; tapedeck config lists them.")
  }

  private static func keys(
    _ entry: ConfigurationFile.Entry, _ path: String?
  ) throws(ConfigurationError) -> [String] {
    if case .string(let key) = entry.value { return [key] }
    if case .list(let values) = entry.value {
      let keys = values.compactMap { if case .string(let key) = $0 { key } else { nil } }
      if keys.count == values.count { return keys }
    }
    let name = entry.path.joined(separator: ".")
    throw ConfigurationError(
      localized(
        "\(name) expects a key, such as \"ctrl-n\", or a list of keys, but got \(entry.value.text)."),
      in: path, at: entry.valuePlace)
  }
}

/// The table with the keys of commands.
private let keysTable = "keys"

extension ConfigurationFile.Entry {
  /// Whether it sets a key, whose name may be written with quotes or as a dotted key.
  fileprivate func isOf(_ key: SettingKey) -> Bool {
    path.joined(separator: ".") == key.path.joined(separator: ".")
  }
}
