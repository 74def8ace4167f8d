import Trace

/// What a session asks for in answer to what it was told.
package enum SessionEffect: Sendable {
  /// Say something to the probe.
  case send(HostCommand)
  /// Tell the screen.
  case post(RunUpdate)
  /// Add to the recording.
  case record([RunRecord])
  /// Tell those who compare ranks.
  case tell(RankNews)
  /// A question about something other than the shown moment has an answer; nil where it has none.
  case answer(Int, CellsMessage?)
  /// Begin a recording.
  case openRecording(path: String)
  /// Close the connection: what comes from it cannot be read.
  case disconnect
}

/// What one of several ranks says of itself.
package enum RankNews: Sendable {
  /// Steps that have ended.
  case steps([ScalarsMessage.Row])
  /// The hashes of all parameters after a step, and the parameters' names.
  case hashes(step: Int, [Int], names: [String])
}
