import Configuration
import Foundation
import TapedeckKit
import Testing

@Suite struct SettingKeysTests {
  private func configuration(_ text: String) throws -> Configuration {
    try Configuration(
      SettingKeys.all, file: ConfigurationFile(path: "config.toml", text: text), environment: [:])
  }

  @Test func theExampleIsAFileWithNothingSet() throws {
    let example = ConfigurationText.example(SettingKeys.all)
    #expect(try configuration(example).settings.allSatisfy { $0.source == .standard })
    #expect(try configuration(example).keyChoices.isEmpty)
  }

  @Test func theExampleIsReadWithAllOfItSet() throws {
    let example = ConfigurationText.example(SettingKeys.all)
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0 }
    let configuration = try configuration(text.joined(separator: "\n"))
    #expect(configuration.settings.allSatisfy { $0.source != .standard })
    #expect(configuration.keyChoices.count > 40)
    #expect(try !configuration.keyMap().isEmpty)
  }

  @Test func whatIsPrintedAsInForceIsAFileThatSaysTheSame() throws {
    let text =
      "language = \"es\"\nframe-rate = 10\n[train]\nlr = 0.5\nlayers = [64, 10]\n[keys]\nquit = \"Q\"\n"
    let first = try configuration(text)
    let printed = ConfigurationText(first, environment: [:]).lines.joined(separator: "\n")
    let second = try configuration(printed)
    #expect(second.settings.map(\.value) == first.settings.map(\.value))
    #expect(second.keyChoices.map(\.keys) == [["Q"]])
    #expect(printed.contains("frame-rate = 10"))
    #expect(printed.contains("# line 2"))
  }

  @Test func everyUsualValueIsOneThatTheKeyTakes() {
    for key in SettingKeys.all {
      let values = [key.standard, key.example].compactMap(\.self)
      #expect(values.allSatisfy { key.kind.argument($0) != nil }, "\(key.fullName)")
      #expect(!values.isEmpty, "\(key.fullName)")
    }
    #expect(Set(SettingKeys.all.map(\.variable)).count == SettingKeys.all.count)
  }

  @Test func diagnoseTrainsWithTheSettingsOfTrain() throws {
    let set = try configuration("[train]\nlr = 0.5\nepochs = 9\n[torch]\npython = \"/p\"\n")
    // One epoch is looked at, unless the arguments ask for more.
    #expect(set.adding(to: ["diagnose"], of: "diagnose", at: 1) == ["diagnose", "--lr", "0.5"])
    #expect(
      set.adding(to: ["diagnose", "torch"], of: "diagnose torch", at: 1)
        == ["diagnose", "--python", "/p", "torch"])
  }

  @Test func aWrongKeyOfACommandIsNamedWithItsPlace() throws {
    let wrong = try configuration("[keys]\nquit = \"x\"\nhelp = [\"F2\", \"x\"]\n")
    #expect(
      throws: ConfigurationError(
        "'x' is already the key of quit.", in: "config.toml", at: TextPlace(line: 3, column: 8))
    ) {
      try wrong.keyMap()
    }
    let unknown = try configuration("[keys]\n\"qiut\" = \"x\"\n")
    #expect(
      throws: ConfigurationError(
        "There is no command 'qiut'; did you mean 'quit'?", in: "config.toml",
        at: TextPlace(line: 2, column: 1))
    ) { try unknown.keyMap() }
  }

  @Test func theFileIsInTheFolderThatTheEnvironmentNames() {
    #expect(
      ConfigurationFile.path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/tapedeck/config.toml")
    #expect(ConfigurationFile.path(["HOME": "/h"]) == "/h/.config/tapedeck/config.toml")
    // What is not an absolute path is not to be used.
    #expect(
      ConfigurationFile.path(["XDG_CONFIG_HOME": "c", "HOME": "/h"]) == "/h/.config/tapedeck/config.toml")
    #expect(ConfigurationFile.path([:]) == nil)
  }

  @Test func aFileThatCannotBeReadIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try ConfigurationFile.onDisk(folder.appending(path: "none").path) == nil)
    #expect(throws: ConfigurationError.self) { try ConfigurationFile.onDisk(folder.path) }
    let file = folder.appending(path: "bytes")
    try Data([0x61, 0xff, 0x0a]).write(to: file)
    #expect(throws: ConfigurationError.self) { try ConfigurationFile.onDisk(file.path) }
    try Data(repeating: 0x0a, count: (1 << 20) + 1).write(to: file)
    #expect(throws: ConfigurationError.self) { try ConfigurationFile.onDisk(file.path) }
    try Data().write(to: file)
    #expect(try ConfigurationFile.onDisk(file.path)?.entries.isEmpty == true)
  }
}

@Suite struct CommandHistoryTests {
  @Test func linesAreKeptFromSessionToSession() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let state = StateFolder(["XDG_STATE_HOME": folder.path])
    var first = CommandHistory(state)
    #expect(first.lines.isEmpty)
    first.keep([])
    first.keep(["goto 3"])
    // Another session meanwhile.
    var second = CommandHistory(state)
    second.keep(second.lines + ["pace 10"])
    first.keep(["goto 3", "lr 0.1"])
    #expect(CommandHistory(state).lines == ["goto 3", "pace 10", "lr 0.1"])
    first.keep(["goto 3", "lr 0.1"])
    #expect(CommandHistory(state).lines.count == 3)
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "tapedeck"), withIntermediateDirectories: true)
    let pipe = folder.appending(path: "tapedeck/layout").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(StateFolder(["XDG_STATE_HOME": folder.path])?.read("layout") == nil)
    #expect(throws: ConfigurationError.self) { _ = try ConfigurationFile.onDisk(pipe) }
  }

  @Test func onlyTheLastLinesAreKept() {
    let folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let state = StateFolder(["XDG_STATE_HOME": folder.path])
    state?.write((1...600).map { "goto \($0)" }.joined(separator: "\n"), "commands")
    var history = CommandHistory(state)
    #expect(history.lines.count == 500)
    history.keep(history.lines.suffix(499) + ["pace 1"])
    #expect(CommandHistory(state).lines.count == 500)
    #expect(CommandHistory(state).lines.last == "pace 1")
    #expect(CommandHistory(state).lines.first == "goto 102")
  }

  @Test func nothingIsKeptWithoutAFolder() {
    var history = CommandHistory(nil)
    history.keep(["quit"])
    #expect(CommandHistory(nil).lines.isEmpty)
  }
}
