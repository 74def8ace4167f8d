import Configuration
import Testing

/// A few keys as `tapedeck` has them.
private let keys = [
  SettingKey(
    "", "theme", .word(of: ["dark", "light"]), help: "", standard: .string("dark"), option: "--theme",
    commands: ["train", "replay"]),
  SettingKey(
    "", "ascii", .flag, help: "", standard: .flag(false), option: "--ascii", commands: ["train"]),
  SettingKey(
    "", "frame-rate", .wholeNumber(in: 1...240), help: "", standard: .integer(30), option: "--frame-rate",
    commands: ["train"]),
  SettingKey(
    "train", "lr", .number("a number above 0", where: { $0 > 0 }), help: "", option: "--lr",
    commands: ["train"], givesWay: ["--optimizer"]),
  SettingKey(
    "train", "layers", .wholeNumbers("sizes", where: { $0.count > 1 }), help: "", option: "--layers",
    commands: ["train"]),
  SettingKey("diagnosis", "mute", .words(of: ["dead-relu", "late"], "names of rules"), help: ""),
  SettingKey("diagnosis.thresholds", "dead-relu.share", .number("a number", where: { $0 < 9 }), help: ""),
]

private func configuration(
  _ text: String, _ environment: [String: String] = [:]
) throws -> Configuration {
  try Configuration(
    keys, file: ConfigurationFile(path: "config.toml", text: text), environment: environment)
}

private func problem(_ text: String, _ environment: [String: String] = [:]) -> String {
  do {
    _ = try configuration(text, environment)
    return "none"
  } catch {
    return "\(error)"
  }
}

@Suite struct ConfigurationTests {
  @Test func aFileWithoutKeysChangesNothing() throws {
    let settings = try configuration("# nothing\n\n[train]\n").settings
    #expect(settings.allSatisfy { $0.source == .standard && $0.argument == nil })
    #expect(settings.first?.value == .string("dark"))
  }

  @Test func theEnvironmentComesBeforeTheFileAndTheFileBeforeTheUsualValue() throws {
    let text = "theme = \"light\"\nframe-rate = 60\n"
    let settings = try configuration(text, ["TAPEDECK_THEME": "dark"])
    #expect(settings.text("theme") == "dark")
    #expect(settings.setting("theme")?.source == .environment("TAPEDECK_THEME"))
    #expect(settings.text("frame-rate") == "60")
    #expect(settings.setting("frame-rate")?.source == .file(TextPlace(line: 2, column: 1)))
    #expect(settings.setting("ascii")?.source == .standard)
  }

  @Test func anUnknownKeyIsNamedWithItsPlaceAndTheNearest() {
    #expect(
      problem("\n  thme = \"dark\"")
        == "config.toml:2:3: There is no key 'thme'; did you mean 'theme'?")
    #expect(
      problem("[train]\nlearning = 1")
        == "config.toml:2:1: There is no key 'train.learning'; there are lr, layers.")
    #expect(problem("[tran]\nlr = 1") == "config.toml:2:1: There is no table [tran]; did you mean [train]?")
    #expect(problem("lr = 1") == "config.toml:1:1: 'lr' belongs in the table [train].")
    #expect(
      problem("[train]\ntheme = \"dark\"")
        == "config.toml:2:1: 'theme' belongs above all tables, not in [train].")
  }

  @Test func aWrongValueIsNamedWithItsPlaceAndWhatIsExpected() {
    #expect(
      problem("theme = \"drak\"")
        == "config.toml:1:9: theme expects one of \"dark\", \"light\", but got \"drak\"; did you mean 'dark'?"
    )
    #expect(
      problem("frame-rate = 0")
        == "config.toml:1:14: frame-rate expects a whole number from 1 to 240, but got 0.")
    #expect(
      problem("frame-rate = \"fast\"")
        == "config.toml:1:14: frame-rate expects a whole number from 1 to 240, but got \"fast\".")
    #expect(problem("ascii = 1") == "config.toml:1:9: ascii expects true or false, but got 1.")
    #expect(
      problem("[train]\nlr = -0.1") == "config.toml:2:6: train.lr expects a number above 0, but got -0.1.")
    #expect(problem("[train.lr]\nx = 1").hasPrefix("config.toml:2:1: "))
    #expect(problem("theme = 2026-11-29") != "none")
    #expect(problem("[[train]]\nlr = 1") != "none")
  }

  @Test func aWrongVariableIsNamed() {
    #expect(
      problem("", ["TAPEDECK_FRAME_RATE": "fast"])
        == "TAPEDECK_FRAME_RATE expects a whole number from 1 to 240, but got fast.")
  }

  @Test func whatIsNotTOMLIsNamedWithItsPlace() {
    let sentence = problem("theme = \"dark\"\nframe-rate = = 3\n")
    #expect(sentence.hasPrefix("config.toml:2:14: This is not TOML: "))
    #expect(problem("theme = \"dark\"\ntheme = \"light\"").hasPrefix("config.toml:2:"))
    // Each name of a dotted key is a call deeper for the parser.
    let deep = Array(repeating: "a", count: 200_000).joined(separator: ".")
    #expect(problem("\n[\(deep)]\nx = 1").hasPrefix("config.toml:2:1: This is not TOML: a key of more than"))
  }

  @Test func theKeysOfCommandsAreRead() throws {
    let choices = try configuration(
      """
      [keys]
      next-node = "n"
      "goto 300" = ["F5", "ctrl-g"]
      quit = []
      """
    ).keyChoices
    #expect(choices.map(\.command) == ["next-node", "goto 300", "quit"])
    #expect(choices.map(\.keys) == [["n"], ["F5", "ctrl-g"], []])
    #expect(choices[1].keysPlace == TextPlace(line: 3, column: 14))
    #expect(
      problem("[keys]\nquit = 3")
        == "config.toml:2:8: keys.quit expects a key, such as \"ctrl-n\", or a list of keys, but got 3.")
  }

  @Test func optionsAreSetBeforeTheUsersOwn() throws {
    let settings = try configuration(
      """
      theme = "light"
      ascii = true
      [train]
      lr = 0.5
      layers = [64, 10]
      """)
    #expect(
      settings.adding(to: ["--lr", "1"], of: "train", at: 0)
        == ["--theme", "light", "--ascii", "--lr", "0.5", "--layers", "64,10", "--lr", "1"])
    #expect(
      settings.adding(to: ["replay", "a"], of: "replay", at: 1) == ["replay", "--theme", "light", "a"])
    #expect(settings.adding(to: ["info", "a"], of: "info", at: 1) == ["info", "a"])
    let other = settings.adding(to: ["train", "--optimizer=adam"], of: "train", at: 1)
    #expect(!other.contains("--lr"))
    let origin = settings.origin(ofOptionIn: "--lr expects a number.", notIn: ["train"])
    #expect(origin?.source == .file(TextPlace(line: 4, column: 1)))
    #expect(settings.origin(ofOptionIn: "--lr expects a number.", notIn: ["--lr", "1"]) == nil)
  }

  @Test func placesAreFoundBehindTextsListsAndInlineTables() throws {
    let text = #"""
      # theme = "no"
      keys = { "quit" = "x", help = "y" }

      theme = """
      lighter""" # two lines
      """#
    #expect(problem(text).hasPrefix("config.toml:4:9: theme expects"))
    let choices = try configuration("keys = { quit = \"x\" }").keyChoices
    #expect(choices.map(\.command) == ["quit"])
    let list = "[train]\nlayers = [\n  64, # in ] \n  10,\n]\nlr = \"]\"\n"
    #expect(problem(list).hasPrefix("config.toml:6:6: "))
    #expect(problem("'theme' = 1").hasPrefix("config.toml:1:11: "))
    #expect(problem("train.lr = -1").hasPrefix("config.toml:1:12: "))
  }

  @Test(arguments: ["a", "a b", "\"q\"", "\\", "tab\t", "línea\n", "\u{7f}"])
  func aQuotedTextIsReadAgain(text: String) throws {
    let file = try ConfigurationFile(path: "", text: "\(TOMLLiteral.key(text)) = \(TOMLLiteral.quoted(text))")
    #expect(file.entries.first?.path == [text])
    #expect(file.entries.first?.value == .string(text))
  }
}

/// Settings of the diagnosis, which are in a table in a table.
@Suite struct DiagnosisConfigurationTests {
  @Test func aThresholdIsWrittenInQuotesOrAsADottedKey() throws {
    for key in ["\"dead-relu.share\"", "dead-relu.share"] {
      let settings = try configuration("[diagnosis.thresholds]\n\(key) = 0.6\n")
      #expect(settings.text("diagnosis.thresholds.dead-relu.share") == "0.6", "\(key)")
    }
    #expect(try configuration("[diagnosis.thresholds]\n").settings.allSatisfy { $0.source == .standard })
  }

  @Test func rulesAreMutedByAList() throws {
    let text = "[diagnosis]\nmute = [\"dead-relu\", \"late\"]\n"
    #expect(try configuration(text).text("diagnosis.mute") == "dead-relu,late")
    let variable = ["TAPEDECK_DIAGNOSIS_MUTE": "late"]
    #expect(try configuration(text, variable).text("diagnosis.mute") == "late")
    let threshold = ["TAPEDECK_DIAGNOSIS_THRESHOLDS_DEAD_RELU_SHARE": "2"]
    #expect(try configuration("", threshold).text("diagnosis.thresholds.dead-relu.share") == "2.0")
  }

  @Test func anUnknownRuleIsNamedWithItsPlaceAndTheNearest() {
    #expect(
      problem("[diagnosis]\nmute = [\"dead-rely\"]")
        == "config.toml:2:8: diagnosis.mute expects names of rules, but got [\"dead-rely\"]; did you mean 'dead-relu'?"
    )
    #expect(
      problem("[diagnosis.thresholds]\n\"dead-rely.share\" = 1")
        == "config.toml:2:1: There is no key 'dead-rely.share' in [diagnosis.thresholds]; did you mean 'dead-relu.share'?"
    )
    #expect(
      problem("[diagnosis.thresholds]\nother = 1")
        == "config.toml:2:1: There is no key 'other' in [diagnosis.thresholds]; tapedeck config lists them."
    )
    #expect(
      problem("[diagnosis.thresholds]\n\"dead-relu.share\" = \"much\"")
        == "config.toml:2:21: diagnosis.thresholds.dead-relu.share expects a number, but got \"much\".")
  }
}
