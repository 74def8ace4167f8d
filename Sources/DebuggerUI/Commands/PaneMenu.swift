import Localization

/// What can be done with a thing, before it is known which of it the run can do.
struct PaneMenu {
  /// The name of the thing.
  var title = ""
  /// What can be done, in words, and the command that does it; one that there is not is left out.
  var entries: [(text: String, command: String)] = []

  /// What can be done with a pane.
  static func ofPane(isZoomed: Bool) -> PaneMenu {
    PaneMenu(entries: [
      (isZoomed ? localized("show all panes") : localized("zoom this pane"), "zoom"),
      (localized("close this pane"), "close-pane"),
      (localized("all keys"), "help"),
    ])
  }

  /// What can be done with the run.
  static var ofRun: PaneMenu {
    PaneMenu(
      title: localized("Run"),
      entries: [
        (localized("run, or pause"), "play"), (localized("next node"), "next-node"),
        (localized("next step"), "next-step"), (localized("go to a step…"), "goto"),
        (localized("mark this moment"), "mark"), (localized("write a note…"), "type note"),
        (localized("record…"), "record"), (localized("change the learning rate…"), "type lr"),
        (localized("train more epochs…"), "type epochs"), (localized("quit"), "quit"),
      ])
  }

  /// What can be done with a node, whichever pane shows it.
  static func ofNode(_ name: String) -> PaneMenu {
    PaneMenu(
      title: name,
      entries: [
        (localized("breakpoint here, or none"), "break-here"), (localized("run to here"), "run-to"),
        (localized("find the cause"), "why"), (localized("another view"), "view"),
        (localized("copy its name, shape and statistics"), "copy node"),
        (localized("copy its numbers as a table"), "copy table"),
      ])
  }
}
