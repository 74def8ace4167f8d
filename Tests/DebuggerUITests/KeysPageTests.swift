import DebuggerUI
import Foundation
import Testing
import Trace

/// The page of keys and commands in the documentation says what the table of commands says.
struct KeysPageTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/TapedeckKit/TapedeckKit.docc/Keys.md")

  /// Where `TAPEDECK_WRITE_KEYS` is set, a page that is stale or missing is written again. The test still fails that time, so that somebody
  /// looks at the page.
  @Test func thePageIsUpToDate() throws {
    let expected = KeysPage.text
    guard (try? String(contentsOf: Self.file, encoding: .utf8)) != expected else { return }
    guard ProcessInfo.processInfo.environment["TAPEDECK_WRITE_KEYS"] != nil else {
      Issue.record(
        "Keys.md is out of date. To write it again: TAPEDECK_WRITE_KEYS=1 swift test --filter KeysPageTests")
      return
    }
    try expected.write(to: Self.file, atomically: true, encoding: .utf8)
    Issue.record("Keys.md has been written: look at it, then run the test again without TAPEDECK_WRITE_KEYS")
  }
}

/// All keys and commands as a page of the documentation.
private enum KeysPage {
  static var text: String {
    """
    # Keys and commands

    Every key of the debugger, and the command that does the same when it is typed after `:`.

    ## Overview

    This page is generated from `CommandTable`; the test `KeysPageTests` fails where it is out of date and says how to
    write it again. In the debugger, `?` shows the same list. A command may be shortened to any unambiguous beginning.

    The last column names the `RunCapability` that a command needs. Where a run lacks it (a recording cannot be changed,
    for example) its key is dim and says why when it is pressed.

    """ + CommandTable.standard.groups.filter { !$0.rows.isEmpty }.map(section).joined()
  }

  private static func section(_ group: CommandTable.Group) -> String {
    "\n### \(group.heading)\n\n| Keys | Command | What it does | Needs |\n|---|---|---|---|\n"
      + group.rows.map(row).joined()
  }

  private static func row(_ row: CommandRow) -> String {
    let cells = [code(row.label), code(row.typed), cell(row.help), code(row.needs?.rawValue ?? "")]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }

  /// Text in a table's cell, where a bar would end the cell.
  private static func cell(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }

  private static func code(_ text: String) -> String { text.isEmpty ? "" : "`\(cell(text))`" }
}
