import ArgumentParser
import Foundation
import Localization

/// The manual page of a command, made from what its help says.
package struct ManualPage {
  /// Its file, `tapedeck-train.1`.
  package var file: String { names.joined(separator: "-") + ".1" }

  private let command: ManualCommand
  /// The names of the commands that it belongs to, and its own.
  private let names: [String]

  /// The pages of a program: its own, and one for each command.
  ///
  /// - Throws: what decoding throws, if the argument parser describes commands otherwise.
  package static func pages(of root: any ParsableCommand.Type) throws -> [ManualPage] {
    let tool = try JSONDecoder().decode(ManualTool.self, from: Data(root._dumpHelp().utf8))
    let program = tool.command.commandName
    let commands = (tool.command.subcommands ?? []).filter {
      $0.shouldDisplay != false && $0.commandName != "help"
    }
    return [ManualPage(command: tool.command, names: [program])]
      + commands.map { ManualPage(command: $0, names: [program, $0.commandName]) }
  }

  /// The page in the language of `man`.
  package var text: String {
    let title = names.joined(separator: "-")
    var lines = [
      #".TH "\#(Roff.text(title.uppercased()))" 1 "" "tapedeck" "\#(Roff.text(localized("User commands")))""#,
      ".SH \(localized("NAME"))",
      "\(Roff.option(title)) \\- \(Roff.text(command.abstract ?? ""))",
      ".SH \(localized("SYNOPSIS"))",
    ]
    lines += synopsis
    lines += [".SH \(localized("DESCRIPTION"))"] + description
    if names.count == 1 { lines += commands }
    for section in sections where !section.options.isEmpty {
      lines.append(".SH \(Roff.text(section.title.uppercased()))")
      lines += section.options.flatMap(ManualPage.lines)
    }
    if names.count == 1 { lines += files }
    lines += [".SH \(localized("EXIT STATUS"))", Roff.text(exitStatus)]
    return (lines + seeAlso).joined(separator: "\n") + "\n"
  }

  private var options: [ManualArgument] { (command.arguments ?? []).filter { $0.shouldDisplay != false } }

  private var synopsis: [String] {
    let positional = options.filter { $0.kind == "positional" }.map { argument in
      let name = "\\fI\(Roff.option(argument.valueName ?? ""))\\fR"
      return argument.isOptional == true ? "[\(name)]" : name
    }
    let hasCommands = names.count == 1 ? ["[\\fI\(Roff.text(localized("command")))\\fR]"] : []
    let words = hasCommands + ["[\\fI\(Roff.text(localized("options")))\\fR]"] + positional
    return ["\\fB\(Roff.option(names.joined(separator: " ")))\\fR \(words.joined(separator: " "))"]
  }

  /// The discussion: paragraphs, and what stands under a heading in capitals as it is.
  private var description: [String] {
    guard let discussion = command.discussion, !discussion.isEmpty else {
      return [Roff.text(command.abstract ?? "")]
    }
    func isHeading(_ line: Substring) -> Bool { !line.isEmpty && line.allSatisfy(\.isUppercase) }
    let first = discussion.prefix { $0 != "\n" }
    var (lines, isPlain) = (isHeading(first) ? [Roff.text(command.abstract ?? "")] : [], true)
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if isHeading(line) {
        if !isPlain { lines.append(".fi") }
        lines += [".SS \(Roff.text(String(line)))", ".nf"]
        isPlain = false
      } else if line.isEmpty {
        if !isPlain { lines.append(".fi") }
        lines.append(".PP")
        isPlain = true
      } else {
        lines.append(Roff.text(String(line)))
      }
    }
    return isPlain ? lines : lines + [".fi"]
  }

  private var commands: [String] {
    let shown = (command.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    return [".SH \(localized("COMMANDS"))"]
      + shown.flatMap {
        [".TP", "\\fB\(Roff.option($0.commandName))\\fR", Roff.text($0.abstract ?? "")]
      }
  }

  private var sections: [(title: String, options: [ManualArgument])] {
    let titles = options.reduce(into: [String]()) { titles, option in
      let title = option.sectionTitle ?? ""
      if !titles.contains(title) { titles.append(title) }
    }
    let own = options.filter { $0.kind == "positional" }
    let named = titles.filter { !$0.isEmpty } + [""]
    return [(localized("Arguments"), own)]
      + named.map { title in
        (
          title.isEmpty ? localized("Options") : title,
          options.filter { $0.kind != "positional" && ($0.sectionTitle ?? "") == title }
        )
      }
  }

  private static func lines(_ option: ManualArgument) -> [String] {
    let value = "\\fI\(Roff.option(option.valueName ?? ""))\\fR"
    let names = (option.names ?? []).map { name in
      "\\fB\(Roff.option((name.kind == "long" ? "--" : "-") + name.name))\\fR"
    }
    let head =
      option.kind == "positional"
      ? value : names.joined(separator: ", ") + (option.kind == "option" ? " \(value)" : "")
    let standard = option.defaultValue.map { " (\(localized("default")): \($0))" } ?? ""
    let text = ParserWords.help((option.abstract ?? "") + standard)
    return [".TP", head] + text.split(separator: "\n").map { Roff.text(String($0)) }
  }

  private var files: [String] {
    func entry(_ name: String, _ text: String) -> [String] { [".TP", Roff.option(name), Roff.text(text)] }
    return [".SH \(localized("FILES"))"]
      + entry(
        "~/.config/tapedeck/config.toml",
        localized("Settings; tapedeck config --example prints such a file with all of them."))
      + entry(
        "~/.local/state/tapedeck/",
        localized("The lines of the command line, the layout and the place in the course."))
      + [".SH \(localized("ENVIRONMENT"))"]
      + entry(
        "TAPEDECK_…",
        localized(
          "A setting of the file by its name in capitals, such as TAPEDECK_TRAIN_LR for lr in [train]."))
      + entry(
        "XDG_CONFIG_HOME, XDG_STATE_HOME",
        localized("Where these files are, in place of ~/.config and ~/.local/state."))
      + entry("NO_COLOR", localized("No colours on the screen."))
      + entry("LC_ALL, LC_MESSAGES, LANG", localized("The language, English or Spanish, and the characters."))
  }

  private var exitStatus: String {
    localized(
      "0 where all went well, 64 for a wrong argument or setting, otherwise 1 or what the description says.")
  }

  private var seeAlso: [String] {
    guard names.count > 1 else { return [] }
    return [".SH \(localized("SEE ALSO"))", "\\fB\(names[0])\\fR(1)"]
  }
}

/// Texts in the language of `man`.
private enum Roff {
  /// A text whose signs mean themselves.
  static func text(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }

  /// The same, with hyphens that are typed as they are.
  static func option(_ text: String) -> String { Roff.text(text).replacing("-", with: "\\-") }
}

/// What the argument parser says of a program.
private struct ManualTool: Decodable {
  let command: ManualCommand
}

/// What it says of a command.
private struct ManualCommand: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let arguments: [ManualArgument]?
  let subcommands: [ManualCommand]?
}

/// What it says of an argument.
private struct ManualArgument: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String
  }

  let kind: String
  let abstract: String?
  let defaultValue: String?
  let isOptional: Bool?
  let names: [Name]?
  let sectionTitle: String?
  let shouldDisplay: Bool?
  let valueName: String?
}
