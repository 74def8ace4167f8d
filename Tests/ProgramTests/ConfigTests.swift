import Foundation
import TestSupport
import Testing

/// The configuration file, as every command uses it.
struct ConfigTests {
  /// Runs the program with a configuration.
  private func run(
    _ arguments: String..., config: String, environment: [String: String] = [:]
  ) throws -> (outcome: BuiltProgram.Outcome, path: String) {
    try run(arguments, config: config, environment: environment)
  }

  private func run(
    _ arguments: [String], config: String, environment: [String: String] = [:]
  ) throws -> (outcome: BuiltProgram.Outcome, path: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "tapedeck/config.toml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(config.utf8).write(to: file)
    let outcome = try BuiltProgram.run(
      arguments, environment: environment.merging(["XDG_CONFIG_HOME": folder.path]) { one, _ in one })
    return (outcome, file.path)
  }

  @Test func theSettingsOfTrainAreUsed() throws {
    let config = "[train]\ndata = \"spiral\"\nepochs = 1\n"
    let outcome = try run("train", "--headless", config: config).outcome
    #expect(outcome.lines.first?.hasPrefix("epoch 1/1") == true)
    let given = try run("train", "--headless", "--epochs", "2", config: config).outcome
    #expect(given.lines.first?.hasPrefix("epoch 1/2") == true)
    let plain = try run("--headless", config: config).outcome
    #expect(plain.output.isEmpty == false && plain.lines.first?.hasPrefix("epoch 1/1") == true)
    let variable = try run(
      "train", "--headless", config: config, environment: ["TAPEDECK_TRAIN_EPOCHS": "3"]
    ).outcome
    #expect(variable.lines.first?.hasPrefix("epoch 1/3") == true)
  }

  @Test func diagnoseUsesTheSettingsOfWhatItLooksAt() throws {
    let config = "[train]\ndata = \"none.csv\"\n[torch]\npython = \"/none/python\"\n"
    #expect(try run("diagnose", config: config).outcome.errors.contains("none.csv"))
    #expect(try run("diagnose", "torch", "a.py", config: config).outcome.errors.contains("/none/python"))
    // A recording has its own data.
    let recording = try run("diagnose", "none.tapedeck", config: config).outcome
    #expect(recording.errors.contains("none.tapedeck"))
    #expect(!recording.errors.contains("none.csv"))
  }

  @Test func theLanguageOfTheFileGoesBeforeTheLocale() throws {
    let config = "language = \"es\"\n[train]\nepochs = 1\n"
    #expect(try run("--headless", config: config).outcome.lines.first?.hasPrefix("época") == true)
    #expect(
      try run("--headless", "--lang", "en", config: config).outcome.lines.first?.hasPrefix("epoch") == true)
    #expect(try run("train", "--help", config: config).outcome.output.contains("RESUMEN"))
  }

  @Test func aMistakeIsOneSentenceWithItsPlace() throws {
    let (outcome, path) = try run("train", "--headless", config: "\nframe-rate = \"fast\"\n")
    #expect(outcome.code == 64)
    #expect(
      outcome.errors
        == "tapedeck: \(path):2:14: frame-rate expects a whole number from 1 to 240, but got \"fast\". "
        + "See 'tapedeck config --example'.\n")
    #expect(outcome.output.isEmpty)
    let key = try run("info", "none.tapedeck", config: "[keys]\nqiut = \"x\"\n")
    #expect(key.outcome.code == 64)
    #expect(key.outcome.errors.contains(":2:1: There is no command 'qiut'; did you mean 'quit'?"))
  }

  @Test func helpAndTheExampleDoNotNeedTheFile() throws {
    for arguments in [["--help"], ["config", "--path"], ["config", "--example"], ["--version"]] {
      let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appending(path: "tapedeck/config.toml")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("= =\n".utf8).write(to: file)
      let outcome = try BuiltProgram.run(arguments, environment: ["XDG_CONFIG_HOME": folder.path])
      #expect(outcome.code == 0, "\(arguments)")
      #expect(outcome.errors.isEmpty, "\(arguments)")
    }
  }

  @Test func aSettingThatDoesNotFitAnOptionIsTracedToItsLine() throws {
    let (outcome, path) = try run(
      "train", "--headless", "--data", "mnist", config: "[train]\nmomentum = 0.9\n")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("--momentum is from line 2 of \(path)."))
  }

  @Test func configPrintsWhatIsInForceAndWhereItIsFrom() throws {
    let config = "frame-rate = 10\n[keys]\nquit = [\"Q\"]\n"
    let outcome = try run("config", config: config, environment: ["TAPEDECK_ASCII": "yes"]).outcome
    #expect(outcome.code == 0)
    func line(_ start: String) -> String? { outcome.lines.first { $0.hasPrefix(start) } }
    #expect(line("frame-rate = 10")?.hasSuffix("# line 1") == true)
    #expect(line("ascii = true")?.hasSuffix("# TAPEDECK_ASCII") == true)
    #expect(line("quit = [\"Q\"]")?.hasSuffix("# line 3") == true)
    #expect(line("seed = 42")?.hasSuffix("# default") == true)
    let json = try run("config", "--json", config: config).outcome.output
    #expect(json.contains(#""key":"frame-rate","line":1,"source":"file","value":10"#))
  }

  @Test func everyOptionThatASettingStandsForIsThere() throws {
    let example = try run("config", "--example", config: "").outcome.lines
    let all = example.map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? String($0.dropFirst()) : $0 }
      .filter { !$0.hasPrefix("data-dir") && !$0.hasPrefix("python") && !$0.hasPrefix("momentum") }
    let config = all.joined(separator: "\n")
    let commands = [
      "train", "inspect", "graph", "replay f", "watch f", "torch f.py", "learn", "diff f g",
    ]
    for command in commands {
      var words = command.split(separator: " ").map(String.init)
      words.insert("--no-such-option", at: 1)
      let outcome = try run(words, config: config).outcome
      #expect(outcome.errors.contains("Unknown option '--no-such-option'"), "\(command): \(outcome.errors)")
    }
  }

  @Test func keysOfTheFileAreThoseOfTheScreen() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "config-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "tapedeck/config.toml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("[keys]\nnext-node = \"x\"\nquit = \"Q\"\n".utf8).write(to: file)
    let screen = try TmuxScreen(columns: 120, rows: 40)
    defer { screen.close() }
    try screen.enter("XDG_CONFIG_HOME=\(folder.path) $tapedeck train --paused --no-welcome")
    let first = try screen.wait(for: "the run on the screen") { Deck.place($0) != nil }
    try screen.press("x")
    try screen.wait(for: "the next node") { Deck.place($0) != nil && Deck.place($0) != Deck.place(first) }
    try screen.press("Q")
    // Nothing would be lost, so it is not asked.
    try screen.wait(for: "the shell") {
      $0.contains { $0.hasPrefix("ready>") } && !$0[0].contains("TAPEDECK")
    }
  }
}
