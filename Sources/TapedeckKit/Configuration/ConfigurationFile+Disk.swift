import Configuration
import DebuggerUI
import Foundation
import Localization

extension ConfigurationFile {
  /// **Units**: bytes. No file is so large that a person writes.
  private static let largest = 1 << 20

  /// The path of the file, `$XDG_CONFIG_HOME/tapedeck/config.toml`, usually in `~/.config`; nil where the environment names
  /// no home.
  package static func path(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/tapedeck/config.toml"
    }
    return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.config/tapedeck/config.toml" }
  }

  /// The file of a path; nil where there is none.
  ///
  /// - Throws: ``ConfigurationError`` where it cannot be read.
  package static func onDisk(_ path: String) throws -> ConfigurationFile? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard !isFolder.boolValue else {
      throw ConfigurationError(
        localized("The configuration is expected here, but this is a folder."), in: path)
    }
    guard InputFile.isRegular(path) || path == "/dev/null" else {
      throw ConfigurationError(
        localized("The configuration cannot be read: \(localized("it is not a regular file"))."), in: path)
    }
    guard let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: largest + 1) ?? Data()
    else {
      throw ConfigurationError(
        localized("The configuration cannot be read: \(String(cString: strerror(errno)))."), in: path)
    }
    guard bytes.count <= largest else {
      throw ConfigurationError(
        localized("The configuration may have 1 MB at most, but this is longer."), in: path)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(
        localized("The configuration expects text in UTF-8, but got other bytes."), in: path)
    }
    return try ConfigurationFile(path: path, text: text)
  }
}

extension Configuration {
  /// What the file and the environment set. Where neither sets anything, and not `all` settings are wanted, there are none.
  ///
  /// The language that they name is used at once, unless one is named already: what is wrong is said in it.
  ///
  /// - Throws: ``ConfigurationError``.
  static func read(_ environment: [String: String], all: Bool = false, choosesLanguage: Bool = true) throws
    -> Configuration
  {
    let path = ConfigurationFile.path(environment)
    let file = try path.flatMap(ConfigurationFile.onDisk)
    let isSet = file?.entries.isEmpty == false || environment.keys.contains { $0.hasPrefix("TAPEDECK_") }
    guard isSet || all else { return Configuration() }
    if choosesLanguage { language(file, environment)?.use() }
    return try Configuration(
      SettingKeys.all, file: file ?? path.map { ConfigurationFile(path: $0) }, environment: environment)
  }

  private static func language(_ file: ConfigurationFile?, _ environment: [String: String]) -> Language? {
    if let name = environment["TAPEDECK_LANGUAGE"], !name.isEmpty { return Language(rawValue: name) }
    guard case .string(let name)? = file?.value("language") else { return nil }
    return Language(rawValue: name)
  }

  /// The keys of commands.
  ///
  /// - Throws: ``ConfigurationError`` for a command or key that there is not, or a key of two commands.
  package func keyMap() throws(ConfigurationError) -> KeyMap {
    var map = KeyMap()
    for choice in keyChoices {
      do throws(KeyMapError) { try map.set(choice.command, to: choice.keys) } catch {
        throw self.error(error.message, at: error.isAboutCommand ? choice.commandPlace : choice.keysPlace)
      }
    }
    return map
  }
}
