import Foundation
import TestSupport
import Testing

/// The program without a terminal.
struct HeadlessTests {
  private struct Epoch: Codable, Equatable {
    var epoch: Int
    var iteration: Int
    var loss: Double
    var trainAccuracy: Double
    var validationAccuracy: Double
    var seconds: Double
  }

  private struct Done: Codable {
    var done: Bool
    var epochs: Int
    var iterations: Int
    var trainAccuracy: Double
    var validationAccuracy: Double
    var seconds: Double
  }

  private func train(_ options: String...) throws -> BuiltProgram.Outcome {
    try BuiltProgram.run(["train", "--epochs", "3"] + options)
  }

  @Test func aPipeGetsALineAnEpochAndOneAtTheEnd() throws {
    let outcome = try train()
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    #expect(outcome.lines.count == 4)
    for (index, line) in outcome.lines.prefix(3).enumerated() {
      let pattern =
        #"^epoch \#(index + 1)/3  step \#((index + 1) * 24)  loss \d\.\d+  validation loss \d\.\d+"#
        + #"  training accuracy \d\.\d{3}  validation accuracy \d\.\d{3}  \d+\.\d\d s$"#
      #expect(line.range(of: pattern, options: .regularExpression) != nil, "\(line)")
    }
    let last =
      #"^done: 3 epochs, 72 steps, loss \d\.\d+, validation loss \d\.\d+, training accuracy \d\.\d{3}, "#
      + #"validation accuracy \d\.\d{3}, \d+\.\d\d s$"#
    #expect(outcome.lines.last?.range(of: last, options: .regularExpression) != nil)
    #expect(!outcome.output.contains("\u{1b}"))
  }

  @Test func headlessIsTheSameAsAPipe() throws {
    #expect(try withoutSeconds(train("--headless").output) == withoutSeconds(train().output))
  }

  @Test func theProgramWithoutArgumentsTrains() throws {
    let outcome = try BuiltProgram.run([])
    #expect(outcome.code == 0)
    #expect(outcome.lines.count == 21)
    #expect(outcome.lines.last?.hasPrefix("done: 20 epochs, 480 steps, ") == true)
  }

  @Test func everyLineOfJSONIsAnObjectWithItsMembers() throws {
    let outcome = try train("--json")
    #expect(outcome.code == 0)
    let lines = outcome.lines.map { Data($0.utf8) }
    let epochs = try lines.dropLast().map { try JSONDecoder().decode(Epoch.self, from: $0) }
    #expect(epochs.map(\.epoch) == [1, 2, 3])
    #expect(epochs.map(\.iteration) == [24, 48, 72])
    #expect(epochs[2].loss < epochs[0].loss)
    let done = try JSONDecoder().decode(Done.self, from: try #require(lines.last))
    #expect(done.done && done.epochs == 3 && done.iterations == 72)
    #expect(done.trainAccuracy == epochs[2].trainAccuracy)
    #expect(done.validationAccuracy == epochs[2].validationAccuracy)
    #expect(done.seconds >= epochs[2].seconds)
  }

  @Test func theMembersOfAnObjectStandInTheirOrder() throws {
    let lines = try train("--json").lines
    let names = [
      "epoch", "iteration", "loss", "validationLoss", "trainAccuracy", "validationAccuracy", "seconds",
    ]
    #expect(members(lines[0]) == names)
    #expect(
      members(lines[3])
        == [
          "done", "epochs", "iterations", "loss", "validationLoss", "trainAccuracy", "validationAccuracy",
          "seconds",
        ])
  }

  @Test(arguments: ["--headless", "--json"])
  func theSameSeedGivesTheSameBytesButForSeconds(form: String) throws {
    #expect(try withoutSeconds(train(form).output) == withoutSeconds(train(form).output))
    #expect(try withoutSeconds(train(form).output) != withoutSeconds(train(form, "--seed", "43").output))
  }

  @Test func optionsChangeTheRun() throws {
    let usual = try withoutSeconds(train("--json").output)
    for options in [
      ["--lr", "0.05"], ["--momentum", "0"], ["--batch", "50"], ["--layers", "64,32,32,10"],
    ] {
      let outcome = try BuiltProgram.run(["train", "--epochs", "3", "--json"] + options)
      #expect(outcome.code == 0)
      #expect(withoutSeconds(outcome.output) != usual, "\(options)")
    }
  }

  private func members(_ line: String) -> [String] {
    line.matches(of: /"(\w+)":/).map { String($0.1) }
  }

  private func withoutSeconds(_ text: String) -> String {
    text.replacing(/"seconds":[0-9.]+/, with: "").replacing(/[0-9.]+ s\n/, with: "\n")
  }
}
