import Foundation
import Glibc

/// A shell in a real terminal: a tmux server of its own, ended with ``close()``.
///
/// The shell is dash, which leaves the terminal's modes as the last program left them.
package final class TmuxScreen {
  /// What went wrong.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let socket = "tapedeck-\(UUID().uuidString)"
  /// A folder for the test's files, removed at the end.
  package let folder: URL

  /// A screen of that size with a shell that waits for a command.
  package init(columns: Int, rows: Int, environment: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: socket)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let variables = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path(), "LC_ALL": "C.UTF-8", "PS1": "ready> ",
      "TERM": "tmux-256color", "SWIFT_BACKTRACE": "interactive=no,enable=no",
      "tapedeck": BuiltProgram.url.path(),
    ].merging(environment) { $1 }
    let shell = ["env", "-i"] + variables.map { "\($0)=\($1)" } + ["dash", "-i"]
    try tmux(
      ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + shell + [
        ";", "set-option", "-g", "status", "off", ";", "set-option", "-g", "window-size", "manual",
      ])
    try resize(columns: columns, rows: rows)
    try wait(for: "the shell") { $0.contains { $0.hasPrefix("ready>") } }
  }

  /// Ends the server and everything in it.
  package func close() {
    _ = try? tmux(["kill-server"])
    // A server that is killed leaves its socket's file.
    try? FileManager.default.removeItem(atPath: "/tmp/tmux-\(getuid())/\(socket)")
    try? FileManager.default.removeItem(at: folder)
  }

  /// Types a command line and Enter.
  package func enter(_ command: String) throws {
    try tmux(["send-keys", "-l", command])
    try press("Enter")
  }

  /// Presses keys by tmux' names: `q`, `Space`, `Up`.
  package func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Gives the window another size.
  package func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The rows of the screen.
  package func rows() throws -> [String] {
    try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What tmux knows of the terminal, as in `#{cursor_flag}`.
  package func value(_ format: String) throws -> String {
    try tmux(["display-message", "-p", format]).trimmingCharacters(in: .newlines)
  }

  /// Looks at the screen again and again until it is as wanted, at most `seconds`; returns its rows.
  ///
  /// - Throws: ``Failure`` with the screen as it last was.
  @discardableResult
  package func wait(
    for what: String, seconds: Double = 20, until condition: ([String]) throws -> Bool
  ) throws -> [String] {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    while true {
      let rows = try rows()
      if try condition(rows) { return rows }
      guard clock.now < deadline else {
        throw Failure(description: "waited \(seconds) s for \(what) on\n" + rows.joined(separator: "\n"))
      }
    }
  }

  /// Waits until the screen says that.
  @discardableResult
  package func wait(forText text: String) throws -> [String] {
    try wait(for: "'\(text)'") { rows in rows.contains { $0.contains(text) } }
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let outcome = try BuiltProgram.run(
      URL(filePath: "/usr/bin/tmux"), ["-L", socket, "-f", "/dev/null", "-u"] + arguments,
      environment: ["TERM": "xterm-256color"])
    guard outcome.code == 0 else {
      throw Failure(description: "tmux \(arguments.joined(separator: " ")): \(outcome.errors)")
    }
    return outcome.output
  }
}
