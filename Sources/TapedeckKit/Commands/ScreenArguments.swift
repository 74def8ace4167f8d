import ArgumentParser
import Foundation
import Localization

/// The options of every command that shows a run on the screen.
package struct ScreenArguments: ParsableArguments {
  /// How many frames a second can be asked for.
  static let frameRates = 1...240

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: .localized("Use only ASCII characters on the screen."))
  package var ascii = false

  @Option(
    help: .localized("The layout to begin with, as :layout has it."),
    completion: .custom { _, _, _ in ScreenPreferences.layouts })
  var layout: String?

  @Option(
    parsing: .unconditional,
    help: .localized("The maximum number of frames per second, 30 by default; keys are answered at once."),
    transform: OptionValue.wholeNumber)
  var frameRate = 30

  @OptionGroup var look: ThemeOption

  package init() {}

  package func validate() throws {
    guard ScreenArguments.frameRates.contains(frameRate) else {
      throw ValidationError(
        localized("--frame-rate expects a whole number from 1 to 240, but got \(frameRate)."))
    }
    guard let layout else { return }
    let names = ScreenPreferences.layouts
    guard names.contains(layout) else {
      throw ValidationError(
        localized("--layout expects one of \(names.joined(separator: ", ")), but got \(layout)."))
    }
  }

  /// What they choose, with the keys of the configuration.
  package func preferences(in program: Program) -> ScreenPreferences {
    var preferences = ScreenPreferences()
    preferences.framesPerSecond = frameRate
    preferences.theme = look.theme
    preferences.layout = layout
    preferences.keys = program.keys
    preferences.diagnosis = program.diagnosis
    preferences.memory = StateFolder(ProcessInfo.processInfo.environment)
    return preferences
  }
}
