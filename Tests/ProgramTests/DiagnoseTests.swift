import Foundation
import TestSupport
import Testing

/// `tapedeck diagnose` as the program has it: what it prints, and its exit codes.
struct DiagnoseTests {
  private static let network = [
    "diagnose", "--steps", "40", "--layers", "64,32,10", "--threads", "1",
  ]

  @Test func theRulesAreListedWithTheirThresholds() throws {
    let outcome = try BuiltProgram.run(["diagnose", "--rules", "--threshold", "dead-relu.share=0.6"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("units of a ReLU that are never active"))
    #expect(outcome.output.contains("share 0.6"))
    #expect(!outcome.output.contains("\u{1b}"))
  }

  @Test func aSoundRunHasNoFindingAndTheExitCodeIsZero() throws {
    let outcome = try BuiltProgram.run(DiagnoseTests.network)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output == "Nothing was found in 40 steps.\n")
  }

  @Test func itSaysHowManyEpochsItHasLookedAt() throws {
    let outcome = try BuiltProgram.run(["diagnose", "--layers", "64,32,10", "--threads", "1"])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output == "Nothing was found in 312 steps (13 epochs). --epochs N looks further.\n")
  }

  @Test func whatIsFoundIsPrintedAndTheExitCodeIsFour() throws {
    let faulty = DiagnoseTests.network + ["--init", "zeros"]
    let text = try BuiltProgram.run(faulty)
    #expect(text.code == 4)
    #expect(text.output.contains("warning  dead-relu"))
    let json = try BuiltProgram.run(faulty + ["--json"])
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["findings"] as? [Any])?.isEmpty == false && json.code == 4)
    #expect(object["steps"] as? Int == 40 && object["epochs"] as? Int == 1)
    let sarif = try BuiltProgram.run(faulty + ["--sarif"])
    #expect(sarif.output.hasPrefix(#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json""#))
    let muted = try BuiltProgram.run(faulty + ["--mute", "dead-relu"])
    #expect(muted.code == 0)
    #expect(muted.output.contains("muted."))
  }

  @Test func aTinyLearningRateIsToldWithTheOptionThatMendsIt() throws {
    let outcome = try BuiltProgram.run(DiagnoseTests.network + ["--lr", "1e-7"])
    #expect(outcome.code == 4)
    #expect(outcome.output.contains("warning  small-updates"))
    #expect(outcome.output.contains("--lr 0.01"))
  }

  @Test(arguments: [
    ["--json", "--sarif"], ["--steps", "0"], ["torch"], ["a.tapedeck", "b.tapedeck"], ["--rules", "--sarif"],
    ["--mute", "nothing"], ["--mute", ","], ["--threshold", "dead-relu"],
  ])
  func aWrongArgumentIsOneSentence(arguments: [String]) throws {
    let outcome = try BuiltProgram.run(["diagnose"] + arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func aFileThatIsNotThereIsNamed() throws {
    let outcome = try BuiltProgram.run(["diagnose", "/nowhere/run.tapedeck"])
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("/nowhere/run.tapedeck"))
  }
}
