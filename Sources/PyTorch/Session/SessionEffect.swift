import Trace

/// What a session asks for in answer to what it was told.
package enum SessionEffect: Sendable {
  /// Say something to the probe.
  case send(HostCommand)
  /// Tell the screen.
  case post(RunUpdate)
  /// Add to the recording.
  case record([RunRecord])
  /// What was asked beside what is shown has an answer; nil where it has none.
  case answer(Int, CellsMessage?)
  /// Begin a recording.
  case openRecording(path: String)
  /// Close the connection: what comes from it cannot be read.
  case disconnect
}
