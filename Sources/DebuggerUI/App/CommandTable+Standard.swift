extension CommandTable {
  /// The commands of the debugger.
  package static let standard = CommandTable(
    [
      Group(heading: "Running and stepping", rows: TransportCommands.rows),
      Group(heading: "Breakpoints", rows: BreakpointCommands.rows),
      Group(heading: "Asking and changing", rows: NodePane.questions + ChangeCommands.rows),
      Group(heading: "Panes", rows: ScreenCommands.panes + ChoiceCommands.rows + ScreenCommands.zoom),
      Group(
        heading: "Looking closer",
        rows: PaneTable.panes.flatMap { $0.commands }.filter { $0.pane == nil }),
    ]
      + PaneTable.panes.map { pane in
        Group(
          heading: "In the \(pane.id.title.lowercased()) pane",
          rows: pane.commands.filter { $0.pane == pane.id })
      }
      + [Group(heading: "Program", rows: CourseCommands.rows + ScreenCommands.program)])
}
