import Localization

extension CommandTable {
  /// The commands of the debugger.
  package static var standard: CommandTable { tables.current }

  private static let tables = InEachLanguage { CommandTable(groups) }

  private static var groups: [Group] {
    [
      Group(heading: localized("Running and stepping"), rows: TransportCommands.rows),
      Group(heading: localized("Breakpoints"), rows: BreakpointCommands.rows),
      Group(
        heading: localized("Asking and changing"),
        rows: NodePane.questions + ModelTestCommands.rows + ChangeCommands.rows + EpochCommand.rows
          + TypeCommand.rows
          + CopyCommands.rows),
      Group(
        heading: localized("Panes"), rows: ScreenCommands.panes + ChoiceCommands.rows + ScreenCommands.zoom),
      Group(heading: localized("Layout"), rows: LayoutCommands.rows),
      Group(
        heading: localized("Looking closer"),
        rows: PaneTable.panes.flatMap { $0.commands }.filter { $0.pane == nil }),
    ]
      + PaneTable.panes.map { pane in
        Group(
          heading: localized("In the \(pane.id.title.lowercased()) pane"),
          rows: pane.commands.filter { $0.pane == pane.id })
      }
      + [
        Group(
          heading: localized("Program"),
          rows: CourseCommands.rows + [ThemeCommand.row] + PictureCommands.rows + ScreenCommands.program
            + MouseCommands.rows + CaptionCommand.rows)
      ]
  }
}
