import ArgumentParser
import Localization
import TerminalUI

/// The option that chooses the colours of the screen.
package struct ThemeOption: ParsableArguments {
  @Option(
    help: .localized(
      """
      The colours of the screen: \(ThemeOption.names), or auto for those that fit the background of the terminal, which \
      is the default.
      """),
    completion: .list(Theme.names + [Theme.automatic]), transform: ThemeOption.name)
  package var theme: String?

  package init() {}

  private static var names: String { Theme.names.joined(separator: ", ") }

  @Sendable private static func name(_ text: String) throws -> String {
    let names = Theme.names + [Theme.automatic]
    guard names.contains(text) else {
      throw ValidationError(Localization.localized("expected one of \(names.joined(separator: ", "))."))
    }
    return text
  }
}
