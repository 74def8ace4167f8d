import ArgumentParser
import Foundation
import Lessons
import Localization
import TapedeckKit

/// `tapedeck learn`: a small run that waits at its first node, with the course open.
struct Learn: ProgramCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: localized("Learn on a small run what a framework does for you, in eleven steps."),
      discussion: ExperimentExamples.discussion(
        localized(
          "The course is taken up where it was left. Each step is a short text and something to do on the deck."
        ),
        examples: ["learn", "learn --lang es --from 5", "learn --list"]))
  }

  @Option(
    name: .customLong("from"), help: .localized("The step to begin with, from 1."),
    transform: OptionValue.wholeNumber)
  var from: Int?

  @Flag(help: .localized("Print the steps, and which are done."))
  var list = false

  @OptionGroup var language: LanguageOption

  @OptionGroup var screen: ScreenArguments

  func validate() throws {
    let count = Lessons.current.course.count
    guard from.map((1...count).contains) ?? true else {
      throw ValidationError(localized("--from expects a step from 1 to \(count), but got \(from ?? 0)."))
    }
  }

  func run(in program: Program) throws {
    let memory = StateFolder(ProcessInfo.processInfo.environment)
    guard !list else { return try printList(memory) }
    var settings = TrainSettings(data: .digits)
    settings.epochs = 20
    var options = Tapedeck.Options()
    options.isPaused = true
    // Slow enough to see each step.
    options.pace = 10
    options.isASCIIOnly = screen.ascii
    options.screen = screen.preferences(in: program)
    options.teaching.memory = memory
    options.teaching.opensCourse = true
    options.teaching.courseStep = from
    let code = try Tapedeck.learn(options) { [settings] in try settings.makeExperiment() }
    if code != 0 { throw ExitCode(code) }
  }

  private func printList(_ memory: StateFolder?) throws {
    let last = Lessons.current.course.count - 1
    let reached = max(0, min(from.map { $0 - 1 } ?? memory?.read("course").flatMap { Int($0) } ?? 0, last))
    for (place, step) in Lessons.current.course.enumerated() {
      try StandardOutput.printLine(
        "\(place < reached ? "✓" : place == reached ? "▶" : " ") \(place < 9 ? " " : "")\(place + 1)  \(step.title)"
      )
    }
  }
}
