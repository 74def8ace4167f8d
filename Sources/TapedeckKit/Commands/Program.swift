import ArgumentParser
import Export
import Foundation
import Localization
import PyTorch
import Trace
import Training

/// The program whose arguments are read: `tapedeck`, or one of the user's own.
package struct Program: Sendable {
  /// Makes the experiment of a program of the user's own; nil for `tapedeck`.
  package var make: (@Sendable () throws -> Experiment)?

  /// A program; one of the user's own gives its experiment.
  package init(_ make: (@Sendable () throws -> Experiment)? = nil) { self.make = make }

  /// The name under which the program was started.
  package static let name = URL(filePath: CommandLine.arguments.first ?? "tapedeck").lastPathComponent

  /// Reads the arguments, does what they ask for, and ends the process.
  ///
  /// What goes wrong is one sentence on standard error and an exit code: 64 for a wrong argument, otherwise 1.
  package func run(_ root: any ParsableCommand.Type, _ arguments: [String]) -> Never {
    Language(environment: ProcessInfo.processInfo.environment).use()
    do {
      // Before anything is said, also by the help.
      try Program.checkText()
      let arguments = try LanguageOption.taken(from: TorchArguments.marked(arguments))
      try Program.checkName(in: arguments, root)
      var command = try root.parseAsRoot(arguments)
      if let command = command as? any ProgramCommand {
        try command.run(in: self)
      } else {
        try command.run()
      }
      Foundation.exit(0)
    } catch {
      Program.end(root, error, arguments)
    }
  }

  /// Checks that the arguments of this process are text: Swift would put other characters into a name that is none, and a
  /// file of another name would be read or written.
  ///
  /// - Throws: ``ArgumentBytesError`` for the first that is not.
  private static func checkText() throws {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[place] else { continue }
      if String(validatingCString: bytes) == nil {
        throw ArgumentBytesError(place: place, shown: String(cString: bytes))
      }
    }
  }

  private static func end(_ root: any ParsableCommand.Type, _ error: any Error, _ arguments: [String])
    -> Never
  {
    // Help and version arrive as errors; a wrong argument gets one sentence, without the usage.
    let isArgument =
      error is SettingsError || error is InspectionError || error is ExportError || error is CommandNameError
      || error is ArgumentBytesError || error is UnknownNodeError || error is LanguageError
      || (error as? ProbeError)?.isArgument == true
    let code: ExitCode = isArgument ? .validationFailure : root.exitCode(for: error)
    if error is ExitCode { root.exit(withError: error) }
    if let stopped = error as? StoppedBySignal {
      _ = try? Tapedeck.complain("\(stopped)", code: stopped.code)
      Foundation.exit(stopped.code)
    }
    if code.isSuccess {
      do { try StandardOutput.printLine(ParserWords.help(root.fullMessage(for: error))) } catch {
        _ = try? Tapedeck.complain("\(error)", code: 1)
        Foundation.exit(1)
      }
      Foundation.exit(code.rawValue)
    }
    // A sentence may quote the text of a file.
    let message =
      Program.sentence(ofSystem: error)
      ?? ParserWords.message(root.message(for: error)).withVisibleControlsInLines
    let sentence = [".", "?"].contains(message.last) ? message : message + "."
    let names = names(of: root)
    let called = error is CommandNameError ? nil : arguments.first { names.contains($0) } ?? "train"
    let help = ([name] + [called].compactMap { $0 } + ["--help"]).joined(separator: " ")
    let hint = code == .validationFailure ? " " + localized("See '\(help)'.") : ""
    // Where not even standard error can be written to, the code alone says it.
    try? StandardOutput.complain("\(name): \(sentence)\(hint)")
    Foundation.exit(code.rawValue)
  }

  /// What a failure of Foundation's says in the system's words; nil for another error.
  private static func sentence(ofSystem error: any Error) -> String? {
    guard let error = error as? CocoaError else { return nil }
    let path = error.filePath ?? error.url?.path ?? localized("a file")
    let reason = (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
    return localized(
      "The system cannot read or write \(path.withVisibleControls): \(reason ?? error.localizedDescription)")
  }

  private static func names(of root: any ParsableCommand.Type) -> [String] {
    root.configuration.subcommands.map { $0.configuration.commandName ?? "\($0)".lowercased() }
  }

  /// Checks that a first word is the name of a command.
  private static func checkName(in arguments: [String], _ root: any ParsableCommand.Type) throws {
    guard let word = arguments.first, !word.hasPrefix("-"), !word.isEmpty else { return }
    let known = names(of: root)
    guard !(known + ["help"]).contains(word) else { return }
    throw CommandNameError(name: word, known: known)
  }
}

/// A command that may need what a program of the user's own gives.
package protocol ProgramCommand: ParsableCommand {
  /// Does what the command is for.
  func run(in program: Program) throws
}

/// An argument has bytes that are no text.
private struct ArgumentBytesError: Error, CustomStringConvertible {
  let place: Int
  let shown: String

  var description: String {
    localized(
      "Argument \(place) expects text in UTF-8, but got other bytes: '\(shown)'. Rename the file, or change to its folder."
    )
  }
}

/// The first word of the arguments is no command.
private struct CommandNameError: Error, CustomStringConvertible {
  let name: String
  let known: [String]

  var description: String {
    let near = NearestNames.names(to: name, among: known, limit: 1).first
    return near.map { localized("There is no command '\(name)'; the nearest is '\($0)'.") }
      ?? localized("There is no command '\(name)'; there are \(known.joined(separator: ", ")).")
  }
}
