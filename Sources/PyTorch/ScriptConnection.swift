import Trace

/// A script's run, in one process or several.
package protocol ScriptConnection: RunConnection {
  /// Whether the script takes commands: it does until the probe gives up after an error.
  var isProbeThere: Bool { get }

  /// The process while it runs; nil otherwise.
  var process: Int32? { get }

  /// The exit code of a run that has ended.
  var exitCode: Int32? { get }

  /// Waits a moment for what the script wrote last; a process that it left behind may hold its output open.
  func waitForOutput(seconds: Double)

  /// Sends the script's processes a signal.
  func send(signal: Int32)
}
