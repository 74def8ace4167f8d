import ArgumentParser
import Foundation
import Localization
import TapedeckKit

/// `tapedeck guide`: the teaching texts as text or JSON.
struct PrintGuide: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "guide", abstract: localized("Print the guide: NumPy, PyTorch and what happens here."),
      discussion: ExperimentExamples.discussion(
        localized(
          "The parts are \(Guide.parts.joined(separator: ", ")). Without one their names are printed."),
        examples: ["guide operations", "guide questions --lang es", "guide code --json"]))
  }

  @Argument(help: .localized("The part to print."), completion: .list(Guide.parts))
  var part: String?

  @OptionGroup var language: LanguageOption

  @Flag(help: .localized("Print one JSON value."))
  var json = false

  func validate() throws {
    guard let part, !Guide.parts.contains(part) else { return }
    throw ValidationError(
      localized("'\(part)' is no part of the guide; there are \(Guide.parts.joined(separator: ", "))."))
  }

  func run() throws {
    let guide = Guide()
    try StandardOutput.printLine(json ? guide.json(part) : guide.text(part))
  }
}
