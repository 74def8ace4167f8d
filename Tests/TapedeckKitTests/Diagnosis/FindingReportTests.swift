import Diagnosis
import Foundation
import TapedeckKit
import Testing
import Trace

/// Findings as a program prints them.
struct FindingReportTests {
  private static let dead = Finding(
    rule: "dead-relu", subject: "fc1.relu", severity: .warning, what: "96 of 128 units of fc1.relu are dead",
    evidence: ["for 2048 samples they were active less than one time in twenty"],
    cause: "A unit that is 0 passes no gradient.", remedy: ["Lower the learning rate."],
    location: "train me.py:3", position: .end(of: 120), view: .value)

  private static let twice = Finding(
    rule: "softmax-twice", severity: .error, what: "softmax is applied twice", cause: "Gradients are small.",
    remedy: [], position: .end(of: 1))

  /// A folder with a script in it, and what `body` makes of both.
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "findings-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = "import torch\n\nx = relu(y)\nz = relu(x)  # tapedeck: mute dead-relu\n"
    try text.write(toFile: "\(folder)/train me.py", atomically: true, encoding: .utf8)
    return try body(folder)
  }

  private func object(_ json: JSON) throws -> [String: Any] {
    let text = json.text(sortsKeys: false)
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: Muting

  @Test func aFindingIsShownOnceAndWhatIsMutedIsCounted() {
    var list = FindingList(muted: ["softmax-twice"])
    #expect(list.add([FindingReportTests.dead, FindingReportTests.twice]).map(\.rule) == ["dead-relu"])
    #expect(list.add([FindingReportTests.dead]).isEmpty)
    #expect(list.shown.count == 1 && list.mutedCount == 1)
  }

  @Test func aCommentInTheFileMutes() throws {
    try withFolder { folder in
      var list = FindingList(folder: folder)
      var there = FindingReportTests.dead
      there.location = "train me.py:4"
      #expect(list.add([there]).isEmpty)
      #expect(list.mutedCount == 1)
      #expect(list.add([FindingReportTests.twice]).count == 1)
    }
  }

  @Test func aCommentThatMutesNothingIsToldOnce() throws {
    try withFolder { folder in
      let text = "x = relu(y)  # tapedeck: mute: dead-rely\nz = 1  # tapedeck: mute\n"
      try text.write(toFile: "\(folder)/train me.py", atomically: true, encoding: .utf8)
      var list = FindingList(folder: folder)
      var there = FindingReportTests.dead
      there.location = "train me.py:1"
      #expect(list.add([there]).count == 1)
      #expect(
        list.takeWarnings() == [
          "train me.py:1: the comment mutes nothing: expected # tapedeck: mute dead-relu.",
          "train me.py:2: the comment mutes nothing: expected # tapedeck: mute and a rule that tapedeck diagnose --rules lists.",
        ])
      #expect(list.takeWarnings().isEmpty)
    }
  }

  @Test(arguments: ["/etc/passwd:1", "/proc/kmsg:1", "notes.txt:1"])
  func onlySourceIsRead(location: String) throws {
    try withFolder { folder in
      try "secret".write(toFile: "\(folder)/notes.txt", atomically: true, encoding: .utf8)
      var list = FindingList(folder: folder)
      var other = FindingReportTests.dead
      other.location = location
      #expect(list.path(of: other) == nil)
    }
  }

  // MARK: SARIF

  @Test func aLogNamesRulesAndResultsAtTheirLines() throws {
    try withFolder { folder in
      var list = FindingList(folder: folder)
      list.add([FindingReportTests.dead, FindingReportTests.twice])
      let log = try object(SARIF(list, folder: folder).json)
      #expect(log["version"] as? String == "2.1.0")
      let run = try #require((log["runs"] as? [[String: Any]])?.first)
      let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
      let rules = try #require(driver["rules"] as? [[String: Any]])
      #expect(rules.compactMap { $0["id"] as? String } == Rule.all.map(\.name))
      #expect(rules.allSatisfy { $0["shortDescription"] is [String: Any] })
      let results = try #require(run["results"] as? [[String: Any]])
      #expect(results.compactMap { $0["level"] as? String } == ["error", "warning"])
      let dead = results[1]
      let index = try #require(dead["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == dead["ruleId"] as? String)
      let place = try #require((dead["locations"] as? [[String: Any]])?.first)
      let physical = try #require(place["physicalLocation"] as? [String: [String: Any]])
      #expect(physical["artifactLocation"]?["uri"] as? String == "train%20me.py")
      #expect(physical["region"]?["startLine"] as? Int == 3)
      let message = try #require((dead["message"] as? [String: String])?["text"])
      #expect(message.hasPrefix("96 of 128 units of fc1.relu are dead. For 2048 samples"))
      // Of the whole run there is no line.
      #expect((results[0]["locations"] as? [Any])?.isEmpty == true)
    }
  }

  // MARK: JSON

  @Test func theObjectHasTheDocumentedKeys() throws {
    var list = FindingList(muted: ["softmax-twice"])
    list.add([FindingReportTests.dead, FindingReportTests.twice])
    let log = try object(
      FindingsJSON(list, in: Self.looked(50, epoch: 2), muted: ["softmax-twice"]).json)
    #expect(Set(log.keys) == ["findings", "muted", "rules", "steps", "epochs"])
    #expect(log["steps"] as? Int == 50 && log["epochs"] as? Int == 2)
    #expect(log["muted"] as? Int == 1)
    #expect(log["rules"] as? Int == Rule.all.count - 1)
    let finding = try #require((log["findings"] as? [[String: Any]])?.first)
    #expect(finding["file"] as? String == "train me.py" && finding["line"] as? Int == 3)
    #expect(finding["severity"] as? String == "warning" && finding["step"] as? Int == 120)
    #expect(
      Set(finding.keys).isSuperset(of: [
        "rule", "subject", "what", "evidence", "cause", "remedy", "phase", "view",
      ]))
  }

  // MARK: Text

  /// Steps, with an epoch that ended with one of them, the last if none is given.
  private static func looked(_ steps: Int, epoch: Int? = nil, endedAt end: Int? = nil) -> LookedAt {
    var looked = LookedAt()
    looked.steps = steps
    guard let epoch else { return looked }
    looked.end([
      EpochResult(
        epoch: epoch, step: end ?? steps, loss: 1, validationLoss: nil, trainAccuracy: nil,
        validationAccuracy: nil, seconds: 1)
    ])
    return looked
  }

  @Test(arguments: [
    (1, 300), (24, 13), (100, 3), (667, 3), (938, 3), (1_000, 2), (1_999, 2), (2_000, 1), (80_000, 1),
  ])
  func threeEpochsWith300StepsAreEnoughOr2000Steps(stepsPerEpoch: Int, epochs: Int) {
    #expect(LookedAt.enough(stepsPerEpoch: stepsPerEpoch) == epochs)
    #expect(Self.looked(stepsPerEpoch * epochs, epoch: epochs).isEnough)
    #expect(epochs == 1 || !Self.looked(stepsPerEpoch * (epochs - 1), epoch: epochs - 1).isEnough)
    #expect(!LookedAt().isEnough)
  }

  @Test func theTextEndsWithWhatWasLookedAt() {
    let none = FindingList()
    var cut = Self.looked(50, epoch: 1)
    cut.isCutShort = true
    for (looked, words) in [
      (LookedAt(), "Nothing was found."), (Self.looked(1), "Nothing was found in 1 step."),
      (Self.looked(4_690, epoch: 5), "Nothing was found in 4 690 steps (5 epochs)."),
      (Self.looked(60, epoch: 1, endedAt: 50), "Nothing was found in 60 steps."),
      (cut, "Nothing was found in 50 steps (1 epoch). --epochs N looks further."),
    ] {
      #expect(FindingsText(none, in: looked).summary == words)
    }
    var list = FindingList(muted: ["softmax-twice"])
    list.add([FindingReportTests.dead, FindingReportTests.twice])
    #expect(
      FindingsText(list, in: cut).summary
        == "1 finding in 50 steps (1 epoch). 1 muted. --epochs N looks further.")
    #expect(FindingsText(list, in: LookedAt()).summary == "1 finding. 1 muted.")
    list = FindingList()
    list.add([FindingReportTests.dead, FindingReportTests.twice])
    #expect(FindingsText(list, in: Self.looked(7)).summary == "2 findings in 7 steps.")
  }

  // MARK: Settings

  @Test func optionsSetThresholdsAndMuteRules() throws {
    var settings = Diagnosis.Settings()
    try DiagnosisSettings.add("dead-relu.share=0.6", to: &settings)
    try DiagnosisSettings.mute("dead-relu,softmax-twice", in: &settings)
    #expect(
      settings
        == Diagnosis.Settings(muted: ["dead-relu", "softmax-twice"], thresholds: ["dead-relu.share": 0.6]))
  }

  @Test(arguments: [
    (
      "dead-relu.shore=0.6",
      "--threshold expects a threshold such as dead-relu.share, but got dead-relu.shore."
    ),
    (
      "dead-relu.share",
      "--threshold expects a threshold and a number, such as dead-relu.share=0.6, but got dead-relu.share."
    ),
    (
      "dead-relu.share=half",
      "--threshold expects a threshold and a number, such as dead-relu.share=0.6, but got dead-relu.share=half."
    ),
  ])
  func aWrongThresholdIsNamed(text: String, sentence: String) {
    var settings = Diagnosis.Settings()
    let error = #expect(throws: SettingsError.self) { try DiagnosisSettings.add(text, to: &settings) }
    #expect(error?.description == sentence)
  }

  @Test func aWrongRuleIsNamed() {
    var settings = Diagnosis.Settings()
    let error = #expect(throws: SettingsError.self) { try DiagnosisSettings.mute("dead-rely", in: &settings) }
    #expect(error?.description == "--mute expects a rule such as dead-relu, but got dead-rely.")
    let none = #expect(throws: SettingsError.self) { try DiagnosisSettings.mute(",", in: &settings) }
    #expect(none?.description == "--mute expects a rule that tapedeck diagnose --rules lists, but got ,.")
  }
}
