import Localization

/// The command that saves the screen, or one pane, as a picture.
enum PictureCommands {
  static var rows: [CommandRow] {
    [
      .key(
        "S", name: "save",
        help: localized("save the screen, or the pane in use, as a picture: .svg, .html, .ans or .txt"),
        hint: localized("picture")
      ) {
        $0.save()
      }
      .taking(
        localized("[pane] [FILE]"), panes, example: "pane node.svg", read)
    ]
  }

  /// What Tab offers: which pane; then comes the name of a file.
  private static let panes = ArgumentKind { typed, _ in
    guard !typed.contains(where: { !$0.isWhitespace }) || typed.last?.isWhitespace == false,
      typed.split(separator: " ").count < 2
    else { return [] }
    return (["pane"] + PaneTable.ids.map(\.name)).map { Completion.Candidate(text: $0, ending: " ") }
  }

  /// `FILE`, `pane`, `pane FILE`, or a pane by its name in place of `pane`.
  private static func read(_ arguments: CommandArguments, _: DebuggerState) throws(ConsoleError)
    -> CommandAction
  {
    let first = arguments.words[0].text
    let rest = arguments.text.dropFirst(first.count).drop { $0.isWhitespace }
    let named = PaneTable.ids.first { $0.name == first.lowercased() }
    guard first.lowercased() == "pane" || named != nil else {
      let file = arguments.text
      return { $0.save(file: file) }
    }
    let file = rest.isEmpty ? nil : String(rest)
    return { $0.save(named ?? $0.pane, file: file) }
  }
}
