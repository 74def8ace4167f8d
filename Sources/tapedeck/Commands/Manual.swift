import ArgumentParser
import Foundation
import Localization
import TapedeckKit

/// `tapedeck manual`: the manual pages, for whoever installs the program.
struct Manual: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: localized("Write the manual pages of all commands into a folder."), shouldDisplay: false)
  }

  @Argument(help: .localized("The folder, such as share/man/man1."), completion: .directory)
  var folder: String

  @OptionGroup var language: LanguageOption

  func run() throws {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for page in try ManualPage.pages(of: TapedeckCommand.self) {
      try Data(page.text.utf8).write(to: folder.appending(path: page.file))
    }
  }
}
