import ArgumentParser
import Configuration
import Datasets
import DebuggerUI
import Export
import Foundation
import Localization
import PyTorch
import Recording
import Trace
import Training

/// The program whose arguments are read: `tapedeck`, or one of the user's own.
package struct Program: Sendable {
  /// Makes the experiment of a program of the user's own; nil for `tapedeck`.
  package var make: (@Sendable () throws -> Experiment)?
  /// What the user has set.
  package private(set) var configuration = Configuration()
  /// The keys that the user has chosen for commands of the screen.
  package private(set) var keys = KeyMap()

  /// A program; one of the user's own gives its experiment.
  package init(_ make: (@Sendable () throws -> Experiment)? = nil) { self.make = make }

  /// The name under which the program was started.
  package static let name = URL(filePath: CommandLine.arguments.first ?? "tapedeck").lastPathComponent

  /// Reads the arguments, does what they ask for, and ends the process.
  ///
  /// What goes wrong is one sentence on standard error and an exit code: 64 for a wrong argument, otherwise 1.
  package func run(_ root: any ParsableCommand.Type, _ arguments: [String]) -> Never {
    Language(environment: ProcessInfo.processInfo.environment).use()
    var program = self
    do {
      // Before anything is said, also by the help.
      try Program.checkText()
      let marked = TorchArguments.marked(arguments)
      let own = try LanguageOption.taken(from: marked)
      try program.configure(for: own, choosesLanguage: own.count == marked.count)
      try Program.checkName(in: own, root)
      var command = try root.parseAsRoot(program.configured(own, root))
      if let command = command as? any ProgramCommand {
        try command.run(in: program)
      } else {
        try command.run()
      }
      Foundation.exit(0)
    } catch {
      program.end(root, error, arguments)
    }
  }

  /// Reads what the user has set, in the language that is set.
  ///
  /// - Throws: ``ConfigurationError``, unless the arguments ask for what needs no settings.
  private mutating func configure(for arguments: [String], choosesLanguage: Bool) throws {
    let environment = ProcessInfo.processInfo.environment
    do {
      let configuration = try Configuration.read(environment, choosesLanguage: choosesLanguage)
      (keys, self.configuration) = (try configuration.keyMap(), configuration)
    } catch {
      guard Program.areAboutItself(arguments) || ConfigCommand.needsNoFile(arguments) else { throw error }
    }
  }

  /// The arguments with the options that are set before the user's own.
  private func configured(_ arguments: [String], _ root: any ParsableCommand.Type) -> [String] {
    guard !Program.areAboutItself(arguments) else { return arguments }
    let named = arguments.first.flatMap { Program.names(of: root).contains($0) ? $0 : nil }
    // The settings of an experiment are those of tapedeck's own networks.
    let settings = make == nil ? configuration : configuration.without(table: "train")
    let parsed = (try? root.parseAsRoot(arguments)) as? any ProgramCommand
    return settings.adding(
      to: arguments, of: parsed?.settingsName ?? named ?? "train", at: named == nil ? 0 : 1)
  }

  /// Whether arguments ask for help, the version or a completion script.
  private static func areAboutItself(_ arguments: [String]) -> Bool {
    arguments.first == "help"
      || arguments.prefix { $0 != "--" }.contains {
        ["--help", "-h", "--version", "--experimental-dump-help"].contains($0)
          || $0.hasPrefix("--generate-completion-script") || $0 == "---completion"
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

  private func end(_ root: any ParsableCommand.Type, _ error: any Error, _ arguments: [String])
    -> Never
  {
    // Help and version arrive as errors; a wrong argument gets one sentence, without the usage.
    let isArgument =
      error is SettingsError || error is InspectionError || error is ExportError || error is CommandNameError
      || error is ArgumentBytesError || error is UnknownNodeError || error is LanguageError
      || error is ConfigurationError || (error as? ProbeError)?.isArgument == true
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
    // A sentence may quote the text of a file, and the name of one may have more than one line.
    let text = ParserWords.message(root.message(for: error))
    let isOneLine =
      error is RecordingError || error is DatasetError || error is ExportError || error is ReplayError
    let message =
      Program.sentence(ofSystem: error)
      ?? (isOneLine ? text.withVisibleControls : text.withVisibleControlsInLines)
    let sentence = [".", "?"].contains(message.last) ? message : message + "."
    let names = Program.names(of: root)
    let called = error is CommandNameError ? nil : arguments.first { names.contains($0) } ?? "train"
    let help =
      error is ConfigurationError
      ? "tapedeck config --example"
      : ([Program.name] + [called].compactMap { $0 } + ["--help"]).joined(separator: " ")
    let hint =
      code == .validationFailure ? "\(origin(of: sentence, arguments)) " + localized("See '\(help)'.") : ""
    // Where not even standard error can be written to, the code alone says it.
    try? StandardOutput.complain("\(Program.name): \(sentence)\(hint)")
    Foundation.exit(code.rawValue)
  }

  /// Where an option that a sentence names is from, if it was not given; with a space before it.
  private func origin(of sentence: String, _ arguments: [String]) -> String {
    guard let setting = configuration.origin(ofOptionIn: sentence, notIn: arguments),
      let option = setting.key.option
    else { return "" }
    switch setting.source {
    case .environment(let variable): return " " + localized("\(option) is from the variable \(variable).")
    case .file(let place):
      return " " + localized("\(option) is from line \(place.line) of \(configuration.path ?? "").")
    case .standard: return ""
    }
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
    names(of: root.configuration.subcommands)
  }

  private static func names(of commands: [any ParsableCommand.Type]) -> [String] {
    commands.map { $0.configuration.commandName ?? "\($0)".lowercased() }
  }

  /// Checks that a first word is the name of a command.
  private static func checkName(in arguments: [String], _ root: any ParsableCommand.Type) throws {
    guard let word = arguments.first, !word.hasPrefix("-"), !word.isEmpty else { return }
    let known = names(of: root)
    guard !(known + ["help"]).contains(word) else { return }
    let shown = root.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    throw CommandNameError(name: word, known: names(of: shown))
  }
}

/// A command that may need what a program of the user's own gives.
package protocol ProgramCommand: ParsableCommand {
  /// Does what the command is for.
  func run(in program: Program) throws

  /// Which of the settings hold, where that depends on the arguments; nil for those of the command's name.
  var settingsName: String? { get }
}

extension ProgramCommand {
  /// The settings of the command's name hold, whatever its arguments.
  package var settingsName: String? { nil }
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
