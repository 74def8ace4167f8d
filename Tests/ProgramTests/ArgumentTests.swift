import Foundation
import TestSupport
import Testing

/// What the program says to its arguments.
struct ArgumentTests {
  /// Arguments that cannot be, and the sentence about them.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let sentence: String

    init(_ arguments: String..., sentence: String) {
      self.arguments = arguments
      self.sentence = sentence
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let unreadable = [
    unreadable("--layers", "64,x,10", "whole numbers separated by commas, such as 64,128,10"),
    unreadable("--layers", "64,,10", "whole numbers separated by commas, such as 64,128,10"),
    unreadable("--optimizer", "adagrad", "one of sgd, adam, adamw, rmsprop"),
    unreadable("--lr", "fast", "a number, such as 0.1"),
    unreadable("--momentum", "much", "a number, such as 0.1"),
    unreadable("--weight-decay", "no", "a number, such as 0.1"),
    unreadable("--pace", "slow", "a number, such as 0.1"),
    unreadable("--batch", "1.5", "a whole number"),
    unreadable("--epochs", "many", "a whole number"),
    unreadable("--seed", "-1", "a whole number from 0 to 18446744073709551615"),
    unreadable("--seed", "18446744073709551616", "a whole number from 0 to 18446744073709551615"),
    unreadable(
      "--data", "letters",
      """
      one of digits, mnist, fashion-mnist, kmnist, qmnist, emnist-letters, emnist-balanced, emnist-digits, \
      emnist-byclass, emnist-bymerge, emnist-mnist, xor, spiral, moons, circles, a table FILE.csv, or a text file of another name, \
      - for standard input or a pair X.npy,Y.npy or FILE.npz
      """),
  ]

  static let outOfRange = [
    outOfRange("--layers", "64", "at least two sizes from 1 to 65536, such as 64,128,10"),
    outOfRange("--layers", "64,0,10", "at least two sizes from 1 to 65536, such as 64,128,10"),
    outOfRange("--layers", "63,10", "64 first and 10 last for digits: 64 inputs and 10 classes"),
    outOfRange("--lr", "0", "a number above 0, such as 0.1", "0.0"),
    outOfRange("--lr", "-1", "a number above 0, such as 0.1", "-1.0"),
    outOfRange("--lr", "nan", "a number above 0, such as 0.1"),
    outOfRange("--lr", "inf", "a number above 0, such as 0.1"),
    outOfRange("--momentum", "1", "a number from 0 to below 1", "1.0"),
    outOfRange("--momentum", "-0.5", "a number from 0 to below 1"),
    outOfRange("--weight-decay", "-1", "a number of at least 0", "-1.0"),
    outOfRange("--batch", "0", "a whole number from 1 to 1000000000"),
    outOfRange("--epochs", "0", "a whole number from 1 to 1000000"),
    outOfRange("--epochs", "-3", "a whole number from 1 to 1000000"),
    outOfRange("--pace", "-1", "a number of at least 0", "-1.0"),
    outOfRange("--pace", "nan", "a number of at least 0"),
  ]

  private static func unreadable(_ option: String, _ text: String, _ expected: String) -> Wrong {
    Wrong(
      option, text,
      sentence:
        "The value '\(text)' is invalid for '\(option) <\(option.dropFirst(2))>': expected \(expected).")
  }

  private static func outOfRange(
    _ option: String, _ text: String, _ expected: String, _ got: String? = nil
  ) -> Wrong {
    Wrong(option, text, sentence: "\(option) expects \(expected), but got \(got ?? text).")
  }

  @Test(arguments: unreadable + outOfRange)
  func aWrongValueGetsOneSentence(_ wrong: Wrong) throws {
    for arguments in [["train"] + wrong.arguments, wrong.arguments, ["train", "--json"] + wrong.arguments] {
      let outcome = try BuiltProgram.run(arguments)
      #expect(outcome.code == 64)
      #expect(outcome.output == "")
      #expect(outcome.errors == "tapedeck: \(wrong.sentence) See 'tapedeck train --help'.\n")
    }
  }

  @Test(arguments: [
    ["--nonsense"], ["train", "--lr"], ["train", "digits"], ["train", "-x"],
  ])
  func argumentsThatDoNotExistGetOneLine(arguments: [String]) throws {
    let outcome = try BuiltProgram.run(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("tapedeck: "))
    #expect(outcome.errors.hasSuffix("See 'tapedeck train --help'.\n"))
    #expect(outcome.errors.count { $0 == "\n" } == 1)
  }

  @Test func aCommandThatDoesNotExistGetsTheNearest() throws {
    let near = try BuiltProgram.run(["repaly", "run.tapedeck"])
    #expect(near.code == 64)
    #expect(
      near.errors
        == "tapedeck: There is no command 'repaly'; the nearest is 'replay'. See 'tapedeck --help'.\n")
    let far = try BuiltProgram.run(["frobnicate"])
    #expect(far.code == 64)
    #expect(
      far.errors
        == "tapedeck: There is no command 'frobnicate'; there are train, torch, replay, watch, info, repair, diff, "
        + "runs, export, inspect, graph, diagnose, learn, guide, verify, bench, config. See 'tapedeck --help'.\n"
    )
  }

  @Test(arguments: [["--headless"], ["--json", "--record"]])
  func aBreakpointAtNoNodeGetsTheNearestName(options: [String]) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).tapedeck").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let options = options.last == "--record" ? options + [file] : options
    let outcome = try BuiltProgram.run(["train", "--break", "fc1.rel"] + options)
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(
      outcome.errors
        == "tapedeck: breakpoint 1, fc1.rel: this run has no node fc1.rel; the nearest name is fc1.relu. "
        + "See 'tapedeck train --help'.\n")
  }

  @Test func theHelpNamesEveryOption() throws {
    let outcome = try BuiltProgram.run(["train", "--help"])
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    for option in [
      "--data", "--data-dir", "--download", "--layers", "--optimizer", "--lr", "--momentum", "--weight-decay",
      "--batch", "--epochs", "--seed", "--pace", "--paused", "--headless", "--json", "--ascii",
      "--theme",
    ] {
      #expect(outcome.output.contains("\n  \(option)"), "\(option)")
    }
  }

  @Test func theProgramsHelpHasExamples() throws {
    let outcome = try BuiltProgram.run(["--help"])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("EXAMPLES"))
    #expect(outcome.output.contains("tapedeck train --headless --json"))
  }

  @Test func theVersionIsOneLine() throws {
    let outcome = try BuiltProgram.run(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output == "0.1.0\n")
    #expect(outcome.errors == "")
  }
}
